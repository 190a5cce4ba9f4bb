import { makeDemoData } from "@minka/platform/make-demo-data";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { browse, type OpenedPage, type Visitor } from "../support/browse.ts";
import { demoCast } from "../support/demo-cast.ts";
import { startTestPlatform, type TestPlatform } from "../support/test-platform.ts";

let platform: TestPlatform;
let manager: Visitor;
const demo = makeDemoData("demo");
const organization = demo.pools[0]?.organizer;
if (!organization) throw new Error("the demo has no joint purchase");
const desk = `/mi-organizacion/${organization.id}`;

beforeAll(async () => {
  platform = await startTestPlatform();
  manager = await browse(platform, demoCast.manager);
});
afterAll(() => platform.stop());

/** The hidden values by which one of several forms on a page is meant: that of the row which says this. */
function hiddenIn(page: OpenedPage, text: string, name: string): string {
  const row = page.root.querySelectorAll("li, tr").find((one) => one.structuredText.includes(text));
  const value =
    row?.querySelector(`[name="${name}"]`)?.getAttribute("value") ??
    new RegExp(`[?&]${name}=([0-9a-f-]{36})`).exec(row?.querySelector("a")?.getAttribute("href") ?? "")?.[1];
  if (!value) throw new Error(`no ${name} beside ${text} in ${page.text.slice(0, 800)}`);
  return value;
}

describe("members", () => {
  test("are asked by SMS, seen while they have not answered, and belong with their SI", async () => {
    const wrong = await manager.submit(await manager.open(`${desk}/miembros/agregar`), "invitar", {
      nombre: "Elena Shupingahua",
      celular: "123",
    });
    expect(wrong.status).toBe(422);
    expect(wrong.html).toContain('value="Elena Shupingahua"');
    expect(wrong.text).toContain("nueve números");
    const asked = await manager.submit(wrong, "invitar", { celular: "900 000 002" });
    expect(asked.text).toContain("Cuando responda SI, es parte");
    expect(asked.text).toContain("Elena Shupingahua");
    await platform.settle();
    const phone = platform.phone(demoCast.producer);
    await phone.writes("SI");
    await platform.settle();
    const answered = await manager.open(`${desk}/miembros/respuestas`);
    expect(answered.h1).toBe("Todos respondieron");
    expect(answered.text).toMatch(/Respondieron (\d+) de \1: sí/);
  });

  test("get another role, and an end with a reason", async () => {
    const list = await manager.open(`${desk}/miembros`);
    expect(list.h1).toMatch(/^\d+ personas son parte$/);
    const wider = await manager.open(`${desk}/miembros?nombre=%20&sexo=x&distrito=zz&desde=1`);
    expect(wider.status).toBe(200);
    const none = await manager.open(`${desk}/miembros?nombre=zzz`);
    expect(none.text).toContain("Nadie es así en la lista");
    const link = list.root
      .querySelectorAll("tbody tr")
      .find((one) => one.structuredText.includes("Socia o socio"))
      ?.querySelector("a")
      ?.getAttribute("href");
    const chosen = await manager.open(link ?? "");
    const named = chosen.root.querySelector("#cambiar h2")?.text ?? "";
    const delegate = await manager.submit(chosen, "rol", { rol: "delegate" });
    expect(delegate.text).toContain("Vale desde hoy");
    const again = await manager.open(link ?? "");
    const short = await manager.submit(again, "terminar", { motivo: "" });
    expect(short.text).toContain("Escriba por qué");
    await manager.submit(short, "terminar", { motivo: "Vendió su chacra" });
    const before = await manager.open(`${desk}/miembros?estado=antes`);
    expect(before.text).toContain("La directiva terminó: Vendió su chacra");
    const found = await manager.open(`${desk}/miembros?nombre=${encodeURIComponent(named.slice(0, 8))}`);
    expect(found.text).not.toContain(named);
  });

  test("who asks to join is let in", async () => {
    const stranger = await browse(platform, "+51900000003");
    const joining = await stranger.open(`/mi/organizacion/entrar/${organization.id}`);
    await stranger.submit(joining, "entrar");
    const today = await manager.open(desk);
    expect(today.text).toContain("1 persona quiere entrar");
    const answers = await manager.open(`${desk}/miembros/respuestas`);
    expect(answers.h1).toBe("1 persona quiere entrar");
    const done = await manager.submit(answers, "entra");
    expect(done.text).toContain("Ya es parte");
  });
});

