import { execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { Redis } from "ioredis";
import { freePort } from "./free-port.ts";

/** Whether this machine can run a queue of its own for the tests that need one. */
export function hasRedisServer(): boolean {
  try {
    execFileSync("redis-server", ["--version"], { stdio: "ignore" });
    return true;
  } catch {
    return false;
  }
}

/** A Redis of the test's own, that keeps nothing. */
export async function startRedisServer(): Promise<{ url: string; stop(): Promise<void> }> {
  const port = await freePort();
  const options = ["--port", String(port), "--bind", "127.0.0.1", "--save", "", "--appendonly", "no"];
  const server = spawn("redis-server", options, { stdio: "ignore" });
  const url = `redis://127.0.0.1:${port}`;
  const probe = new Redis(url, { retryStrategy: () => 50, maxRetriesPerRequest: null });
  // Until it listens every attempt fails; the ping goes through with the first that does not.
  probe.on("error", () => {});
  await probe.ping();
  probe.disconnect();
  return {
    url,
    async stop() {
      const gone = once(server, "exit");
      server.kill("SIGKILL");
      await gone;
    },
  };
}
