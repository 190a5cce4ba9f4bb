import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { createServer } from "node:net";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { bareEnvironment } from "./bare-environment.ts";

const root = join(import.meta.dirname, "../..");

export type PlatformProcess = {
  readonly url: string;
  readonly child: ChildProcess;
  /** Ends the Node process at once, as a crash or a power cut would. Its Postgres is left running. */
  kill(): Promise<void>;
  /** Asks it to stop and waits; resolves to the exit code and how long it took. */
  stop(signal?: NodeJS.Signals): Promise<{ code: number | null; ms: number }>;
};

export type PlatformStart =
  | { readonly ready: true; readonly platform: PlatformProcess }
  | { readonly ready: false; readonly code: number | null; readonly stderr: string };

export async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as { port: number };
  server.close();
  await once(server, "close");
  return port;
}

/** Runs `services/platform/src/main.ts` as people do, and waits until it says that it is ready or ends. */
export async function startPlatformProcess(environment: Record<string, string>): Promise<PlatformStart> {
  const child = spawn(process.execPath, [join(root, "services/platform/src/main.ts")], {
    cwd: root,
    env: {
      ...bareEnvironment,
      HOME: process.env["HOME"],
      LOG_LEVEL: "error",
      // A test looks again every few milliseconds, for all phones from one address.
      RATE_LIMIT_PER_ADDRESS: "0",
      ...environment,
    },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let stderr = "";
  child.stderr.on("data", (chunk: Buffer) => (stderr += chunk.toString()));
  const ended = once(child, "exit") as Promise<[number | null]>;
  const ready = (async () => {
    for await (const line of createInterface({ input: child.stdout })) {
      const url = /Minka is ready at (\S+)/.exec(line)?.[1];
      if (url) return url;
    }
    return null;
  })();
  const url = await Promise.race([ready, ended.then(() => null)]);
  if (url === null) return { ready: false, code: (await ended)[0], stderr };
  child.stdout.resume();
  return {
    ready: true,
    platform: {
      url,
      child,
      async kill() {
        child.kill("SIGKILL");
        await ended;
      },
      async stop(signal = "SIGTERM") {
        const asked = performance.now();
        child.kill(signal);
        const [code] = await ended;
        return { code, ms: performance.now() - asked };
      },
    },
  };
}

/** Starts it, or fails the test with what it said. */
export async function startReadyPlatform(environment: Record<string, string>): Promise<PlatformProcess> {
  const started = await startPlatformProcess(environment);
  if (!started.ready) throw new Error(`the platform did not start (${started.code}): ${started.stderr}`);
  return started.platform;
}
