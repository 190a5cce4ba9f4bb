import swagger from "@fastify/swagger";
import type { Endpoint } from "@minka/contracts/endpoint";
import { problem } from "@minka/contracts/problem";
import Fastify from "fastify";
import { z } from "zod";
import { jsonSchemaTransform, serializerCompiler, validatorCompiler } from "fastify-type-provider-zod";

const accessNote = {
  anyone: "no sign-in needed",
  person: "a signed-in person",
  operator: "an operator",
  service: "another Minka service",
} as const;

const idempotencyKey = z.object({
  "idempotency-key": z
    .string()
    .min(1)
    .max(200)
    .optional()
    .describe("Repeat it with the same body to repeat the answer instead of the act; kept for 30 days"),
});

/** "POST /api/auth/codes" as "postApiAuthCodes": client generators name their functions by it. */
function operationId(method: string, path: string): string {
  const words = path.split(/[^a-zA-Z0-9]+/).filter((word) => word !== "");
  return method.toLowerCase() + words.map((word) => word[0]?.toUpperCase() + word.slice(1)).join("");
}

const file = z.string().meta({ format: "binary" });

/** A file in one of these types. */
function inTypes(contentTypes: readonly string[]) {
  return Object.fromEntries(contentTypes.map((type) => [type, { schema: file }]));
}

/**
 * The OpenAPI document of a set of endpoints, from the contracts alone: the reference is whole even where
 * each service is its own process.
 */
export async function describeEndpoints(
  endpoints: readonly Endpoint[],
  info: { title: string; version: string; description: string },
) {
  const app = Fastify();
  app.setValidatorCompiler(validatorCompiler);
  app.setSerializerCompiler(serializerCompiler);
  await app.register(swagger, {
    openapi: {
      openapi: "3.1.0",
      info,
      servers: [{ url: "/" }],
      components: { securitySchemes: { token: { type: "http", scheme: "bearer", bearerFormat: "JWT" } } },
    },
    transform: jsonSchemaTransform,
  });
  await app.register(async (described) => {
    for (const {
      service,
      method,
      path,
      summary,
      access,
      params,
      query,
      body,
      answer,
      upload,
      download,
      status = 200,
    } of endpoints) {
      described.route({
        method,
        url: path,
        schema: {
          tags: [service],
          operationId: operationId(method, path),
          summary,
          description: `May be called by: ${access.map((who) => accessNote[who]).join(", ")}.`,
          ...(access.includes("anyone") ? {} : { security: [{ token: [] }] }),
          ...(params ? { params } : {}),
          ...(query ? { querystring: query } : {}),
          ...((method === "POST" || method === "PUT") && path.startsWith("/api/")
            ? { headers: idempotencyKey }
            : {}),
          ...(upload ? { consumes: [...upload.contentTypes], body: file } : body ? { body } : {}),
          response: {
            [status]: {
              description: "Done",
              content: download ? inTypes(download.contentTypes) : { "application/json": { schema: answer } },
            },
            "4xx": {
              description: "Refused: branch on `code`",
              content: { "application/problem+json": { schema: problem } },
            },
          },
        },
        handler: async () => undefined,
      });
    }
  });
  await app.ready();
  const document = app.swagger();
  await app.close();
  return document;
}
