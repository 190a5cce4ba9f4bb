import { giveConsent, withdrawConsent } from "@minka/contracts/people";
import { identifyPhone, updatePerson } from "@minka/contracts/profiles";
import { expect, test, vi } from "vitest";
import { stage, type Party } from "./scene.ts";

/** Words of no language, under the tag of one: what matters is that they come from files beside the built-in ones. */
await vi.hoisted(async () => {
  const fs = await import("node:fs");
  const os = await import("node:os");
  const { join } = await import("node:path");
  const folder = fs.mkdtempSync(join(os.tmpdir(), "minka-language-"));
  const write = (file: string, content: unknown) => {
    fs.mkdirSync(join(folder, file, ".."), { recursive: true });
    fs.writeFileSync(join(folder, file), JSON.stringify(content));
  };
  write("lexicons/ay/crops.json", { cacao: ["zumbelo", "zumbelitos"] });
  write("lexicons/ay/roles.json", { advisor: ["trifano"] });
  write("texts/ay.json", {
    asked: { text: "Plon {provider}. Tem {deadline}." },
    list: { segments: 2, text: "{heading}:\n{options}\n{choices}" },
    list_heading_many: { text: "{count} plon {place}" },
    list_choices_many: { text: "Vez 1-{count} ut NO" },
    status_asking: { text: "{need}: {provider}, {deadline}" },
  });
  write("texts/words.ay.json", {
    kind: { assistance: "trifana" },
    crop: { cacao: "zumbelo" },
    need: { topic: "{topic} {need}", crop: "{crop}: {need}" },
    topic: { pest_management: "grum" },
    phrase: { new: "nov" },
    distance: { near: "nir", far: "{km} kim" },
    deadline: { am: "am", pm: "pm", one: "{clock}", hour: "{clock}", tomorrow: "{hour} tum" },
  });
  process.env["LANGUAGE_DIR"] = folder;
});

const on = stage();

async function personAt({ number }: Party) {
  const call = on.platform.callAs("notifications");
  const { person } = await call(identifyPhone, { body: { phone: number } }, { trace: "test" });
  if (!person) throw new Error("nobody is there");
  return person;
}

/** A producer who agreed that Minka writes to them in their mother tongue. */
async function speaker(): Promise<Party> {
  const producer = await on.registered();
  const { id: personId } = await personAt(producer);
  const call = on.platform.callAs("web");
  const body = { purpose: "language" as const, version: "1", channel: "web" as const };
  await call(giveConsent, { params: { personId }, body }, { trace: "test" });
  await call(updatePerson, { params: { personId }, body: { language: "aym" } }, { trace: "test" });
  return producer;
}

test("whoever speaks a language that an operator added reads it, and is understood in it", async () => {
  const producer = await speaker();
  const [list] = await producer.says("necesito trifano para monilia en mi zumbelo, tocache");
  expect(list).toMatch(/^3 plon Tocache:\n1 .+, \d+ kim, .+\n2 [^]+\nVez 1-3 ut NO$/);
  expect(list).not.toMatch(/nuevo/);
  expect(await producer.says("1")).toEqual([
    expect.stringMatching(/^Plon .+\. Tem \d+:?\d* (am|pm)( tum)?\.$/),
  ]);
  expect(await producer.says("ESTADO")).toEqual([expect.stringMatching(/^zumbelo: grum trifana: /)]);
  // The provider has said nothing of their language.
  const [request] = await on.requestsOf(producer.number);
  expect(request?.need).toMatchObject({ kind: "assistance", crop: "cacao", topic: "pest_management" });
});

test("what the language does not say is said in Spanish", async () => {
  const producer = await speaker();
  expect(await producer.says("ayuda")).toEqual([expect.stringMatching(/^[A-Z¿].*(Escriba|escriba)/)]);
});

test("people mix: the words of every language are understood from anybody, and answered in Spanish", async () => {
  const producer = await on.registered();
  expect(await producer.says("necesito un tecnico para mi zumbelo, tiene monilia")).toEqual([
    expect.stringMatching(/^3 pueden atender en Tocache:/),
  ]);
});

test("who takes the consent back is written to in Spanish again", async () => {
  const producer = await speaker();
  const params = { personId: (await personAt(producer)).id, purpose: "language" as const };
  await on.platform.callAs("web")(withdrawConsent, { params, body: { channel: "web" } }, { trace: "test" });
  expect(await producer.says("tecnico para plagas en mi cacao, tocache")).toEqual([
    expect.stringMatching(/^3 pueden atender en Tocache:/),
  ]);
});
