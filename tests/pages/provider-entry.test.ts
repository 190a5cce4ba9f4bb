import { afterAll, beforeAll, expect, test } from "vitest";
import { browse } from "../support/browse.ts";
import { startTestPlatform, type TestPlatform } from "../support/test-platform.ts";

let platform: TestPlatform;
beforeAll(async () => {
  platform = await startTestPlatform();
});
afterAll(() => platform.stop());

const [producer, other, agent] = ["+51900000004", "+51900000005", "+51900090001"] as const;

test("who begins to offer is led to a complete entry, and others join by saying so themselves", async () => {
  const visitor = await browse(platform, producer);
  const blank = await visitor.open("/mi-servicio/nuevo");
  const wrong = await visitor.submit(blank, "registrar", { nombre: "Servicios Pinchi", documento: "123" });
  expect(wrong.status).toBe(422);
  expect(wrong.text).toContain("Un DNI tiene 8 números");
  expect(wrong.text).toContain("Elija qué ofrece");
  expect(wrong.html).toContain('value="Servicios Pinchi"');
  const entry = await visitor.submit(wrong, "registrar", {
    que: ["agent"],
    documento: "45678912",
    distrito: "Uchiza, Tocache",
    cobertura: "Provincia de Tocache",
    trato: "si",
  });
  expect(entry.h1).toBe("Complete los datos de Servicios Pinchi y envíelos");
  expect(entry.text).toContain("Falta: su perfil de técnica o técnico");
  const base = entry.path.replace(/\/datos.*/, "");

  const profile = await visitor.open(`${base}/perfil`);
  const unknown = await visitor.submit(profile, "guardar", { temas: ["pruning"], base: "por el río" });
  expect(unknown.text).toContain("Escriba latitud y longitud");
  const complete = await visitor.submit(unknown, "guardar", { base: "-8.45, -76.45", especial: ["pruning"] });
  expect(complete.text).toContain("1 tema, hasta 30 km");

  const certificates = await visitor.open(`${base}/certificados`);
  const added = await visitor.submit(certificates, "agregar", {
    tipo: "competence",
    emisor: "SINEACE",
    desde: "2025-03-01",
  });
  expect(added.text).toContain("Por ver");

  const joining = await (await browse(platform, other)).open(`${base}/unirme`);
  const link = /\/mi-servicio\/[^\s"<]+persona=[\w~-]+/.exec(joining.text)?.[0] ?? "";
  const staff = await visitor.submit(await visitor.open(link), "agregar", { rol: "staff" });
  expect(staff.text).toContain("Ya es parte del personal");
  expect(staff.text).toContain("Ayuda con las ofertas desde");
  const forged = await visitor.open(link.replace(/.$/, (last) => (last === "A" ? "B" : "A")));
  expect(forged.h1).toBe("Esta dirección ya no sirve");

  const sent = await visitor.submit(await visitor.open(`${base}/datos`), "enviar");
  expect(sent.h1).toBe("Minka está revisando a Servicios Pinchi");
  const stranger = await browse(platform, agent);
  for (const path of ["/datos", "/personal", "/certificados", "/perfil"])
    expect((await stranger.open(`${base}${path}`)).status).toBe(403);
});

test("half of a lender's register is not called saved", async () => {
  const visitor = await browse(platform, other);
  const entry = await visitor.submit(await visitor.open("/mi-servicio/nuevo"), "registrar", {
    nombre: "Caja de la Selva",
    que: ["lender"],
    documento: "45678913",
    distrito: "Uchiza, Tocache",
    cobertura: "Provincia de Tocache",
    trato: "si",
  });
  expect(entry.text).toContain("Falta: en qué registro está para dar crédito");
  const half = await visitor.submit(entry, "identidad", { registro: "sbs" });
  expect([half.status, half.text]).toEqual([422, expect.stringContaining("Escriba el número con que está")]);
  const number = await visitor.submit(entry, "identidad", { registronumero: "4977-2018" });
  expect([number.status, number.text]).toEqual([422, expect.stringContaining("Elija en qué registro está")]);
  const both = await visitor.submit(half, "identidad", { registronumero: "4977-2018" });
  expect(both.text).toContain("Guardado.");
});

test("an agent sees how they stand, rests and comes back, and says when they do not work", async () => {
  const visitor = await browse(platform, agent);
  const base = /\/mi-servicio\/[\da-f-]{36}/.exec((await visitor.open("/mi")).html)?.[0] ?? "";
  const trust = await visitor.open(`${base}/confianza`);
  expect(trust.text).toContain("Sus cifras");
  const far = await visitor.submit(trust, "descansar", { hasta: "2027-06-01" });
  expect(far.status).toBe(422);
  const resting = await visitor.submit(trust, "descansar", { hasta: "2026-12-05" });
  expect(resting.text).toContain("Está descansando");
  expect((await visitor.submit(resting, "volver")).text).toContain("Ya está de vuelta");

  const month = await visitor.open(`${base}/calendario?mes=2026-12`);
  const free = await visitor.submit(month, "libre", { desde: "2026-12-24", hasta: "2026-12-26" });
  expect(free.text).toContain("Viernes 25 de diciembre");
  const back = await visitor.submit(free, "trabaja", {}, { of: { dia: "2026-12-24" } });
  expect(back.text).not.toContain("Jueves 24 de diciembre");
  const week = await visitor.submit(back, "semana", { dias: ["1", "3"], paradas: "5" });
  expect(week.html).toMatch(/value="5"/);
});
