import { identifyPhone } from "@minka/contracts/profiles";
import { describe, expect, test } from "vitest";
import { pest, stage, type Party } from "./scene.ts";

const on = stage({ environment: { PUBLIC_URL: "https://minka.example.pe/" } });

async function whoIsAt(phone: Party) {
  const call = on.platform.callAs("notifications");
  return (await call(identifyPhone, { body: { phone: phone.number } }, { trace: "test" })).person;
}

describe("what is corrected and taken back by SMS", () => {
  test("says how to correct, and bulletins are a consent of their own", async () => {
    const producer = await on.registered();
    expect(await producer.says("quiero corregir mis datos")).toEqual([
      expect.stringMatching(/^Para corregir escriba/),
    ]);
    expect(await producer.says("mi nombre está mal")).toEqual([
      expect.stringMatching(/^Para corregir escriba/),
    ]);
    expect(await producer.says("quiero recibir boletines")).toEqual([
      expect.stringMatching(/^Listo, le mandaremos boletines/),
    ]);
    expect(await producer.says("ya no quiero boletines")).toEqual([
      expect.stringMatching(/^Listo, no le mandamos boletines/),
    ]);
    const person = await whoIsAt(producer);
    expect(person?.consented).toBe(true);
    const ledger = await on.owner`
      select purpose, withdrawn_at is null as stands from profiles.consents where person_id = ${person?.id ?? ""}
      order by purpose`;
    expect(ledger).toEqual([
      { purpose: "bulletins", stands: false },
      { purpose: "service", stands: true },
    ]);
  });
});

describe("mis datos", () => {
  test("a link gives everything, once, and within a day", async () => {
    const { producer, provider } = await on.agreed();
    await producer.says("mi nombre es Elmer Sangama Isuiza");
    const [said] = await producer.says("mis datos");
    expect(said).toMatch(
      /^Tenemos de usted: Elmer Sangama Isuiza, Tocache\. Organizaciones: 0\. Pedidos: 1\. /,
    );
    const url = /https:\/\/minka\.example\.pe(\S+)/.exec(said ?? "")?.[1] ?? "";
    expect((await on.platform.app.inject({ url })).body).toContain("Descargar mis datos");
    const first = await on.platform.app.inject({ method: "POST", url });
    expect(first.statusCode).toBe(200);
    const file = first.json();
    expect(file.person.name).toBe("Elmer Sangama Isuiza");
    expect(JSON.stringify(file.sections.notifications.messagesWritten)).toContain(pest);
    // The agent's number, because it was given to them.
    expect(JSON.stringify(file.sections)).toContain(provider.number.slice(3, 6));
    expect((await on.platform.app.inject({ method: "POST", url })).statusCode).toBe(404);
  });

  test("an old link, and one that nobody made, open nothing", async () => {
    const producer = await on.registered();
    const [said] = await producer.says("quiero mis datos por favor");
    const url = /https:\/\/minka\.example\.pe(\S+)/.exec(said ?? "")?.[1] ?? "";
    on.platform.clock.advance({ hours: 24 });
    for (const each of [url, `${url.slice(0, -3)}xyz`])
      expect((await on.platform.app.inject({ method: "POST", url: each })).statusCode).toBe(404);
  });

  test("the link is kept nowhere once it has been sent", async () => {
    const producer = await on.registered();
    const [said] = await producer.says("mis datos");
    const token = /mis-datos\/(\S+)/.exec(said ?? "")?.[1] ?? "none";
    const kept = await on.owner`
      select body from notifications.outbound_messages where body like ${`%${token}%`}`;
    expect(kept).toEqual([]);
    expect(await on.owner`select 1 from profiles.data_files where token_hash = ${token}`).toEqual([]);
  });

  test("somebody unknown has none, and what they had written is blanked", async () => {
    const stranger = on.stranger();
    await stranger.says(pest);
    expect(await stranger.says("mis datos")).toEqual([expect.stringMatching(/^No tenemos datos de este/)]);
    const kept = await on.owner`
      select body from notifications.inbound_messages where phone = ${stranger.number} and body is not null`;
    expect(kept).toEqual([]);
  });
});

