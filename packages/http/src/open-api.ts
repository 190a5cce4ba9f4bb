import swagger from "@fastify/swagger";
import type { Endpoint } from "@minka/contracts/endpoint";
import { problem } from "@minka/contracts/problem";
import Fastify from "fastify";
import { jsonSchemaTransform, serializerCompiler, validatorCompiler } from "fastify-type-provider-zod";

const accessNote = {
  anyone: "no sign-in needed",
  person: "a signed-in person",
  operator: "an operator",
  service: "another Minka service",
} as const;

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
      status = 200,
    } of endpoints) {
      described.route({
        method,
        url: path,
        schema: {
          tags: [service],
          summary,
          description: `May be called by: ${access.map((who) => accessNote[who]).join(", ")}.`,
          ...(access.includes("anyone") ? {} : { security: [{ token: [] }] }),
          ...(params ? { params } : {}),
          ...(query ? { querystring: query } : {}),
          ...(body ? { body } : {}),
          response: { [status]: answer, "4xx": problem },
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
