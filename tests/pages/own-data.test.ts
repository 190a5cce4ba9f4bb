import { identifyPhone } from "@minka/contracts/profiles";
import { joinPhone } from "@minka/contracts/shared-phones";
import { afterAll, beforeAll, expect, test } from "vitest";
import { browse } from "../support/browse.ts";
import { signedIn, signingEnvironment } from "../support/signed-operator.ts";
import { startTestPlatform, type TestPlatform } from "../support/test-platform.ts";

let platform: TestPlatform;
/** Producers of the demo, one a test: what one does must not matter to another. */
const producer = (number: number) => `+5190000000${number}`;

beforeAll(async () => {
  platform = await startTestPlatform({ environment: signingEnvironment });
});
afterAll(() => platform.stop());

async function idOf(phone: string): Promise<string> {
  const { person } = await platform.callAs("web")(identifyPhone, { body: { phone } }, { trace: "test" });
  return person?.id ?? "";
}

/** Somebody else comes to use a phone, and whoever was signed in there no longer has a token that knew of none. */
async function shares(phone: string): Promise<void> {
  const consent = { version: "test", channel: "sms" as const, at: platform.clock().toISOString() };
  await platform.callAs("notifications")(
    joinPhone,
    { body: { phone, name: "Elmer Sangama", word: "guayacan", consent } },
    { trace: "test" },
  );
  platform.clock.advance({ minutes: 15 });
}

test("somebody corrects what Minka keeps of them, and a slip loses nothing that was typed", async () => {
  const visitor = await browse(platform, producer(1));
  const form = await visitor.open("/mi/datos/persona");
  const wrong = await visitor.submit(form, "guardar", {
    nombre: "Rosa Pinchi Tuanama",
    dni: "4567",
    nacio: "1980",
  });
  expect(wrong.status).toBe(422);
  expect(wrong.text).toContain("El DNI tiene ocho números");
  expect(wrong.html).toContain('value="Rosa Pinchi Tuanama"');
  const right = await visitor.submit(wrong, "guardar", { dni: "45678912", sexo: "f" });
  expect(right.text).toContain("Listo, guardamos lo que corrigió.");
  expect(right.text).toMatch(
    /Nombre Rosa Pinchi Tuanama DNI 45678912 Mujer u hombre Mujer Año en que nació 1980/,
  );
  const person = await visitor.open("/mi/datos/persona");
  const nobody = await visitor.submit(person, "guardar", { nombre: "😀😀" });
  expect(nobody.status).toBe(422);
  expect(nobody.root.querySelector("#nombre-mal")?.text).toBe("Escriba su nombre con letras.");
  const thisYear = String(platform.clock().getUTCFullYear());
  const baby = await visitor.submit(person, "guardar", { nacio: thisYear });
  expect([baby.status, baby.text]).toEqual([422, expect.stringContaining("12 años o más")]);
  expect(baby.root.querySelector("#nacio-mal")).not.toBeNull();
  expect((await visitor.open("/mi/datos")).text).toContain("Año en que nació 1980");
  const place = await visitor.open("/mi/datos/lugar");
  const unclear = await visitor.submit(place, "guardar", { distrito: "santa rosa" });
  expect(unclear.text).toContain("Hay varios lugares con ese nombre");
  const moved = await visitor.submit(unclear, "guardar", {
    distrito: "Uchiza, Tocache",
    caserio: "Alto Perú",
  });
  expect(moved.text).toContain("Uchiza, San Martín");
  const attention = await visitor.open("/mi/datos/atencion");
  const reversed = await visitor.submit(attention, "guardar", { de: "18", a: "6" });
  expect(reversed.text).toContain("Elija una hora después de la primera");
  const kept = await visitor.submit(reversed, "guardar", {
    de: "6",
    a: "18",
    pagos: ["yape", "plin"],
    mujer: "si",
  });
  expect(kept.text).toContain("De 6 a. m. a 6 p. m.");
  expect(kept.text).toContain("Yape y Plin");
  // Whose DNI it is already is told nobody.
  const other = await browse(platform, producer(2));
  const taken = await other.submit(await other.open("/mi/datos/persona"), "guardar", {
    nombre: "Otra Persona",
    dni: "45678912",
  });
  expect([taken.status, taken.text]).toEqual([409, expect.stringContaining("Ese DNI no se puede poner")]);
});