describe("a list", () => {
  const upload = async (lines: string) => {
    const page = await manager.open(`${desk}/miembros/importar`);
    const value = (name: string) =>
      page.root.querySelector(`form [name="${name}"]`)?.getAttribute("value") ?? "";
    const boundary = "----lista";
    const parts = ["clave", "quien", "accion"].map(
      (name) => `--${boundary}\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value(name)}\r\n`,
    );
    const answer = await platform.app.inject({
      method: "POST",
      url: `${desk}/miembros/importar`,
      headers: {
        cookie: manager.cookies(),
        host: "minka.test",
        origin: "http://minka.test",
        "sec-fetch-site": "same-origin",
        "content-type": `multipart/form-data; boundary=${boundary}`,
      },
      payload: `${parts.join("")}--${boundary}\r\nContent-Disposition: form-data; name="lista"; filename="socios.csv"\r\nContent-Type: text/csv\r\n\r\n${lines}\r\n--${boundary}--\r\n`,
    });
    expect(answer.statusCode, answer.body).toBe(303);
    await platform.settle();
    return manager.open(String(answer.headers.location));
  };
  const header = "Nombre completo;DNI;Distrito;Provincia;Departamento;Sexo";

  test("is looked through by row and column before anybody is asked", async () => {
    const page = await upload(`${header}\nJuana Sangama;1234;Tocache;Tocache;San Martín;F`);
    expect(page.h1).toBe("Falta corregir 1 dato de la lista");
    expect(page.text).toContain("Fila 2");
    expect(page.text).toContain("DNI");
    expect(page.text).toContain("No se preguntó a nadie");
  });

  test("without faults is started, and who has no phone says yes aloud before a witness", async () => {
    const page = await upload(
      `${header}\nJuana Sangama Tuanama;41234567;Tocache;Tocache;San Martín;F\nPedro Isuiza;41234568;Uchiza;Tocache;San Martín;H`,
    );
    expect(page.h1).toBe("La lista está bien: 2 filas");
    expect(page.text).toContain("Preguntar a 2 personas");
    await manager.submit(page, "cargar");
    await platform.settle();
    expect((await manager.open(page.path)).h1).toBe("La lista está cargada");
    const answers = await manager.open(`${desk}/miembros/respuestas`);
    const invitation = hiddenIn(answers, "Juana Sangama Tuanama dijo que sí", "invitacion");
    const of = { invitacion: invitation };
    const own = await manager.submit(answers, "de-palabra", { testigo: "" }, { of });
    expect(own.text).toContain("Escriba quién lo oyó");
    const done = await manager.submit(own, "de-palabra", { testigo: "María Pinedo Ríos" }, { of });
    expect(done.text).toContain("Ya es parte");
    const members = await manager.open(`${desk}/miembros`);
    expect(members.text).toContain("Juana Sangama Tuanama");
  });

  test("asks only who has not been asked yet, and nobody where there is no such person", async () => {
    const before = "Juana Sangama Tuanama;41234567;Tocache;Tocache;San Martín;F";
    const again = await upload(`${header}\n${before}\nRosa Tapullima;41234569;Uchiza;Tocache;San Martín;F`);
    expect(again.text).toContain("Preguntar a 1 persona");
    expect(again.text).not.toContain("Preguntar a 2");
    const nobody = await upload(`${header}\n${before}`);
    expect(nobody.text).toContain("No hay a quién preguntar");
    expect(nobody.text).not.toContain("Preguntar a 1");
  });

  test("of members leaves as a file for a spreadsheet", async () => {
    const answer = await platform.app.inject({
      url: `${desk}/miembros/socios.xlsx`,
      headers: { cookie: manager.cookies(), host: "minka.test" },
    });
    expect(answer.statusCode).toBe(200);
    expect(answer.headers["content-disposition"]).toMatch(/socios-.*\.xlsx/);
    expect(answer.rawPayload.subarray(0, 2).toString()).toBe("PK");
  });
});

test("a board's term is ended, the next one entered, and its women are counted", async () => {
  const page = await manager.open(`${desk}/directiva`);
  expect(page.h1).toMatch(/ es president[ae]$/);
  const taken = await manager.submit(page, "anotar", {
    puesto: "president",
    nombre: "Flor Panduro",
    sexo: "f",
    desde: "2026-11-01",
  });
  expect(taken.status).toBe(409);
  expect(taken.text).toContain("Primero ponga hasta cuándo lo tuvo");
  const name = page.h1.replace(/ es president[ae]$/, "");
  const changing = await manager.open(`${desk}/directiva?cargo=${hiddenIn(taken, name, "cargo")}`);
  const ended = await manager.submit(changing, "corregir", { hasta: "2026-10-31" });
  expect(ended.text).toContain("Guardado");
  const both = await manager.submit(ended, "anotar", {
    puesto: "president",
    nombre: "",
    desde: "2026-11-01",
  });
  expect(both.text).toContain("una de las dos cosas");
  const entered = await manager.submit(both, "anotar", { nombre: "Flor Panduro", sexo: "f" });
  expect(entered.h1).toBe("Flor Panduro es presidenta");
  expect(entered.text).toMatch(/Mujeres en la directiva: \d de \d/);
  expect(entered.text).toContain("hasta el 31 de octubre");
});

