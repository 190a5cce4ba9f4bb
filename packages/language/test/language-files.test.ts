import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), "minka-language-"));
  vi.stubEnv("LANGUAGE_DIR", folder);
  vi.resetModules();
});
afterEach(() => {
  vi.unstubAllEnvs();
  rmSync(folder, { recursive: true });
});

function write(file: string, content: unknown): void {
  const full = path.join(folder, file);
  mkdirSync(path.dirname(full), { recursive: true });
  writeFileSync(full, typeof content === "string" ? content : JSON.stringify(content));
}

const problem = async () => (await import("@minka/language/languages/language-problem")).languageProblem;
const texts = () => import("@minka/language/texts");
const understand = async (text: string) =>
  (await import("@minka/language/interpret")).interpret(text, "idle");

describe("an operator's folder of words and texts", () => {
  test("adds words to a language, its phrases and its numbers", async () => {
    write("lexicons/es/crops.json", { cacao: ["mazorquita"] });
    write("lexicons/zz/numbers.json", { "3": ["trumpo"] });
    write("lexicons/zz/phrases/control.json", { human: [{ weight: 12, patterns: ["^ quiero plomp $"] }] });
    expect(await problem()).toBeNull();
    expect(await understand("tecnico para mi mazorquita")).toMatchObject({ slots: { crop: "cacao" } });
    expect(await understand("necesito trumpo sacos de urea")).toMatchObject({ slots: { quantity: 3 } });
    expect(await understand("quiero plomp")).toMatchObject({ intent: "human" });
    expect(await understand("tecnico para mi cacao")).toMatchObject({ slots: { crop: "cacao" } });
  });

  test("says a text otherwise, and adds a language text by text and word by word", async () => {
    write("texts/es.json", { cancelled_question: { text: "Bueno, no buscamos." } });
    write("texts/zz.json", { rated: { text: "Grumpli." }, place_set: { text: "Plon {place}." } });
    write("texts/words.zz.json", { weekday: { "4": "jumpi" }, crop: { cacao: "zumbelo" } });
    expect(await problem()).toBeNull();
    const { describeNeed, renderText, sayDay } = await texts();
    expect(renderText("cancelled_question")).toBe("Bueno, no buscamos.");
    expect(renderText("rated", {}, "zz")).toBe("Grumpli.");
    expect(renderText("place_set", { place: "Tocache" }, "zz")).toBe("Plon Tocache.");
    expect(renderText("cancelled_question", {}, "zz")).toBe("Bueno, no buscamos.");
    expect(sayDay("2026-11-26", "2026-11-24", "zz")).toBe("jumpi 26");
    expect(describeNeed({ kind: "training", crop: "cacao" }, "zz")).toBe("capacitación en zumbelo");
    expect(renderText("rated", {}, "no-such")).toBe(renderText("rated"));
  });

  const wrong: [what: string, file: string, content: unknown, line: RegExp][] = [
    [
      "a lexicon that there is not",
      "lexicons/es/crop.json",
      { cacao: ["x"] },
      /crop\.json: there is no lexicon/,
    ],
    ["a value that there is not", "lexicons/es/crops.json", { cocoa: ["x"] }, /crops\.json: .*cocoa/],
    ["a word that is none", "lexicons/es/crops.json", { cacao: [5] }, /crops\.json: cacao: 0: /],
    [
      "a pattern left open",
      "lexicons/es/crops.json",
      { cacao: ["(a|b"] },
      /crops\.json: cacao: 0: "\(a\|b" has/,
    ],
    [
      "a text that there is not",
      "texts/es.json",
      { hello: { text: "Hola" } },
      /es\.json: hello: there is no text/,
    ],
    [
      "an unknown parameter",
      "texts/es.json",
      { rated: { text: "Bien, {who}" } },
      /es\.json: rated: .*\{who\}/,
    ],
    [
      "a text over its budget",
      "texts/es.json",
      { rated: { text: "bien ".repeat(40) } },
      /rated: needs 2 SMS .* budget is 1/,
    ],
    [
      "a letter that no SMS carries",
      "texts/zz.json",
      { rated: { text: "Grum Ж" } },
      /zz\.json: rated: .*"Ж"/,
    ],
    [
      "a word that there is not",
      "texts/words.zz.json",
      { crop: { cocoa: "x" } },
      /words\.zz\.json: crop: cocoa: /,
    ],
    ["a file of another kind", "texts/letters.zz.json", {}, /letters\.zz\.json: there are no texts/],
    ["a language that is none", "lexicons/Español/crops.json", {}, /Español: "Español" is no language tag/],
    ["a file that is no JSON", "texts/zz.json", "{", /texts\/zz\.json: /],
  ];
  test.each(wrong)(
    "with %s is refused in one line that names the file and the key",
    async (_, file, content, line) => {
      write(file, content);
      const said = await problem();
      expect(said).toMatch(/^LANGUAGE_DIR: [^\n]+$/);
      expect(said).toMatch(line);
      // The process that does not start says so; until then nothing of the folder is in force.
      expect((await texts()).renderText("rated")).toBe(
        "Gracias. Su nota ayuda a otros productores a elegir.",
      );
    },
  );

  test("that is not there is refused", async () => {
    vi.stubEnv("LANGUAGE_DIR", path.join(folder, "nowhere"));
    expect(await problem()).toBe("LANGUAGE_DIR: there is no such folder");
  });
});
