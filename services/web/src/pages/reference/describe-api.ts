import { readFileSync } from "node:fs";
import { allEndpoints } from "@minka/contracts/all-endpoints";
import type { Endpoint } from "@minka/contracts/endpoint";
import { describeEndpoints } from "@minka/http/open-api";
import { z } from "zod";
import { examples } from "./examples.ts";
import { gatewayPaths } from "./gateway-paths.ts";
import { groupOf, groupTags } from "./groups.ts";
import { generalRefusals, refusalExample, refusals } from "./refusals.ts";
import { readable } from "./readable-schemas.ts";

const content = z.record(
  z.string(),
  z.looseObject({ example: z.unknown().optional(), examples: z.unknown().optional() }),
);
const operation = z.looseObject({
  operationId: z.string(),
  summary: z.string(),
  description: z.string(),
  tags: z.array(z.string()),
  parameters: z.array(z.looseObject({ name: z.string(), in: z.string() })).optional(),
  requestBody: z.looseObject({ content }).optional(),
  responses: z.record(z.string(), z.looseObject({ description: z.string(), content: content.optional() })),
});
type Operation = z.output<typeof operation>;

/** As much of an OpenAPI document as is read or added to here. */
const apiDocument = z.looseObject({
  openapi: z.string(),
  info: z.looseObject({ title: z.string(), version: z.string() }),
  tags: z.array(z.object({ name: z.string(), description: z.string() })).optional(),
  paths: z.record(z.string(), z.record(z.string(), operation)),
});
export type ApiDocument = z.output<typeof apiDocument>;

const manifest = readFileSync(new URL("../../../package.json", import.meta.url), "utf8");
const { version } = z.object({ version: z.string() }).parse(JSON.parse(manifest));

const description = `Minka brings producers of coffee and cacao together with those who offer them services, by SMS.

Money is whole céntimos of a sol (\`14500\` is S/ 145), times are UTC, days (\`…On\`) are calendar days in Lima, weights
are kilograms, distances kilometers along the great circle, rates per cent; phones are E.164 and places INEI district codes
of six digits (\`221001\`), of which a coverage may name the first two or four. Lists come in pages: pass \`next\` as
\`cursor\`, with the same filters. A POST or PUT with an \`Idempotency-Key\` may be repeated. JSON bodies hold at most 256 kB.

**To sign in**, ask for a code (\`POST /api/auth/codes\`), exchange it (\`POST /api/auth/tokens\`), and send the token as
\`Authorization: Bearer …\`. It lasts 15 minutes; the refresh token that came with it gives the next ones
(\`POST /api/auth/tokens/refresh\`). Who acts for somebody who agreed asks for a token in their name
(\`POST /api/auth/acting\`). People join by SMS: they write their place and agree.

**To offer something**: register a provider, submit it, have an operator verify it who did neither, and publish its
offers. They are found by \`GET /api/catalog/offers\` from then on. An edit makes a new version; a match keeps the version
and the price that it was made with. Every offer is to be confirmed: after 30 days its contact person is asked by SMS,
after 45 it comes last in lists, after 60 it is not shown; SI, or \`POST /api/catalog/offers/{offerId}/confirmation\`,
brings it back. An installation may set other days.

**Refusals** are \`application/problem+json\` (RFC 9457): branch on \`code\`, which never changes. An operation names its own;
any may answer

| status | code | when |
|---|---|---|
${generalRefusals.map(([status, code, when]) => `| ${status} | \`${code}\` | ${when} |`).join("\n")}
`;

const jsonOf = (media: z.output<typeof content> | undefined) => media?.["application/json"];

let described: Promise<ApiDocument> | undefined;

/**
 * The reference of the whole API, from the contracts of all services, whichever of them run in this process; made once,
 * since it takes a quarter of a second.
 */
export const describeApi = () => (described ??= describeAll());

async function describeAll(): Promise<ApiDocument> {
  const generated = await describeEndpoints(allEndpoints, { title: "Minka", version, description });
  const document = apiDocument.parse(readable(generated));
  for (const endpoint of allEndpoints) {
    const operation = document.paths[documentedPath(endpoint.path)]?.[endpoint.method.toLowerCase()];
    if (!operation) continue;
    operation.tags = [groupOf(endpoint.path)];
    tellApart(operation);
    addRefusals(operation, endpoint);
    addExample(operation, endpoint);
  }
  Object.assign(document.paths, gatewayPaths);
  document.tags = groupTags;
  return document;
}

/** A list of operations shows the first sentence, as plain text; who opens one reads all of it. */
function tellApart(operation: Operation): void {
  const [first = "", ...rest] = operation.summary.split(/(?<=\.) /);
  operation.summary = first.replaceAll("`", "");
  operation.description = [rest.join(" "), operation.description].filter((part) => part !== "").join("\n\n");
}

function addRefusals(operation: Operation, { method, path }: Endpoint): void {
  const refused = operation.responses["4XX"];
  const problem = refused?.content?.["application/problem+json"];
  if (problem) problem.example = refusalExample;
  const own = refusals[`${method} ${path}`];
  if (!refused || !own || own.length === 0) return;
  const codes = own.map((refusal) => refusal.replace(/ (.+)/, " `$1`"));
  refused.description = `Refused, beside the general refusals: ${codes.join(", ")}`;
}

function addExample(operation: Operation, { method, path, status = 200 }: Endpoint): void {
  const example = examples[`${method} ${path}`];
  if (!example) return;
  const asked = jsonOf(operation.requestBody?.content);
  if (asked && "request" in example) asked.example = example.request;
  if (asked && example.requests) {
    asked.examples = Object.fromEntries(
      Object.entries(example.requests).map(([name, value]) => [name, { value }]),
    );
  }
  const answered = jsonOf(operation.responses[status]?.content);
  if (answered) answered.example = example.answer;
}

/** OpenAPI writes a parameter `{name}` where a route has `:name`. */
export function documentedPath(path: string): string {
  return path.replace(/:(\w+)/g, "{$1}");
}