test("whoever is to be chosen among many is found by a part of the name, by who reads names whole", async () => {
  const choices = (page: OpenedPage) =>
    page.root.querySelectorAll('select[name="socio"] option').map((one) => one.text.trim());
  const [none, ...all] = choices(await manager.open(`${desk}/directiva`));
  expect(all.length).toBeGreaterThan(3);
  const [name = ""] = all;
  const found = await manager.open(`${desk}/directiva?nombre=${encodeURIComponent(name.slice(0, 6))}`);
  expect(choices(found)).toContain(name);
  expect(choices(found).length).toBeLessThan(all.length);
  expect(found.root.querySelector('input[name="nombre"][type="search"]')).not.toBeNull();
  const nobody = await manager.open(`${desk}/permisos?nombre=zzz`);
  expect(nobody.text).toContain("Nadie se llama así");
  expect(nobody.text).not.toContain("Ahora no hay ninguno sin permiso");
  const broker = await browse(platform, demoCast.broker);
  const masked = choices(await broker.open(`${desk}/directiva?nombre=zzz`));
  expect([masked.length === 0 || masked[0] === none, masked.includes(name)]).toEqual([true, false]);
});

test("data are confirmed, changed with what was typed kept, and a certificate is entered", async () => {
  const page = await manager.open(`${desk}/datos`);
  expect((await manager.submit(page, "confirmar")).text).toContain("los datos son de hoy");
  const wrong = await manager.submit(page, "guardar", { ruc: "123", descripcion: "Cacao fino de aroma" });
  expect(wrong.text).toContain("empieza con 20");
  expect(wrong.html).toContain("Cacao fino de aroma");
  const saved = await manager.submit(wrong, "guardar", { ruc: "" });
  expect(saved.text).toContain("Guardado");
  const certified = await manager.submit(saved, "certificado", {
    certificado: "organic",
    vence: "2027-10-01",
  });
  expect(certified.text).toContain("1 de octubre de 2027");
  const figures = await manager.open(`${desk}/cifras`);
  expect(figures.h1).toMatch(/^\d+ personas, \d+ mujeres$/);
  const told = figures.root.querySelectorAll('td[data-th="Personas"]').map(({ text }) => Number(text.trim()));
  // The last are the others, together.
  expect(told.slice(0, -1).filter((people) => people < 5)).toEqual([]);
});

test("a bulletin says whom it reaches and what that takes before it is sent", async () => {
  const form = await manager.open(`${desk}/avisos/nuevo`);
  const credit = await manager.submit(form, "escribir", {
    titulo: "Asamblea",
    texto: "Hay préstamos para todos",
  });
  expect(credit.text).toContain("no hable de créditos");
  expect(credit.html).toContain("Hay préstamos para todos");
  const draft = await manager.submit(credit, "escribir", {
    texto: "Asamblea el domingo a las 8 en el local",
  });
  expect(draft.h1).toMatch(/^Este aviso llegaría a \d+ persona/);
  expect((await manager.open(desk)).text).toContain("Aviso: Asamblea");
  const stopped = await manager.submit(draft, "detener");
  expect(stopped.text).toContain("Detenido");
});

test("somebody agrees aloud to be represented, and is asked for", async () => {
  const form = await manager.open(`${desk}/permisos/registrar`);
  const without = await manager.submit(form, "registrar", {
    nombre: "Teófila Ushiñahua",
    distrito: "Tocache",
  });
  expect(without.text).toContain("Sin su sí no se puede");
  const held = await manager.submit(without, "registrar", { testigo: "María Pinedo Ríos", dijo: "si" });
  expect(held.h1).toBe("1 persona dio permiso a la organización");
  expect(held.text).toContain("lo oyó María Pinedo Ríos");
  const asking = await manager.submit(await manager.open(`${desk}/pedidos`), "empezar");
  expect(asking.text).toContain("Usted hace esto por Teófila Ushiñahua");
  const back = await manager.submit(await manager.open("/mi/por-otros"), "terminar");
  expect(back.status).toBe(200);
});

test("the desk is nobody else's: by changing an id nothing is seen or done", async () => {
  const member = await browse(platform, demoCast.member);
  for (const path of [
    "",
    "/miembros",
    "/miembros/respuestas",
    "/miembros/importar",
    "/directiva",
    "/cifras",
    "/datos",
    "/avisos",
    "/pedidos",
    "/permisos",
  ])
    expect([path, (await member.open(`${desk}${path}`)).status]).toEqual([
      path,
      expect.toBeOneOf([403, 404]),
    ]);
  const other = demo.organizations.find(({ id }) => id !== organization.id);
  expect((await manager.open(`/mi-organizacion/${other?.id}/miembros`)).status).toBe(404);
  const broker = await browse(platform, demoCast.broker);
  const masked = await broker.open(`${desk}/miembros`);
  expect(masked.html).not.toContain("tel:");
  expect(masked.text).not.toContain("Cambiar a");
});

test("today says what ends soon", async () => {
  expect((await manager.open(desk)).text).toContain("En camino Urea 46%");
  platform.clock.advance({ days: 7 });
  await platform.settle();
  const soon = await manager.open(desk);
  expect(soon.text).toMatch(/Urea 46%, sacos de 50 kg Pronto Hasta .* Van \d+ sacos/);
});
