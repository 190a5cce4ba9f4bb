import { readFile, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import { join } from "node:path";

export const loopback = "127.0.0.1";

/** The port of the last start when it is free, so that addresses noted down keep working; otherwise any free one. */
export async function choosePort(clusterDir: string): Promise<number> {
  const remembered = Number(await readFile(portFile(clusterDir), "utf8").catch(() => ""));
  return remembered > 0 && (await portIsFree(remembered)) ? remembered : await listenOnce(0);
}

export async function rememberPort(clusterDir: string, port: number): Promise<void> {
  await writeFile(portFile(clusterDir), `${port}\n`);
}

export async function portIsFree(port: number): Promise<boolean> {
  return listenOnce(port).then(
    () => true,
    () => false,
  );
}

function portFile(clusterDir: string): string {
  return join(clusterDir, "last-port");
}

async function listenOnce(port: number): Promise<number> {
  const server = createServer();
  const { promise, resolve, reject } = Promise.withResolvers<number>();
  server.once("error", reject);
  server.listen(port, loopback, () => {
    const address = server.address();
    server.close(() => resolve(typeof address === "object" && address !== null ? address.port : port));
  });
  return promise;
}
