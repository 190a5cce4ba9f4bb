import { readFileSync } from "node:fs";
import { allEndpoints } from "@minka/contracts/all-endpoints";
import type { Endpoint } from "@minka/contracts/endpoint";
import { describeEndpoints } from "@minka/http/open-api";
import { examples } from "./examples.ts";
import { gatewayPaths } from "./gateway-paths.ts";

type MediaType = { example?: unknown };
type Operation = {
  requestBody?: { content: Record<string, MediaType> };
  responses: Record<string, { content?: Record<string, MediaType> }>;
};

export type ApiDocument = {
  openapi: string;
  info: { title: string; version: string; description: string };
  paths: Record<string, Record<string, Operation>>;
};

const { version } = JSON.parse(readFileSync(new URL("../../../package.json", import.meta.url), "utf8")) as {
  version: string;
};

const description = `Minka brings producers of coffee and cacao together with those who offer them services, by SMS.

Money is whole céntimos of a sol, times are UTC, phones are E.164, places are INEI district codes.
Lists come in pages: pass \`next\` as \`cursor\`. Errors are \`application/problem+json\` (RFC 9457): branch on \`code\`.
A POST with an \`Idempotency-Key\` may be repeated.

To sign in, ask for a code (\`POST /api/auth/codes\`), exchange it (\`POST /api/auth/tokens\`), and send the token as
\`Authorization: Bearer …\`.`;

const jsonOf = (content: Record<string, MediaType> | undefined) => content?.["application/json"];

/** The reference of the whole API, from the contracts of all services, whichever of them run in this process. */
export async function describeApi(): Promise<ApiDocument> {
  const document = (await describeEndpoints(allEndpoints, {
    title: "Minka",
    version,
    description,
  })) as unknown as ApiDocument;
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
