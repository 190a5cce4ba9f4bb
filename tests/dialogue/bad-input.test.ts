import { describe, expect, test } from "vitest";
import { stage, type Party } from "./scene.ts";

const on = stage();
const itemsOf = ({ number }: Party) =>
  on.owner`select kind from notifications.attention_items where phone = ${number} and resolved_at is null`;

const puzzling: Record<string, string> = {
  nothing: "",
  blanks: " \n\t ",
  "an emoji": "👍",
  "many emoji": "🌱🌱🐛😡😡😡",
  "10 kB": "lorem ipsum ".repeat(850),
  "NUL characters": "\u0000\u0000a\u0000b",
  "another script": "你好，我需要帮助",
  "right-to-left marks": "\u202Egnirts\u202C",
  "half a surrogate": "\uD83D hmm",
  SQL: "'; drop table notifications.inbound_messages; --",
  HTML: "<script>alert(1)</script><img src=x onerror=alert(1)>",
  "a template": "{provider} ${process.env} {{constructor}} %s %n",
  "a path": "../../../../etc/passwd",
  JSON: '{"intent":"confirm","__proto__":{"puzzled":false}}',
  "a very long number": "9".repeat(400),
};

describe("what nobody can understand", () => {
  test.each(Object.entries(puzzling))(
    "%s is answered twice, goes to a person, then gets silence",
    async (_, text) => {
      const phone = on.stranger();
      const said = [await phone.says(text), await phone.says(text)];
      for (const answer of said)
        expect(answer).toEqual([expect.stringMatching(/^(No le entendi\.|Minka le busca)/)]);
      expect(await itemsOf(phone)).toEqual([]);
      expect(await phone.says(text)).toEqual([expect.stringMatching(/^No le entendi todavia\. Una persona/)]);
      expect(await itemsOf(phone)).toEqual([{ kind: "not_understood" }]);
      expect(await phone.says(text)).toEqual([]);
      expect(await phone.says(text)).toEqual([]);
      expect(await itemsOf(phone)).toHaveLength(1);
      // And as soon as something is understood Minka speaks again, with all its patience.
      expect(await phone.says("necesito tecnico para mi cacao en tocache")).toEqual([
        expect.stringMatching(/Acepta\?/),
      ]);
      expect(await phone.says(text)).toHaveLength(1);
    },
  );

  test("while a list is open, it is the list that is put again", async () => {
    const phone = await on.choosing();
    expect(await phone.says("🌱")).toEqual([
      expect.stringMatching(/^Elija uno de la lista\. Responda del 1 al 3, o NO/),
    ]);
    expect(await phone.says("")).toEqual([expect.stringMatching(/^Elija uno de la lista/)]);
    expect(await phone.says("👍")).toEqual([expect.stringMatching(/Una persona de Minka leera/)]);
    expect(await phone.says("👍")).toEqual([]);
    expect(await itemsOf(phone)).toEqual([{ kind: "not_understood" }]);
    expect(await phone.says("1")).toEqual([expect.stringMatching(/^Le preguntamos a/)]);
  });

  test("while a provider is asked, the question is put again, and then a person looks", async () => {
    const { provider } = await on.waiting();
    expect(await provider.says("<b>")).toEqual([expect.stringMatching(/^¿Toma el pedido/)]);
    expect(await provider.says("🤷")).toEqual([expect.stringMatching(/^¿Toma el pedido/)]);
    expect(await provider.says("🤷")).toEqual([expect.stringMatching(/Una persona de Minka leera/)]);
    expect(await provider.says("🤷")).toEqual([]);
    expect(await provider.says("no")).toEqual([expect.stringMatching(/^Esta bien/)]);
  });
});

test("a need is found in the middle of rubbish", async () => {
  const phone = await on.registered();
  expect(
    await phone.says("\u0000😭😭 señor!!! tengo  monilia\u0000 en mi   CACAO manden TECNICO 🙏"),
  ).toEqual([expect.stringMatching(/^3 pueden atender en Tocache/)]);
});

test("no message is ever answered with another alphabet, or in more than two segments", async () => {
  const rows = await on.owner<{ body: string; segments: number }[]>`
    select body, segments from notifications.outbound_messages where body is not null`;
  expect(rows.length).toBeGreaterThan(50);
  for (const { segments } of rows) expect(segments).toBeLessThanOrEqual(2);
});
