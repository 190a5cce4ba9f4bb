import { fork } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { bareEnvironment } from "./bare-environment.ts";

export type IntakeProcess = {
  readonly url: string;
  /** Writes an SMS by the simulator; `key` is the gateway's own id of it. Resolves to the answer's status. */
  write(message: { from: string; text: string; key: string }): Promise<{ status: number; ms: number }>;
  /** Ends it at once, as a crash would. */
  kill(): Promise<void>;
  stop(): Promise<void>;
};

/** A process of its own that takes messages in, with the simulator as its gateway. */
export async function startIntakeProcess(environment: Record<string, string>): Promise<IntakeProcess> {
  const child = fork(join(import.meta.dirname, "intake-main.ts"), {
    env: { ...bareEnvironment, HOME: process.env["HOME"], ...environment },
  });
  const ended = once(child, "exit");
  const [port] = (await Promise.race([
    once(child, "message"),
    ended.then(([code]) => Promise.reject(new Error(`it ended with ${code} instead of starting`))),
  ])) as [number];
  const url = `http://127.0.0.1:${port}`;
  const end = async (signal: NodeJS.Signals) => {
    child.kill(signal);
    await ended;
  };
  return {
    url,
    async write({ from, text, key }) {
      const started = performance.now();
      const response = await fetch(`${url}/simulator/messages`, {
        method: "POST",
        headers: { "content-type": "application/json", "idempotency-key": key },
        body: JSON.stringify({ from, text }),
      });
      await response.text();
      return { status: response.status, ms: performance.now() - started };
    },
    kill: () => end("SIGKILL"),
    stop: () => end("SIGTERM"),
  };
}
