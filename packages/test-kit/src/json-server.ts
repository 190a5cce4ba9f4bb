import { createServer, type IncomingMessage, type ServerResponse } from "node:http";

export type FakeServer = { readonly url: string; stop(): Promise<void> };

/** A server on a loopback port; what it throws breaks the connection. */
export async function startFakeServer(
  handle: (request: IncomingMessage, response: ServerResponse, address: URL) => Promise<void>,
): Promise<FakeServer> {
  const server = createServer((request, response) => {
    handle(request, response, new URL(request.url ?? "/", "http://fake.invalid")).catch(() =>
      request.socket.destroy(),
    );
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("the fake has no port");
  return {
    url: `http://127.0.0.1:${address.port}`,
    async stop() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

export function sendJson(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(body));
}

export async function readText(request: IncomingMessage): Promise<string> {
  request.setEncoding("utf8");
  let text = "";
  for await (const chunk of request) text += String(chunk);
  return text;
}
