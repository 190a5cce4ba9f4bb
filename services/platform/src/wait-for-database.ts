import { setTimeout as pause } from "node:timers/promises";
import postgres from "postgres";
import { SettingsError } from "@minka/service/settings";

const betweenAttemptsMs = 500;

/** What a server that is still coming up answers, or the network in its place. */
const notYet = new Set([
  "ECONNREFUSED",
  "ECONNRESET",
  "ENOTFOUND",
  "EAI_AGAIN",
  "ETIMEDOUT",
  "CONNECT_TIMEOUT",
  "CONNECTION_CLOSED",
  "57P03", // cannot_connect_now
]);

/**
 * Resolves when the database accepts connections. Throws SettingsError at once for what waiting does not mend
 * (a wrong password, a missing database), and after `patienceMs` for what it might have.
 */
export async function waitForDatabase(
  url: string,
  { patienceMs, progress }: { patienceMs: number; progress: (line: string) => void },
): Promise<void> {
  const { hostname, port, pathname } = new URL(url);
  const address = `${hostname}:${port || 5432}${pathname}`;
  const giveUpAt = performance.now() + patienceMs;
  for (let attempt = 1; ; attempt += 1) {
    const refusal = await tryToConnect(url);
    if (!refusal) return;
    if (!notYet.has(refusal.code)) {
      throw new SettingsError(`The database at ${address} cannot be used: ${refusal.message}`);
    }
    if (performance.now() + betweenAttemptsMs > giveUpAt) {
      const seconds = Math.round(patienceMs / 1000);
      throw new SettingsError(
        `The database at ${address} did not answer within ${seconds} s: ${refusal.message}`,
      );
    }
    if (attempt === 1) progress(`Waiting for the database at ${address} …`);
    await pause(betweenAttemptsMs);
  }
}

async function tryToConnect(url: string): Promise<{ code: string; message: string } | null> {
  const sql = postgres(url, { max: 1, connect_timeout: 5, onnotice: () => {} });
  try {
    await sql`select 1`;
    return null;
  } catch (error) {
    const { code = "", message = "" } = error as { code?: string; message?: string };
    return { code, message: message || code || String(error) };
  } finally {
    await sql.end({ timeout: 1 });
  }
}
