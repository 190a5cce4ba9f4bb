import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { allEndpoints } from "@minka/contracts/all-endpoints";
import { expect, test } from "vitest";

type Rule = { readonly patterns: readonly string[]; readonly to: string };

const text = await readFile(join(import.meta.dirname, "../../infra/Caddyfile"), "utf8");
const rules = readRules();

/** The rules in their order, the last one for everything else. `to` is empty where nothing answers. */
function readRules(): Rule[] {
  const matchers = new Map<string, string[]>();
  for (const [, name = "", paths = ""] of text.matchAll(/^\s*@(\w+) path (.+)$/gm)) {
    matchers.set(name, paths.split(" "));
  }
  const handles = text.matchAll(/^\s*handle(?: @(\w+))? \{\s*(?:reverse_proxy (\w+):3000|respond .*)\s*\}/gm);
  return [...handles].map(([, matcher, to = ""]) => ({
    patterns: matcher === undefined ? ["*"] : (matchers.get(matcher) ?? []),
    to,
  }));
}

function destination(path: string): string | undefined {
  const fits = (pattern: string) =>
    pattern.endsWith("*") ? path.startsWith(pattern.slice(0, -1)) : path === pattern;
  return rules.find(({ patterns }) => patterns.some(fits))?.to;
}

test("every endpoint reaches its service", () => {
  const misled = allEndpoints.filter(({ path, service }) => destination(path) !== service);
  expect(misled.map(({ method, path }) => `${method} ${path}`)).toEqual([]);
});

test.each([
  ["/sms/twilio/inbound", "notifications"],
  ["/sms/twilio/status", "notifications"],
  ["/", "web"],
  ["/simulator", "web"],
  ["/simulator/phones", "web"],
  ["/docs", "web"],
  ["/openapi.json", "web"],
])("%s reaches %s", (path, service) => {
  expect(destination(path)).toBe(service);
});

test.each(["/metrics", "/health/live", "/health/ready"])("%s is not public", (path) => {
  expect(destination(path)).toBe("");
});
