import { BlockList, isIPv6 } from "node:net";
import type { FastifyRequest } from "fastify";

const loopback = new BlockList();
loopback.addSubnet("127.0.0.0", 8, "ipv4");
loopback.addAddress("::1", "ipv6");

/** Directly: what a proxy on this machine passes on comes from elsewhere. */
export function isFromThisMachine({ headers, socket }: FastifyRequest): boolean {
  if (headers["x-forwarded-for"] !== undefined || headers.forwarded !== undefined) return false;
  const address = socket.remoteAddress ?? "";
  return loopback.check(address, isIPv6(address) ? "ipv6" : "ipv4");
}