describe("borren mis datos", () => {
  test.each(["borren mis datos", "quiero que eliminen mis datos", "por favor borre todo lo mio"])(
    "%s asks first, and SI erases",
    async (text) => {
      const producer = await on.registered();
      expect(await producer.says(text)).toEqual([
        expect.stringMatching(/^¿Borramos todo lo suyo en Minka\? .+no se puede deshacer/),
      ]);
      expect(await producer.says("si")).toEqual([
        expect.stringMatching(/^Listo, sus datos en Minka fueron borrados/),
      ]);
      expect(await whoIsAt(producer)).toBeNull();
    },
  );

  test("NO leaves everything as it is", async () => {
    const producer = await on.registered();
    await producer.says("borren mis datos");
    expect(await producer.says("no")).toEqual([
      expect.stringMatching(/^Está bien, no borramos nada|^Esta bien/),
    ]);
    expect(await whoIsAt(producer)).not.toBeNull();
  });

  test("a SI long after the question erases nobody", async () => {
    const producer = await on.registered();
    await producer.says("borren mis datos");
    on.platform.clock.advance({ hours: 25 });
    await producer.says("si");
    expect(await whoIsAt(producer)).not.toBeNull();
  });

  test("it is asked and done for who said BAJA too, and they are still not written to afterwards", async () => {
    const producer = await on.registered();
    await producer.says("BAJA");
    expect(await producer.says("borren mis datos")).toEqual([expect.stringMatching(/^¿Borramos todo/)]);
    expect(await producer.says("si")).toEqual([expect.stringMatching(/^Listo, sus datos/)]);
    on.platform.clock.advance({ minutes: 11 });
    await on.settle();
    expect(await on.owner`select 1 from notifications.opt_outs where phone = ${producer.number}`).toEqual([]);
    expect(await producer.says("hola")).toEqual([expect.stringMatching(/^Usted pidi. no recibir/)]);
    expect(await producer.says("ALTA")).toHaveLength(1);
    expect(await producer.says("hola")).toEqual([expect.stringMatching(/^Minka le busca/)]);
  });

  test("who writes again begins anew", async () => {
    const producer = await on.registered();
    await producer.says("borren mis datos");
    await producer.says("si");
    on.platform.clock.advance({ minutes: 2 });
    expect(await producer.says(pest)).toEqual([expect.stringMatching(/Acepta\? Responda SI o NO$/)]);
    on.platform.clock.advance({ minutes: 15 });
    await on.settle();
    // What they wrote since is theirs, and still in question.
    expect(await producer.says("si")).toEqual([expect.stringMatching(/^3 pueden atender/)]);
  });
});

describe("ya no quiero que guarden mis datos", () => {
  test("BAJA ends the messages alone", async () => {
    const producer = await on.registered();
    expect(await producer.says("ya no quiero que guarden mis datos")).toEqual([
      expect.stringMatching(/^Puede elegir\. BAJA: .+ BORRAR: /),
    ]);
    expect(await producer.says("BAJA")).toEqual([expect.stringMatching(/^Listo, ya no le escribiremos/)]);
    expect(await whoIsAt(producer)).not.toBeNull();
  });

  test("BORRAR asks once more, and erases", async () => {
    const producer = await on.registered();
    await producer.says("ya no quiero que guarden mis datos");
    expect(await producer.says("borrar")).toEqual([expect.stringMatching(/^¿Borramos todo/)]);
    await producer.says("si");
    expect(await whoIsAt(producer)).toBeNull();
  });

  test("to the question of consent it is a no", async () => {
    const stranger = on.stranger();
    await stranger.says(pest);
    expect(await stranger.says("no quiero que guarden mis datos")).not.toEqual([]);
    expect(await whoIsAt(stranger)).toBeNull();
  });
});

test("name and district are corrected by writing them", async () => {
  const producer = await on.registered();
  await producer.says("mi nombre es Elmer Sangama");
  expect(await whoIsAt(producer)).toMatchObject({ name: "Elmer Sangama", districtCode: "221001" });
  await producer.says("mi nombre es Elmer Sangama Isuiza");
  await producer.says("vivo en uchiza");
  expect(await whoIsAt(producer)).toMatchObject({ name: "Elmer Sangama Isuiza", districtCode: "221005" });
});

test("another name than the known one is asked about, and nothing else waits for the answer", async () => {
  const producer = await on.registered();
  expect(await producer.says("soy Rosa")).toEqual([expect.stringMatching(/^Mucho gusto, Rosa\./)]);
  await producer.says("soy Rosa Huaman");
  expect(await whoIsAt(producer)).toMatchObject({ name: "Rosa Huaman" });
  expect(await producer.says("soy Elmer")).toEqual([
    expect.stringMatching(
      /^¿Cambiamos el nombre de Rosa Huaman a Elmer\? Responda SI o NO\..+SOY OTRA PERSONA$/,
    ),
  ]);
  await producer.says("no");
  // Part of a name is no other one.
  expect(await producer.says("soy Rosa")).toEqual([expect.stringMatching(/^Mucho gusto, Rosa Huaman\./)]);
  expect(await whoIsAt(producer)).toMatchObject({ name: "Rosa Huaman", districtCode: "221001" });
  expect(await producer.says("me llamo Elmer, soy de uchiza")).toEqual([
    expect.stringMatching(/^Listo, su chacra est. en Uchiza/),
    expect.stringMatching(/^¿Cambiamos el nombre/),
  ]);
  expect(await whoIsAt(producer)).toMatchObject({ name: "Rosa Huaman", districtCode: "221005" });
  expect(await producer.says("si")).toEqual([expect.stringMatching(/^Mucho gusto, Elmer\./)]);
  expect(await whoIsAt(producer)).toMatchObject({ name: "Elmer" });
  expect(await producer.says(`soy Lucho, ${pest}`)).toEqual([expect.stringMatching(/^\d+ pueden? atender/)]);
  expect(await whoIsAt(producer)).toMatchObject({ name: "Elmer" });
  await producer.says("soy Lucho");
  expect(await producer.says("soy otra persona")).toEqual([expect.stringMatching(/su nombre y una palabra/)]);
});

