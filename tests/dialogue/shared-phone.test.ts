import { describe, expect, test } from "vitest";
import { pest, stage, type Party } from "./scene.ts";
import { signIn } from "./sign-in.ts";

const on = stage();

/** A phone of which Rosa is the first and Juan the second person; Rosa has no word yet. */
async function household(): Promise<Party> {
  const phone = await on.registered();
  await phone.says("mi nombre es Rosa Huaman");
  expect(await phone.says("soy otra persona")).toEqual([expect.stringMatching(/su nombre y una palabra/)]);
  expect(await phone.says("Juan Pinedo lucero")).toEqual([expect.stringMatching(/^Listo, Juan Pinedo\./)]);
  return phone;
}

const anHourLater = async () => {
  on.platform.clock.advance({ hours: 1 });
  await on.settle();
};

/** What others of the house must not read or do, of whoever is signed in. */
const kept = (personId: string) =>
  [
    ["GET", "/api/brokering/credits"],
    ["GET", "/api/brokering/group-guarantees"],
    ["GET", `/api/brokering/people/${personId}/debts`],
    ["GET", `/api/brokering/payments?personId=${personId}`],
    ["GET", `/api/notifications/people/${personId}/messages`],
    ["GET", `/api/profiles/people/${personId}/data`],
    ["GET", `/api/profiles/people/${personId}/consents`],
    ["PUT", `/api/profiles/people/${personId}`, { dni: "45678912" }],
  ] as const;

describe("signed in at a phone that two people share", () => {
  const send = async (token: string, method: "GET" | "PUT" | "POST", url: string, payload: object = {}) => {
    const headers = { authorization: `Bearer ${token}` };
    const body = method === "GET" ? {} : { payload };
    const { statusCode, json } = await on.platform.app.inject({ method, url, headers, ...body });
    return { status: statusCode, body: json<Record<string, unknown>>() };
  };

  test("nothing private opens before a private word, of credit, payments, messages and data alike", async () => {
    const phone = await on.registered();
    const own = await signIn(on, phone);
    for (const [method, url, body] of kept(own.personId))
      expect((await send(own.token, method, url, body)).status, url).toBe(200);
    await phone.says("soy otra persona");
    await phone.says("Juan Pinedo lucero");
    on.platform.clock.advance({ minutes: 11 });
    const wordless = await signIn(on, phone, { personId: own.personId });
    const consents = `/api/profiles/people/${own.personId}/consents`;
    const credit = {
      borrower: { kind: "person", personId: own.personId },
      amountCentimos: 80_000,
      months: 6,
      purpose: "fertilizer",
    };
    for (const [method, url, body] of [
      ...kept(own.personId),
      ["POST", "/api/brokering/credits", credit] as const,
      ["POST", `/api/profiles/people/${own.personId}/erasure`] as const,
      ["POST", `${consents}/service/withdrawal`] as const,
      ["POST", `${consents}/lender_sharing/withdrawal`] as const,
      ["POST", consents, { purpose: "lender_sharing", version: "test" }] as const,
    ])
      expect(await send(wordless.token, method, url, body), url).toMatchObject({
        status: 403,
        body: { code: "word-needed" },
      });
    // Agreeing to be served is asked of whoever asks for something, and what Minka sends them is theirs to stop.
    expect(
      (await send(wordless.token, "POST", consents, { purpose: "service", version: "test" })).status,
    ).toBe(201);
    expect((await send(wordless.token, "POST", `${consents}/bulletins/withdrawal`)).status).toBe(200);
    const profile = `/api/profiles/people/${own.personId}/profile`;
    expect((await send(wordless.token, "GET", profile)).body).toMatchObject({
      profile: { withheld: true, dni: null },
    });
    // Asking for a service goes on, and where that is.
    const placed = await send(wordless.token, "PUT", `/api/profiles/people/${own.personId}`, {
      districtCode: "221005",
    });
    expect(placed.status).toBe(200);
    // Who has a word is let in by it.
    on.platform.clock.advance({ minutes: 11 });
    const juan = await signIn(on, phone, { word: "lucero" });
    for (const [method, url, body] of kept(juan.personId).slice(0, -1))
      expect((await send(juan.token, method, url, body)).status, url).toBe(200);

    await send(wordless.token, "PUT", `/api/profiles/people/${own.personId}/private-word`, {
      phone: phone.number,
      word: "guayacan",
    });
    on.platform.clock.advance({ minutes: 11 });
    const known = await signIn(on, phone, { word: "guayacan" });
    for (const [method, url, body] of kept(own.personId))
      expect((await send(known.token, method, url, body)).status, url).toBe(200);
    expect((await send(known.token, "GET", profile)).body).toMatchObject({
      profile: { withheld: false, dni: "45678912" },
    });
    expect((await send(known.token, "POST", `${consents}/service/withdrawal`)).body).toMatchObject({
      withdrawn: [{ purpose: "service" }, { purpose: "service" }],
    });
  });
});

