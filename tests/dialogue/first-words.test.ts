import { expect, test } from "vitest";
import { stage } from "./scene.ts";

const on = stage();
const listed = [expect.stringMatching(/^\d pueden? atender en Tocache/)];

test("several needs keep the place that was said for all, through consent to the list", async () => {
  const producer = on.stranger();
  expect(await producer.says("tecnico y tambien abono tocache")).toEqual([
    expect.stringMatching(/^Vamos uno por uno\..+\n1 visita t[eé]cnica\n2 /s),
  ]);
  expect(await producer.says("los dos")).toEqual([expect.stringMatching(/^Responda solo un n[uú]mero/)]);
  expect(await producer.says("1")).toEqual([expect.stringMatching(/Acepta\? Responda SI o NO$/)]);
  expect(await producer.says("si")).toEqual(listed);
  expect((await on.requestOf(producer.number)).need).toMatchObject({ kind: "assistance" });
});

test("one of several needs said again is the one, and NO leaves them", async () => {
  const producer = await on.registered();
  await producer.says("tecnico y tambien abono tocache");
  expect(await producer.says("no")).toEqual([expect.stringMatching(/^Est[aá] bien/)]);
  await producer.says("tecnico y tambien abono tocache");
  expect(await producer.says("tecnico")).toEqual(listed);
});

test("a name that comes instead of SI is kept, and asked for consent once more", async () => {
  const producer = on.stranger();
  await producer.says("REGISTRAR");
  expect(await producer.says("Segundo Tuanama")).toEqual([
    expect.stringMatching(/^Gracias, Segundo Tuanama\. .+SI o NO$/),
  ]);
  expect(await producer.says("si")).toEqual([expect.stringMatching(/distrito est[aá] su chacra/)]);
  await producer.says("tocache");
  const [person] = await on.owner`
    select p.name from profiles.people p join profiles.phones f on f.person_id = p.id
    where f.phone = ${producer.number}`;
  expect(person?.["name"]).toBe("Segundo Tuanama");
});

test("who would take orders is told that a person calls, and an operator sees it", async () => {
  for (const text of [
    "quiero trabajar de tecnico yo",
    "soy tecnico y quiero ofrecer mi servicio",
    "vendo abono quiero estar en minka",
  ]) {
    const phone = on.stranger();
    expect(await phone.says(text), text).toEqual([expect.stringMatching(/^Qu[eé] bueno que quiere atender/)]);
    const [item] = await on.owner`
      select kind from notifications.attention_items where phone = ${phone.number}`;
    expect(item?.["kind"], text).toBe("human_wanted");
  }
  for (const text of ["quiero un tecnico para trabajar mi cacao en tocache", "vendo cacao en tocache"])
    expect(await on.stranger().says(text), text).toEqual([expect.stringMatching(/Acepta\?/)]);
});
