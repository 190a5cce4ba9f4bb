import { fork } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";

export type ForkedServer = { readonly url: string; stop(): Promise<void> };

/** Runs a server of this folder as a process of its own; it says its port when it listens. */
export async function forkServer(file: string, environment: NodeJS.ProcessEnv): Promise<ForkedServer> {
  const child = fork(join(import.meta.dirname, file), { env: { ...process.env, ...environment } });
  const [port] = (await once(child, "message")) as [number];
  return {
    url: `http://127.0.0.1:${port}`,
    async stop() {
      const ended = once(child, "exit");
      child.kill("SIGTERM");
      await ended;
    },
  };
}