test("each permission is given and taken back by itself, the language with its own", async () => {
  const visitor = await browse(platform, producer(3));
  const page = await visitor.open("/mi/datos/permisos");
  const given = await visitor.submit(page, "dar", {}, { of: { para: "bulletins" } });
  expect(given.text).toContain("Listo, guardamos su permiso");
  const spoken = await visitor.submit(given, "lengua", { lengua: "qvs" });
  expect((await visitor.open("/mi/datos")).text).toContain("Lengua kichwa");
  const back = await visitor.submit(spoken, "retirar", {}, { of: { para: "language" } });
  expect(back.text).toContain("Listo, retiró su permiso");
  expect((await visitor.open("/mi/datos")).text).toContain("Lengua No lo dijo");
  expect((await visitor.open("/mi/datos/permisos")).text).toContain("Retirar el permiso: boletines");
});

test("who may ask for one is seen and sent away, and nobody else's helper can be", async () => {
  const [first, second, helper] = [producer(4), producer(5), producer(6)];
  const asks = signedIn(platform, await idOf(helper), { operator: false });
  for (const phone of [first, second]) {
    const asked = await asks.post("/api/profiles/delegations", { principal: { phone } });
    expect(asked.status, asked.text).toBe(202);
    await platform.settle();
    await platform.phone(phone).writes("si");
    await platform.settle();
  }
  const [one, other] = [await browse(platform, first), await browse(platform, second)];
  const theirs = (await other.open("/mi/datos/quien-ayuda")).root
    .querySelector('[name="permiso"]')
    ?.getAttribute("value");
  const page = await one.open("/mi/datos/quien-ayuda");
  expect(page.text).toMatch(/Tiene permiso hasta el \d+ de /);
  expect((await one.submit(page, "quitar", { permiso: theirs ?? "" })).status).toBe(403);
  const gone = await one.submit(page, "quitar");
  expect(gone.text).toContain("Listo, ya no puede pedir por usted");
  expect((await other.open("/mi/datos/quien-ayuda")).text).toContain("Tiene permiso");
  // The permission is the helper's, not that of the house where their phone lies.
  const helping = await browse(platform, helper);
  const held = await helping.open("/mi/por-otros");
  await shares(helper);
  const unheard = await helping.submit(held, "empezar");
  expect([unheard.status, unheard.text]).toEqual([403, expect.stringContaining("su palabra secreta")]);
});