describe("a phone that two people share", () => {
  test("what is held on somebody is shown and erased only for who has a private word", async () => {
    const phone = await on.registered();
    await phone.says("mi nombre es Elmer Sangama");
    await phone.says("soy otra persona");
    await phone.says("Lucila Tapullima girasol");
    await phone.says("soy Elmer");
    for (const asked of ["mis datos", "borren mis datos"])
      expect(await phone.says(asked), asked).toEqual([
        expect.stringMatching(/^En este n.mero escriben varias personas\..+PALABRA/),
      ]);
    await phone.says("ya no quiero que guarden mis datos");
    expect(await phone.says("borrar")).toEqual([
      expect.stringMatching(/^En este n.mero escriben varias personas\./),
    ]);
    await phone.says("palabra guayacan");
    expect((await phone.says("mis datos")).join(" ")).toContain("Elmer Sangama");
    expect(await phone.says("borren mis datos")).toEqual([
      expect.stringMatching(/^¿Borramos todo lo de Elmer Sangama/),
    ]);
  });

  test("another name than the known one is taken only of who has a private word", async () => {
    const phone = await on.registered();
    await phone.says("mi nombre es Elmer Sangama");
    await phone.says("soy otra persona");
    await phone.says("Lucila Tapullima girasol");
    await phone.says("soy Elmer");
    const wordFirst = expect.stringMatching(/^En este n.mero escriben varias personas\..+PALABRA/) as string;
    expect(await phone.says("me llamo Pedro")).toEqual([wordFirst]);
    await phone.says("si");
    expect(await phone.says("me llamo Pedro, soy de uchiza")).toEqual([
      expect.stringMatching(/^Listo, su chacra est. en Uchiza/),
      wordFirst,
    ]);
    await phone.says("palabra guayacan");
    expect(await phone.says("me llamo Pedro")).toEqual([expect.stringMatching(/^¿Cambiamos el nombre/)]);
    expect(await phone.says("si")).toEqual([expect.stringMatching(/^Mucho gusto, Pedro\./)]);
  });

  test("the one who asks is erased, the other stays as they are", async () => {
    const phone = await on.registered();
    await phone.says("mi nombre es Elmer Sangama");
    await phone.says("soy otra persona");
    await phone.says("Rosa Tapullima girasol");
    await phone.says("girasol vivo en uchiza");
    const [ask] = await phone.says("girasol borren mis datos");
    expect(ask).toMatch(/^¿Borramos todo lo de Rosa Tapullima en Minka\?/);
    expect(await phone.says("girasol si")).toEqual([
      expect.stringMatching(/^Listo. Borramos los datos de la persona de este tel.fono que lo pidi./),
    ]);
    on.platform.clock.advance({ minutes: 12 });
    await on.settle();
    expect(await whoIsAt(phone)).toMatchObject({ name: "Elmer Sangama", districtCode: "221001" });
    const states = await on.owner`
      select state from profiles.people where id in (select person_id from profiles.erasures where done_at is not null)`;
    expect(states.every(({ state }) => state === "erased")).toBe(true);
    expect(await on.owner`select 1 from profiles.people where name = 'Rosa Tapullima'`).toEqual([]);
    const bodies = await on.owner`
      select body from notifications.outbound_messages where phone = ${phone.number} and body ilike '%Rosa Tapullima%'`;
    expect(bodies).toEqual([]);
    expect(await phone.says(pest)).toEqual([expect.stringMatching(/^3 pueden atender en Tocache/)]);
  });

  test("who has not said who they are is asked first, and nobody is erased", async () => {
    const phone = await on.registered();
    await phone.says("soy otra persona");
    await phone.says("Rosa Tapullima girasol");
    on.platform.clock.advance({ hours: 2 });
    const [asked] = await phone.says("borren mis datos");
    expect(asked).not.toMatch(/Borramos|ya no le escribiremos/);
  });
});
