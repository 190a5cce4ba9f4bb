import { createLog } from "@minka/http/log";
import type { TwilioAnswer } from "@minka/test-kit/fake-twilio";
import { afterAll, describe, expect, test } from "vitest";
import { pest, stage, type Party } from "./scene.ts";
import { deliver, startTwilioPlatform, twilioLine, type TwilioPlatform } from "./twilio-line.ts";

const lines: string[] = [];
const log = createLog({
  level: "trace",
  service: "test",
  destination: { write: (line: string) => void lines.push(line) },
});
let platform: TwilioPlatform;
const on = stage({ start: async () => (platform = await startTwilioPlatform({ log })), line: twilioLine });

const neutral =
  /^Linea 100 atiende gratis, las 24 horas, en todo el pa.s\. Para borrar este mensaje: Opciones, Borrar\.$/;

/** Each has a word in it that no other text of these tests has. */
const secret = (word: string) => `mi marido me pega todas las noches ${word}`;

/** Every row of every table that this database has, as its owner reads it. */
async function everything(): Promise<string> {
  const tables = await on.owner<{ name: string }[]>`
    select format('%I.%I', table_schema, table_name) as name from information_schema.tables
    where table_type = 'BASE TABLE' and table_schema not in ('pg_catalog', 'information_schema')`;
  expect(tables.length).toBeGreaterThan(20);
  const rows: string[] = [];
  for (const { name } of tables) {
    const found = await on.owner.unsafe<{ row: string }[]>(
      `select row_to_json(t)::text as row from ${name} t`,
    );
    rows.push(...found.map(({ row }) => row));
  }
  return rows.join("\n");
}

async function expectNoTrace(word: string): Promise<void> {
  const kept = await everything();
  expect(kept).not.toContain(word);
  expect(kept).not.toMatch(/l.nea 100/i);
  const said = lines.join("");
  expect(said).not.toContain(word);
  expect(said).not.toMatch(/l.nea 100/i);
}

const contexts: Record<string, { reach: () => Promise<Party>; next: string; leadsTo: RegExp }> = {
  "writes for the first time": { reach: async () => on.stranger(), next: pest, leadsTo: /Acepta\?/ },
  "is asked for consent": {
    reach: async () => {
      const phone = on.stranger();
      await phone.says(pest);
      return phone;
    },
    next: "si",
    leadsTo: /^3 pueden/,
  },
  "chooses from a list": { reach: () => on.choosing(), next: "1", leadsTo: /^Le preguntamos a/ },
  "waits for a provider": {
    reach: async () => (await on.waiting()).producer,
    next: "ESTADO",
    leadsTo: /le preguntamos a/,
  },
  "is offered an order": {
    reach: async () => (await on.waiting()).provider,
    next: "no",
    leadsTo: /^Esta bien/,
  },
  "has agreed on a visit": {
    reach: async () => (await on.agreed()).provider,
    next: "ESTADO",
    leadsTo: /^Usted tiene una visita mañana/,
  },
  "is asked for the district": {
    reach: async () => {
      const phone = on.stranger();
      await phone.says("nesecito un tecnico pa la monilia en mi cacao");
      await phone.says("si");
      return phone;
    },
    next: "tocache",
    leadsTo: /^3 pueden/,
  },
  "is asked whether somebody came": {
    reach: async () => (await on.outcomeAsked()).producer,
    next: "si",
    leadsTo: /^¿Qué nota/,
  },
  "is asked for a rating": {
    reach: async () => (await on.ratingAsked()).producer,
    next: "4",
    leadsTo: /^Gracias/,
  },
  "has said BAJA": {
    reach: async () => {
      const phone = await on.registered();
      await phone.says("BAJA");
      return phone;
    },
    next: "ALTA",
    leadsTo: /^Listo, otra vez/,
  },
};

