import { readdir, readFile } from "node:fs/promises";
import { allEndpoints } from "@minka/contracts/all-endpoints";
import type { ErrorCategory } from "@minka/domain/errors";
import { statusOf } from "@minka/http/errors";
import { expect, test } from "vitest";
import { generalRefusals, refusals } from "../src/pages/reference/refusals.ts";
import { refusalWords } from "../src/words/refusal-words.ts";
import { generalRefusals as wordsForAny } from "../src/words/refusals/general.ts";
import { lotRefusals } from "../src/words/refusals/lots.ts";

/** Codes that no form can bring about, with the reason. */
const neverMet: Readonly<Record<string, string>> = {
  "contact-needed": "the form names its sender",
  "not-a-loan": "the form stands on offers of credit alone",
  "person-missing": "only of services that pass on an SMS",
  "which-person": "the page asks who it is",
  "wrong-channel": "pages say that it comes by web",
};

const root = new URL("../src/pages/", import.meta.url);

async function sourcesOfPages(): Promise<string[]> {
  const files = (await readdir(root, { recursive: true })).filter((file) => file.endsWith(".ts"));
  return Promise.all(files.map((file) => readFile(new URL(file, root), "utf8")));
}

/** Every command that some page calls, with the files that do. */
async function commandsOfPages(): Promise<Map<string, string[]>> {
  const found = new Map<string, string[]>();
  for (const file of await readdir(root, { recursive: true })) {
    if (!file.endsWith(".ts") || file.startsWith("reference/")) continue;
    const source = await readFile(new URL(file, root), "utf8");
    for (const [, braces = "", star, module = ""] of source.matchAll(
      /^import (?:\{([^}]*)\}|\* as (\w+)) from "(@minka\/contracts\/[\w-]+)";/gm,
    )) {
      const contract: Record<string, unknown> = await import(module);
      const names = star
        ? [...source.matchAll(new RegExp(`\\b${star}\\.(\\w+)`, "g"))].map(([, name = ""]) => name)
        : braces.split(",").map((name) => name.trim().split(" as ")[0] ?? "");
      const imported = new Set(names.map((name) => contract[name]));
      for (const endpoint of allEndpoints) {
        if (endpoint.method === "GET" || !imported.has(endpoint)) continue;
        const operation = `${endpoint.method} ${endpoint.path}`;
        found.set(operation, [...(found.get(operation) ?? []), file]);
      }
    }
  }
  return found;
}

const categories = Object.entries(statusOf) as [ErrorCategory, number][];
const general = new Set<string>(generalRefusals.map(([, code]) => code));

test("each refusal that a page's form may meet has words that say what to do", async () => {
  const commands = await commandsOfPages();
  const wordless: string[] = [];
  for (const [operation, files] of commands) {
    for (const refusal of refusals[operation] ?? []) {
      const [status = "", code = ""] = refusal.split(" ");
      const category = categories.find(([, known]) => String(known) === status)?.[0];
      // What is not there leads to a page of its own, in its own words.
      if (!category || category === "not-found" || general.has(code) || code in neverMet) continue;
      const fallback = refusalWords({ code: "nothing-is-called-so", category });
      if (refusalWords({ code, category }) === fallback)
        wordless.push(`${code} (${status}): ${operation}, ${[...new Set(files)].join(" ")}`);
    }
  }
  expect(commands.size).toBeGreaterThan(100);
  expect(wordless.toSorted()).toEqual([]);
});

test("what is said never to be met is documented, and has no words", () => {
  const documented = new Set(
    Object.values(refusals)
      .flat()
      .map((refusal) => refusal.split(" ")[1]),
  );
  for (const code of Object.keys(neverMet)) {
    expect(documented).toContain(code);
    expect(refusalWords({ code, category: "conflict" })).toBe(
      refusalWords({ code: "nothing-is-called-so", category: "conflict" }),
    );
  }
});

test("each refusal is worded once for any page; a desk's other words are for pages that name them as theirs", async () => {
  const [desks, pages] = [new URL("../src/words/refusals/", import.meta.url), await sourcesOfPages()];
  const found = new Map<string, string[]>();
  const unheard: string[] = [];
  for (const file of await readdir(desks)) {
    const words: Record<string, Record<string, string>> = await import(new URL(file, desks).href);
    for (const [desk, said] of Object.entries(words)) {
      if (said === wordsForAny) continue;
      const named = pages.some((source) => source.includes(`refusals: ${desk}`));
      for (const code of Object.keys(said)) {
        if (!(code in wordsForAny)) found.set(code, [...(found.get(code) ?? []), desk]);
        else if (!named) unheard.push(`${code}: ${desk}`);
      }
    }
  }
  expect([...found].filter(([, where]) => where.length > 1)).toEqual([]);
  expect(unheard).toEqual([]);
  const common = { code: "version-changed", category: "conflict" } as const;
  expect(refusalWords(common)).toBe(wordsForAny["version-changed"]);
  expect(refusalWords(common, lotRefusals)).toBe(lotRefusals["version-changed"]);
});