test("messages, credit, payments and data are seen by their own person; at a shared phone only behind a word", async () => {
  const phone = producer(7);
  await platform.phone(phone).writes("estado");
  await platform.settle();
  const visitor = await browse(platform, phone);
  const thread = await visitor.open("/mi/mensajes");
  expect(
    thread.root
      .querySelectorAll(".thread .in")
      .map(({ text }) => text)
      .join(),
  ).toContain("estado");
  const permissions = await visitor.open("/mi/datos/permisos");
  await shares(phone);
  const closed = [
    "/mi/mensajes",
    "/mi/credito",
    "/mi/credito/nuevo",
    "/mi/pagos",
    "/mi/datos/persona",
    "/mi/datos/lugar",
    "/mi/datos/atencion",
    "/mi/datos/borrar",
    "/mi/datos/archivo",
  ];
  for (const path of closed) {
    const page = await visitor.open(path);
    expect([page.status, page.h1], path).toEqual([403, "Primero ponga su palabra secreta"]);
    expect(page.text, path).toContain("Varias personas usan su celular");
    expect(page.root.querySelector("main .action")?.getAttribute("href"), path).toBe(
      `/mi/datos/palabra?seguir=${encodeURIComponent(path)}`,
    );
  }
  const overview = await visitor.open("/mi/datos");
  expect(overview.text).toContain("Varias personas usan su celular");
  expect(overview.text).not.toContain("DNI");
  // Nobody of the house ends all of it or shows a lender the harvests, not by a page that was open either.
  for (const of of [{ para: "service" }, { para: "lender_sharing" }]) {
    const name = of.para === "service" ? "retirar" : "dar";
    const settled = await visitor.submit(permissions, name, {}, { of });
    expect([settled.status, settled.text]).toEqual([
      403,
      expect.stringContaining("Ponga primero su palabra secreta en Mis datos"),
    ]);
    expect(settled.text).toMatch(
      /Para retirar este permiso.+Para dar este permiso, ponga primero su palabra/,
    );
    expect(settled.root.querySelector('main a.more[href*="palabra"]')?.getAttribute("href")).toBe(
      `/mi/datos/palabra?seguir=${encodeURIComponent("/mi/datos/permisos")}`,
    );
  }
  const asked = await visitor.submit(permissions, "dar", {}, { of: { para: "bulletins" } });
  expect(asked.text).toContain("Listo, guardamos su permiso");
  // What is no secret of the house goes on.
  expect((await visitor.open("/mi")).status).toBe(200);
  expect((await visitor.open("/pedir")).status).toBe(200);
  const word = await visitor.open(`/mi/datos/palabra?seguir=${encodeURIComponent("/mi/pagos")}`);
  expect(word.h1).toBe("Ponga su palabra secreta");
  const differs = await visitor.submit(word, "poner", { palabra: "shihuahuaco", otra: "capirona" });
  expect(differs.text).toContain("No es la misma palabra");
  expect(differs.html).not.toContain("capirona");
  const unfit = await visitor.submit(word, "poner", { palabra: "si", otra: "si" });
  expect(unfit.text).toContain("Esa palabra no sirve");
  const set = await visitor.submit(word, "poner", { palabra: "shihuahuaco", otra: "shihuahuaco" });
  expect([set.path, set.h1]).toEqual(["/mi/pagos", "Usted no debe nada"]);
  // Another of the house could have set it: the phone reads of it at once, and of a later change nothing.
  const told = /^Minka: por internet se puso una palabra secreta a nombre de .+ escriba PERSONA$/;
  const tellings = async () => {
    await platform.settle();
    return (await platform.phone(phone).reads()).filter((text) => told.test(text)).length;
  };
  expect(await tellings()).toBe(1);
  const changed = { palabra: "capirona", otra: "capirona" };
  const another = await visitor.open("/mi/datos/palabra");
  expect([another.h1, another.text]).toEqual([
    "Su palabra secreta",
    expect.stringContaining("Si ya tiene una, la nueva la reemplaza."),
  ]);
  await visitor.submit(another, "poner", changed);
  expect(await tellings()).toBe(1);
  for (const path of closed.slice(0, -1)) expect((await visitor.open(path)).status, path).toBe(200);
  expect((await visitor.open("/mi/datos")).text).toContain("DNI");
  expect((await visitor.open("/mi/mensajes")).text).toContain("estado");
});

test("all of it is taken along as a file, and erased after one tick", async () => {
  const phone = producer(8);
  const visitor = await browse(platform, phone);
  const personId = await idOf(phone);
  const file = await platform.app.inject({
    url: "/mi/datos/archivo",
    headers: { cookie: visitor.cookies(), host: "minka.test" },
  });
  expect(file.headers["content-disposition"]).toBe('attachment; filename="mis-datos-minka.json"');
  expect(file.json()).toMatchObject({ person: { id: personId } });
  const page = await visitor.open("/mi/datos/borrar");
  const unsure = await visitor.submit(page, "borrar");
  expect([unsure.status, unsure.text]).toEqual([422, expect.stringContaining("Marque que entiende")]);
  const erased = await visitor.submit(unsure, "borrar", { seguro: "si" });
  expect(erased.text).toContain("Borramos sus datos");
  await platform.settle();
  expect((await visitor.open("/mi/datos")).h1).toBe("Entre con su celular");
  expect(await idOf(phone)).toBe("");
});