describe("whoever speaks of violence", () => {
  test.each(Object.entries(contexts).map(([name, context], index) => ({ name, index, ...context })))(
    "and $name gets one neutral line, is kept nowhere, and goes on as before",
    async ({ index, reach, next, leadsTo }) => {
      const phone = await reach();
      const word = `quebrada${index}x`;
      expect(await phone.says(secret(word))).toEqual([expect.stringMatching(neutral)]);
      await expectNoTrace(word);
      const sent = platform.twilio.accepted.findLast(({ to }) => to === phone.number);
      expect(sent?.validityPeriod).toBeLessThanOrEqual(10 * 60);
      expect(await phone.says(next)).toEqual([expect.stringMatching(leadsTo)]);
    },
  );

  const failures: Record<string, TwilioAnswer> = {
    "refuses it": { kind: "refuse", status: 400, code: 30003 },
    "has too much to do": { kind: "refuse", status: 429 },
    fails: { kind: "refuse", status: 500 },
    "breaks the line before": { kind: "drop" },
    "breaks the line after": { kind: "accept-then-drop" },
  };
  test.each(Object.entries(failures))(
    "is never written to again when the gateway %s",
    async (name, answer) => {
      const phone = on.stranger();
      const word = `quebrada${name.replaceAll(" ", "")}`;
      platform.twilio.answer(answer);
      await phone.says(secret(word));
      expect(platform.twilio.attempts(phone.number)).toBe(1);
      for (const minutes of [1, 4, 20, 60, 24 * 60]) {
        on.platform.clock.advance({ minutes });
        await on.settle();
      }
      expect(platform.twilio.attempts(phone.number)).toBe(1);
      await expectNoTrace(word);
      const [state] = await on.owner`
      select body, ephemeral from notifications.outbound_messages where phone = ${phone.number}`;
      expect(state).toEqual({ body: null, ephemeral: true });
    },
  );

  test("is forgotten by the gateway too, what was written and what was answered", async () => {
    const phone = on.stranger();
    const written = platform.twilio.writes(phone.number, secret("quebradaajena"));
    expect((await deliver(platform, platform.twilio.posts(written))).statusCode).toBe(200);
    await on.settle();
    expect(written.body).toBe("");
    const sent = platform.twilio.accepted.find(({ to }) => to === phone.number);
    if (!sent) throw new Error("nothing was answered");
    expect(sent.body).toMatch(neutral);
    // While it is on its way Twilio forgets nothing.
    await deliver(platform, platform.twilio.report(sent, "delivered"));
    platform.clock.advance({ minutes: 2 });
    await on.settle();
    expect(sent.body).toBe("");
  });

  test("and is not answered for a while is not answered later", async () => {
    const phone = on.stranger();
    // The channel rests: nothing leaves, and after ten minutes the line must not come any more.
    platform.twilio.answer({ kind: "refuse", status: 401, code: 20003 });
    await on.stranger().says("hola");
    await phone.says(secret("quebradatarde"));
    expect(await phone.reads()).toEqual([]);
    on.platform.clock.advance({ minutes: 11 });
    await on.settle();
    expect(await phone.reads()).toEqual([]);
    await expectNoTrace("quebradatarde");
  });
});

test("what could be held against whoever wrote it is blanked before the first write, without a word", async () => {
  const phone = on.stranger();
  const [answer] = await phone.says("andan narcos por aca y mi cacao con monilia, tecnico en tocache");
  expect(answer).toMatch(/Acepta\?/);
  const kept = await everything();
  expect(kept).toContain("mi cacao con monilia");
  expect(kept).not.toMatch(/narco/i);
  expect(lines.join("")).not.toMatch(/narco/i);
  const [row] = await on.owner`select body from notifications.inbound_messages where phone = ${phone.number}`;
  expect(row?.["body"]).toBe("andan […] por aca y mi cacao con monilia, tecnico en tocache");
  expect(await phone.says("si")).toEqual([expect.stringMatching(/ pueden? atender|Una persona de Minka/)]);
});

afterAll(() => expect(lines.length).toBeGreaterThan(100));
