import { readFileSync } from "node:fs";
import { allEndpoints } from "@minka/contracts/all-endpoints";
import type { Endpoint } from "@minka/contracts/endpoint";
import { describeEndpoints } from "@minka/http/open-api";
import { z } from "zod";
import { examples } from "./examples.ts";
import { gatewayPaths } from "./gateway-paths.ts";

const content = z.record(z.string(), z.looseObject({ example: z.unknown().optional() }));
const operation = z.looseObject({
  operationId: z.string(),
  parameters: z.array(z.looseObject({ name: z.string(), in: z.string() })).optional(),
  requestBody: z.looseObject({ content }).optional(),
  responses: z.record(z.string(), z.looseObject({ content: content.optional() })),
});

/** As much of an OpenAPI document as is read or added to here. */
const apiDocument = z.looseObject({
  openapi: z.string(),
  info: z.looseObject({ title: z.string(), version: z.string() }),
  paths: z.record(z.string(), z.record(z.string(), operation)),
});
export type ApiDocument = z.output<typeof apiDocument>;

const manifest = readFileSync(new URL("../../../package.json", import.meta.url), "utf8");
const { version } = z.object({ version: z.string() }).parse(JSON.parse(manifest));

const description = `Minka brings producers of coffee and cacao together with those who offer them services, by SMS.

Money is whole céntimos of a sol, times are UTC, phones are E.164, places are INEI district codes.
Lists come in pages: pass \`next\` as \`cursor\`. Errors are \`application/problem+json\` (RFC 9457): branch on \`code\`.
A POST with an \`Idempotency-Key\` may be repeated.

To sign in, ask for a code (\`POST /api/auth/codes\`), exchange it (\`POST /api/auth/tokens\`), and send the token as
\`Authorization: Bearer …\`.`;

const jsonOf = (media: z.output<typeof content> | undefined) => media?.["application/json"];

/** The reference of the whole API, from the contracts of all services, whichever of them run in this process. */
export async function describeApi(): Promise<ApiDocument> {
  const document = apiDocument.parse(
    await describeEndpoints(allEndpoints, { title: "Minka", version, description }),
  );
  for (const endpoint of allEndpoints) addExample(document, endpoint);
  Object.assign(document.paths, gatewayPaths);
  return document;
}

function addExample(document: ApiDocument, { method, path, status = 200 }: Endpoint): void {
  const example = examples[`${method} ${path}`];
  const operation = document.paths[documentedPath(path)]?.[method.toLowerCase()];
  if (!example || !operation) return;
  const asked = jsonOf(operation.requestBody?.content);
  if (asked && "request" in example) asked.example = example.request;
  const answered = jsonOf(operation.responses[status]?.content);
  if (answered) answered.example = example.answer;
}

/** OpenAPI writes a parameter `{name}` where a route has `:name`. */
export function documentedPath(path: string): string {
  return path.replace(/:(\w+)/g, "{$1}");
}
