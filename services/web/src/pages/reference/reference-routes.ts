import swagger from "@fastify/swagger";
import swaggerUi from "@fastify/swagger-ui";
import type { App } from "@minka/http/app";
import { readFileSync } from "node:fs";
import type { ApiDocument } from "./describe-api.ts";

const contentSecurityPolicy = {
  "default-src": "'none'",
  "script-src": "'self'",
  // The viewer writes style attributes.
  "style-src": "'self' 'unsafe-inline'",
  "img-src": "'self' data:",
  "connect-src": "'self'",
  "form-action": "'self'",
  "base-uri": "'none'",
  "frame-ancestors": "'none'",
};

const mark = readFileSync(new URL("../../design/mark.svg", import.meta.url), "utf8");

/** `/openapi.json` for machines, `/docs` for those who program against it. */
export async function serveReference(app: App, document: ApiDocument): Promise<void> {
  const serialized = JSON.stringify(document);
  app.get("/openapi.json", async (_request, reply) =>
    reply
      .type("application/json; charset=utf-8")
      .header("cache-control", "no-cache")
      .header("access-control-allow-origin", "*")
      .send(serialized),
  );
  await app.register(async (viewer) => {
    await viewer.register(swagger, { mode: "static", specification: { document: JSON.parse(serialized) } });
    await viewer.register(swaggerUi, {
      routePrefix: "/docs",
      staticCSP: contentSecurityPolicy,
      logo: { type: "image/svg+xml", content: mark, href: "/" },
      theme: {
        title: "Minka: API",
        favicon: [{ filename: "mark.svg", rel: "icon", type: "image/svg+xml", sizes: "any", content: mark }],
        css: [{ filename: "minka.css", content: readFileSync(new URL("docs.css", import.meta.url), "utf8") }],
      },
      // Closed groups: the viewer draws the operations of open ones only as far as somebody scrolls.
      uiConfig: {
        docExpansion: "none",
        defaultModelsExpandDepth: 0,
        tryItOutEnabled: false,
        deepLinking: true,
      },
    });
  });
}
