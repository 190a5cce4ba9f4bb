import { test } from "vitest";
import { stage, pest, type Party } from "./scene.ts";
const s = stage();
async function chat(p: Party, ...texts: string[]) {
  for (const t of texts) console.log(`> ${t}\n` + (await p.says(t)).map((x) => "   < " + x.replaceAll("\n", " / ")).join("\n"));
}
test("idle words", async () => {
  const p = s.stranger();
  await chat(p, "hola", "gracias", "ok", "1", "si", "no", "y?", "", "👍", "buenas tardes", "ya", "quien es", "cuanto cuesta");
});
test("registered idle", async () => {
  const p = await s.registered();
  await chat(p, "hola", "gracias", "ok gracias", "si", "no", "ok", "muchas gracias ingeniero", "listo", "no vino");
});
test("waiting", async () => {
  const { producer } = await s.waiting();
  await chat(producer, "1", "y?", "2", "gracias", "ok", "si", "hola", "ESTADO", "no", "quiero a otro", "ya no quiero", "cancelar");
});
test("choosing", async () => {
  const p = await s.choosing();
  await chat(p, "9", "hola", "gracias", "y?", "el primero", "si");
});
test("choosing b", async () => {
  const p = await s.choosing();
  await chat(p, "si", "ok", "quien es mejor?", "cuanto cobra el 2?", "el mas barato", "no", "ESTADO");
});
test("agreed", async () => {
  const { producer, provider } = await s.agreed();
  await chat(producer, "gracias", "ok", "ESTADO", "a que hora viene?", "1", "hola", "no vino", "listo");
  await chat(provider, "gracias", "ok", "ESTADO", "ya no puedo ir", "a que hora voy", "no puedo", "CANCELAR", "AYUDA", "listo");
});
test("after rating", async () => {
  const { producer } = await s.ratingAsked();
  await chat(producer, "muy bueno", "8", "5", "gracias", "gracias a ustedes", "no vino", "5");
});
test("offered", async () => {
  const { provider, producer } = await s.waiting();
  await chat(provider, "hola", "cuanto es", "donde es?", "quien es", "CANCELAR", "ESTADO", "1", "si el 31 de febrero", "si ayer", "no");
  await chat(producer, "ESTADO");
});
