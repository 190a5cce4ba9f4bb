import { createServer, request as forward, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

/** One address for people in front of many processes, as the reverse proxy is in infra/Caddyfile. */

type Service = "profiles" | "catalog" | "matching" | "brokering" | "notifications" | "web";

const prefixes: readonly (readonly [string, Service])[] = [
  ["/api/profiles/", "profiles"],
  ["/api/auth/", "profiles"],
  ["/api/catalog/", "catalog"],
  ["/api/matching/", "matching"],
  ["/api/brokering/", "brokering"],
  ["/api/notifications/", "notifications"],
  ["/sms/", "notifications"],
  ["/simulator/messages", "notifications"],
];

/** What each process says about itself is for those who run it. */
const notForPeople = /^\/+(metrics|health)(\/|$)/i;

export type FrontRouter = { readonly url: string; close(): Promise<void> };

export async function startFrontRouter(options: {
  host: string;
  port: number;
  urlOf: (service: Service) => string;
}): Promise<FrontRouter> {
  const server = createServer((request, response) => {
    const path = decodedPath(request.url ?? "/");
    if (path === null || notForPeople.test(path)) {
      response.writeHead(404, { "content-type": "text/plain" }).end("There is nothing at this address.\n");
      return;
    }
    const service = prefixes.find(([prefix]) => path.startsWith(prefix))?.[1] ?? "web";
    passOn(request, response, options.urlOf(service));
  });
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(options.port, options.host, resolve);
  });
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://${options.host}:${port}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** As the services will read it; null for what is no path. */
function decodedPath(target: string): string | null {
  try {
    return decodeURIComponent(target.split("?", 1)[0] ?? "/");
  } catch {
    return null;
  }
}

function passOn(request: IncomingMessage, response: ServerResponse, to: string): void {
  const headers = { ...request.headers };
  const from = request.socket.remoteAddress ?? "";
  // Someone at this machine stays someone at this machine: the simulator answers only them.
  if (!/^(127\.|::1$|::ffff:127\.)/.test(from)) headers["x-forwarded-for"] = from;
  const { hostname, port } = new URL(to);
  // The path as it came: read as an address it could name another host.
  const { url: path = "/", method = "GET" } = request;
  const onward = forward({ hostname, port, path, method, headers });
  onward.on("response", (answer) => {
    response.writeHead(answer.statusCode ?? 502, answer.headers);
    answer.pipe(response);
  });
  onward.on("error", () => {
    if (response.headersSent) response.destroy();
    else
      response.writeHead(502, { "content-type": "text/plain" }).end("This part of Minka does not answer.\n");
  });
  response.on("close", () => onward.destroy());
  request.pipe(onward);
}
