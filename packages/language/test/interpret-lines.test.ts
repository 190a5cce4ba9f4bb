import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";

const program = fileURLToPath(new URL("../src/cli/interpret-lines.ts", import.meta.url));

function run(input: string, ...args: string[]) {
  const result = spawnSync(process.execPath, [program, ...args], { input, encoding: "utf8" });
  return { lines: result.stdout.trim().split("\n"), errors: result.stderr, status: result.status };
}

describe("interpret on the command line", () => {
  it("answers each line in order and writes nothing else", () => {
    const result = run(
      '{"id":"a","context":"idle","text":"vendo 5 qq de cafe"}\n{"id":"b","context":"choosing","text":"2"}\n',
    );
    expect(result.lines.map((line): unknown => JSON.parse(line))).toEqual([
      { id: "a", intent: "request_buyer", slots: { crop: "coffee", quantity: 5, unit: "quintal" } },
      { id: "b", intent: "choose", slots: { option: 2 } },
    ]);
    expect(result.status).toBe(0);
  });

  it("reports a malformed line by its number, answers it as unknown and goes on", () => {
    const result = run(
      'nonsense\n{"id":7,"context":"idle","text":"urea"}\n{"id":8,"context":"x","text":"urea"}\n',
    );
    expect(result.lines).toEqual([
      '{"id":null,"intent":"unknown","slots":{}}',
      '{"id":7,"intent":"request_input","slots":{"product":"urea"}}',
      '{"id":null,"intent":"unknown","slots":{}}',
    ]);
    expect(result.errors).toMatch(/^line 1: /);
    expect(result.errors).toMatch(/line 3: /);
    expect(result.status).toBe(1);
  });

  it("explains on request", () => {
    const [line = ""] = run('{"id":1,"context":"idle","text":"urea"}\n', "--explain").lines;
    expect(JSON.parse(line)).toHaveProperty("evidence.0.intent", "request_input");
  });
});
