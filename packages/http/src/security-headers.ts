import type { App } from "./app.ts";

/** For answers that no browser has to show; pages bring their own policy, which replaces this one. */
const nothingAllowed = "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'";

/**
 * Headers for every answer, whatever serves it: a forgotten one is a hole. A route that sets one of them itself
 * has its own. HTTPS is demanded only where it was used, so that a laptop's plain HTTP goes on working.
 */
export function setSecurityHeaders(app: App): void {
  app.addHook("onRequest", async (request, reply) => {
    reply.headers({
      "x-content-type-options": "nosniff",
      "x-frame-options": "DENY",
      "referrer-policy": "no-referrer",
      "content-security-policy": nothingAllowed,
      "cross-origin-resource-policy": "same-origin",
    });
    if (request.protocol === "https") reply.header("strict-transport-security", "max-age=31536000");
    // Most answers are about somebody. One that is not may say so itself.
    if (request.url.startsWith("/api/") || request.url.startsWith("/simulator/messages"))
      reply.header("cache-control", "no-store");
  });
}