describe("a phone that two people share", () => {
  test("keeps what each asked apart", async () => {
    const phone = await household();
    expect(await phone.says("lucero " + pest)).toEqual([expect.stringMatching(/^3 pueden atender/)]);
    await anHourLater();
    // Whoever takes up the phone now is asked who they are, and neither sees Juan's list nor answers it.
    const [who] = await phone.says("1");
    expect(who).toMatch(/¿Qui[eé]n escribe\? .+\n1 Rosa Huaman$/s);
    expect(await phone.says("1")).toEqual([expect.stringMatching(/^No (le )?ent/)]);
    expect(await phone.says("estado")).toEqual([expect.stringMatching(/no tiene pedidos/)]);
    // Juan says his word: his question comes back.
    expect(await phone.says("LUCERO")).toEqual([expect.stringMatching(/^3 pueden atender/)]);
    expect(await phone.says("1")).toEqual([expect.stringMatching(/^Le preguntamos a/)]);
  });

  test("keeps what was asked before the second person came for the first", async () => {
    const phone = await on.choosing();
    await phone.says("palabra guayacan");
    await phone.says("soy otra persona");
    expect(await phone.says("Lucho Vela tucan")).toEqual([expect.stringMatching(/^Listo, Lucho Vela\./)]);
    expect(await phone.says("1")).toEqual([expect.stringMatching(/^No (le ent|tenemos ninguna pregunta)/)]);
    const [request] = await on.owner`
      select r.state from matching.requests r join profiles.phones p on p.person_id = r.person_id
      where p.phone = ${phone.number}`;
    expect(request?.["state"]).toBe("listed");
    const own = await phone.says("guayacan");
    expect(own).toEqual([expect.stringMatching(/^3 pueden atender/)]);
    expect(await phone.says("1")).toEqual([expect.stringMatching(/^Le preguntamos a/)]);
  });

  test("changes hands by SOY and a name, renames nobody, and asks for the word of who has one", async () => {
    const phone = await household();
    expect(await phone.says("lucero " + pest)).toEqual([expect.stringMatching(/^3 pueden atender/)]);
    expect(await phone.says("1")).toEqual([expect.stringMatching(/^Le preguntamos a/)]);
    expect(await phone.says("soy rosa")).toEqual([expect.stringMatching(/^Hola, Rosa Huaman/)]);
    expect(await phone.says("estado")).toEqual([expect.stringMatching(/no tiene pedidos/)]);
    expect(await phone.says("soy rosa de tocache")).toEqual([expect.stringMatching(/^Listo, su chacra/)]);
    // Juan has a word: his name alone opens nothing, and Rosa is not taken for him.
    expect(await phone.says("soy juan")).toEqual([expect.stringMatching(/¿Qui[eé]n escribe\?.+\n1 Rosa/s)]);
    expect(await phone.says("rosa huaman")).toEqual([expect.stringMatching(/^Hola, Rosa Huaman/)]);
    await phone.says("soy juan");
    expect(await phone.says("lucero")).toEqual([expect.stringMatching(/^Hola, Juan Pinedo/)]);
    expect(await phone.says("estado")).toEqual([expect.stringMatching(/le preguntamos a/)]);
    expect(await phone.says("soy pedro")).toEqual([expect.stringMatching(/su nombre y una palabra/)]);
    const names = await on.owner`
      select name from profiles.people p join profiles.phones f on f.person_id = p.id
      where f.phone = ${phone.number} order by name`;
    expect(names.map(({ name }) => String(name))).toEqual(["Juan Pinedo", "Rosa Huaman"]);
  });

  test("is asked for the word alone when only a name came, and understands PALABRA and ESTADO there", async () => {
    const phone = await on.registered();
    await phone.says("soy otra persona");
    expect(await phone.says("estado")).toEqual([expect.stringMatching(/no tiene pedidos/)]);
    expect(await phone.says("Maria Flores")).toEqual([
      expect.stringMatching(/^Gracias, Maria Flores\. Falta su palabra/),
    ]);
    expect(await phone.says("PALABRA guayacan")).toEqual([expect.stringMatching(/^Listo, Maria Flores\./)]);
    expect(await phone.says(pest)).toEqual([expect.stringMatching(/^3 pueden atender/)]);
  });

  test("answers a need that comes instead of a name, and asks who gave a name for the word first", async () => {
    const phone = await on.registered();
    await phone.says("soy otra persona");
    expect(await phone.says("tecnico cacao tocache")).toEqual([expect.stringMatching(/^3 pueden atender/)]);
    const other = await on.registered();
    await other.says("soy otra persona");
    await other.says("Maria Flores");
    expect(await other.says("tecnico cacao tocache")).toEqual([expect.stringMatching(/Falta su palabra/)]);
    expect(await other.says("no")).toEqual([expect.stringMatching(/^Está bien|^Esta bien/)]);
    expect(await other.says("tecnico cacao tocache")).toEqual([expect.stringMatching(/^3 pueden atender/)]);
  });

  test("changes hands by HOLA where somebody has no word", async () => {
    const phone = await household();
    expect(await phone.says("hola")).toEqual([expect.stringMatching(/¿Qui[eé]n escribe\?/)]);
    expect(await phone.says("1")).toEqual([expect.stringMatching(/^Hola, Rosa Huaman/)]);
  });

  test("is told neutrally that something waits, once, and reads it after the word", async () => {
    const phone = await household();
    await phone.says(`lucero ${pest}`);
    await phone.says("1");
    const juan = await on.owner`
      select person_id from profiles.phone_words where phone = ${phone.number}`;
    expect(juan).toHaveLength(1);
    await anHourLater();
    const [asked] = await on.owner`
      select m.id, m.provider_person_id, p.phone from matching.matches m
      join matching.requests r on r.id = m.request_id
      join profiles.phones p on p.person_id = m.provider_person_id
      where r.person_id = ${juan[0]?.["person_id"]} and m.state = 'asked'`;
    const provider = await on.someoneAt(asked?.["phone"]);
    await provider.says("si mañana");
    expect(await phone.reads()).toEqual([
      "Minka: hay una novedad para Juan Pinedo. Para leerla, responda con su palabra secreta, o HOLA si no tiene.",
    ]);
    expect(await phone.says("Lucero.")).toEqual([expect.stringMatching(/dijo que s[ií]/)]);
  });

  test("keeps private words nowhere", async () => {
    const phone = await household();
    await phone.says(`lucero ${pest}`);
    const texts = await on.owner`
      select body from notifications.inbound_messages where phone = ${phone.number} and body ilike '%lucero%'
      union all select text from notifications.prompts where phone = ${phone.number} and text ilike '%lucero%'
        and kind <> 'newcomer'
      union all select body from notifications.outbound_messages
        where phone = ${phone.number} and body ilike '%lucero%' and body not like 'Para tener%'`;
    expect(texts).toEqual([]);
  });

  test("is told with whom a late yes or no is: nobody answers what another was asked", async () => {
    const phone = await household();
    const [juan] = await on.owner`select person_id from profiles.phone_words where phone = ${phone.number}`;
    const now = on.platform.clock();
    await on.owner`
      insert into notifications.prompts (id, phone, person_id, kind, subject, about, state, text, created_at, opened_at,
        expires_at, trace)
      values (gen_random_uuid(), ${phone.number}, ${juan?.["person_id"]}, 'confirmation',
        ${on.owner.json({ kind: "confirmation", service: "profiles", what: "membership", id: crypto.randomUUID(), personId: juan?.["person_id"] })},
        'late', 'expired', '', ${now}, ${now}, ${now}, 'test')`;
    await anHourLater();
    await phone.says("hola");
    await phone.says("1");
    // It is Rosa: the question that has lapsed was Juan's.
    expect(await phone.says("si")).toEqual([expect.not.stringMatching(/membres|organiz|part(e|icip)/i)]);
    const [row] =
      await on.owner`select state from notifications.prompts where phone = ${phone.number} and about = 'late'`;
    expect(row?.["state"]).toBe("expired");
  });

  test("keeps a word that was written before it was known who writes nowhere either", async () => {
    const phone = await household();
    await anHourLater();
    await phone.says("palabra huayruro");
    expect(await phone.says("1")).toEqual([expect.stringMatching(/^Listo, guardamos su palabra/)]);
    await phone.says("soy otra persona");
    await phone.says("shihuahuaco");
    const kept = await on.owner`
      select body from notifications.inbound_messages where phone = ${phone.number}
        and body ~* 'huayruro|shihuahuaco'`;
    expect(kept).toEqual([]);
  });

  test("takes up what was asked before it was known who writes", async () => {
    const phone = await household();
    await anHourLater();
    const [who] = await phone.says(pest);
    expect(who).toMatch(/¿Qui[eé]n escribe\?/);
    expect(await phone.says("lucero")).toEqual([expect.stringMatching(/^3 pueden atender/)]);
  });

  test("gives a word to who has none, and refuses another's or an everyday one alike", async () => {
    const phone = await household();
    await anHourLater();
    await phone.says("hola");
    expect(await phone.says("1")).toEqual([expect.stringMatching(/^Hola, Rosa Huaman/)]);
    const refused = await phone.says("palabra cacao");
    expect(refused).toEqual([expect.stringMatching(/^Esa palabra no sirve/)]);
    expect(await phone.says("palabra Lucero")).toEqual(refused);
    expect(await phone.says("palabra guayacan")).toEqual([
      expect.stringMatching(/^Listo, guardamos su palabra/),
    ]);
    await anHourLater();
    expect(await phone.says("hola")).toEqual([expect.not.stringMatching(/1 Rosa/)]);
    expect(await phone.says("guayacan")).toEqual([expect.stringMatching(/^Hola, Rosa Huaman/)]);
  });

  test("hears no word for an hour after many wrong ones", async () => {
    const phone = await household();
    await anHourLater();
    for (let tried = 0; tried < 40; tried += 1) {
      await phone.writes(`madera${tried}`);
      await on.settle();
    }
    await phone.reads();
    expect(await phone.says("lucero")).not.toEqual([expect.stringMatching(/^Hola, Juan/)]);
    on.platform.clock.advance({ hours: 3 });
    await on.settle();
    await phone.reads();
    expect(await phone.says("lucero")).toEqual([expect.stringMatching(/^Hola, Juan/)]);
  });
});
