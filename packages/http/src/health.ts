import type { App } from "./app.ts";

/** Something that must work for the process to be of use; `check` throws when it does not. */
export type HealthPart = { readonly name: string; readonly check: () => Promise<void> };

const partTimeoutMs = 2_000;

async function stateOf({ name, check }: HealthPart): Promise<[name: string, state: string]> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`no answer in ${partTimeoutMs} ms`)), partTimeoutMs);
  });
  try {
    await Promise.race([check(), late]);
    return [name, "up"];
  } catch (error) {
    return [name, `down: ${error instanceof Error ? error.message : String(error)}`];
  } finally {
    clearTimeout(timer);
  }
}

/** `/health/live`: the process answers. `/health/ready`: each part answers; 503 names the one that is down. */
export function serveHealth(app: App, parts: () => readonly HealthPart[]): void {
  app.get("/health/live", { logLevel: "silent" }, async () => ({ status: "up" }));
  app.get("/health/ready", { logLevel: "silent" }, async (_request, reply) => {
    const states = Object.fromEntries(await Promise.all(parts().map(stateOf)));
    const ready = Object.values(states).every((state) => state === "up");
    return reply.status(ready ? 200 : 503).send({ status: ready ? "up" : "down", parts: states });
  });
}
