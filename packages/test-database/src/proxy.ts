import { once } from "node:events";
import { connect, createServer, type Socket } from "node:net";

/** Stands between a client and a server, so that a test can take the server away without touching it. */
export type Proxy = {
  readonly port: number;
  /** Cuts every connection and refuses new ones. */
  cut(): Promise<void>;
  /** Keeps connections open and lets nothing through, as a machine that has stopped would. */
  hang(): void;
  restore(): Promise<void>;
  close(): Promise<void>;
};

export async function startProxy(target: { host: string; port: number }): Promise<Proxy> {
  const sockets = new Set<Socket>();
  let hanging = false;
  const server = createServer((client) => {
    const upstream = connect(target);
    for (const [from, to] of [
      [client, upstream],
      [upstream, client],
    ] as const) {
      sockets.add(from);
      from.on("error", () => {});
      from.on("close", () => {
        sockets.delete(from);
        to.destroy();
      });
      from.pipe(to);
      if (hanging) from.pause();
    }
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as { port: number };
  const cut = async () => {
    const closed = server.listening ? once(server, "close") : Promise.resolve();
    if (server.listening) server.close();
    for (const socket of sockets) socket.destroy();
    await closed;
  };
  return {
    port,
    cut,
    hang() {
      hanging = true;
      for (const socket of sockets) socket.unpipe().pause();
    },
    async restore() {
      // Connections that hung are not given back: half of what was said on them may be lost.
      if (hanging) for (const socket of sockets) socket.destroy();
      hanging = false;
      if (server.listening) return;
      server.listen(port, "127.0.0.1");
      await once(server, "listening");
    },
    close: cut,
  };
}
