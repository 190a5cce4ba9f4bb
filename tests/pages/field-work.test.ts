import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { addDays } from "@minka/domain/lima-time";
import { browse, type Visitor } from "../support/browse.ts";
import { month, startMonths, type Agent, type Months, type Producer } from "./month-scene.ts";

let on: Months;
let agents: Agent[];
let people: Producer[];
beforeAll(async () => {
  on = await startMonths();
  [agents, people] = [await on.agents(), await on.producers(12)];
});
beforeEach(() => on.goTo("2026-11-24", 9));
afterAll(() => on.stop());

/** Demo people whom no test has had. */
const take = <Item>(list: Item[], count: number): Item[] => list.splice(0, count);

test("an agent accepts the month, is at the visit and says how it came out, each form once whatever the signal", async () => {
  const [agent] = take(agents, 1);
  if (!agent) throw new Error("no agent is left");
  const producers = take(people, 3);
  const { visits } = await on.plan(agent, producers);
  const web = await browse(on.platform, agent.phone);
  const path = `/mi-servicio/${agent.providerId}/plan`;
  const asked = await web.open(`${path}?mes=${month}`);
  expect(asked.h1).toMatch(/^En diciembre tiene 3 visitas en \d+ días?$/);
  expect(asked.text).toContain("Falta su respuesta");
  const accepted = await web.submit(asked, "aceptar");
  expect(accepted.text).toContain("Aceptó su mes");

  const visit = visits.find(({ day }) => day !== null);
  const day = visit?.day ?? "";
  const dayPath = `${path}/dia/${day}`;
  const name = producers.find(({ personId }) => personId === visit?.personId)?.name ?? "";
  expect(name.length).toBeGreaterThan(3);
  expect((await web.open(dayPath)).text).not.toContain(name);
  await on.goTo(addDays(day, -5), 17);
  if (visit) await on.agree(visit);
  const evening = await web.open(dayPath);
  expect(evening.text).toContain(name);
  expect(evening.text).toContain("Dijo que sí");
  expect(evening.html).toContain('href="tel:+51');

  // The page of the evening before has the forms of the day, since there may be no signal then.
  const tooEarly = await web.submit(evening, "llegue");
  expect(tooEarly.status).toBe(409);
  expect(tooEarly.text).toContain("Esa visita no es de hoy");
  await on.goTo(day, 8);
  const arrived = await web.submit(evening, "llegue", { horas: "2" });
  expect(arrived.text).toContain("Usted llegó a las 8:00 a. m.");
  expect((await web.submit(evening, "llegue", { horas: "2" })).status).toBe(200);
  expect((await web.submit(evening, "sali")).text).toContain("Estuvo de 8:00 a. m. a 8:00 a. m.");
  const done = await web.submit(evening, "hecha");
  expect(done.text).toContain("Visita hecha");
  expect((await web.submit(evening, "hecha")).status).toBe(200);
});

test("what an agent wrote without a signal counts by its hour, also when it is sent the next day", async () => {
  const [agent] = take(agents, 1);
  if (!agent) throw new Error("no agent is left");
  const { visits } = await on.plan(agent, take(people, 3));
  const web = await browse(on.platform, agent.phone);
  const path = `/mi-servicio/${agent.providerId}/plan`;
  await web.submit(await web.open(`${path}?mes=${month}`), "aceptar");
  const visit = visits.find(({ day }) => day !== null);
  const day = visit?.day ?? "";
  await on.goTo(addDays(day, -5), 17);
  if (visit) await on.agree(visit);
  const evening = await web.open(`${path}/dia/${day}`);
  const writtenAt = (hour: string) => ({
    headers: { "x-minka-queued": "1", "x-minka-written-at": `${day}T${hour}:00.000Z` },
  });
  await on.goTo(day, 8);
  // The first answer was lost: the browser sends the form again, now with its hour.
  await web.submit(evening, "llegue");
  await on.goTo(addDays(day, 1), 7);
  expect((await web.submit(evening, "llegue", {}, writtenAt("13:02"))).status).toBe(204);
  expect((await web.submit(evening, "sali", {}, writtenAt("15:30"))).status).toBe(204);
  expect((await web.open(`${path}/dia/${day}`)).text).toContain("Estuvo de 8:00 a. m. a 10:30 a. m.");
  // An hour that has not come yet is the phone's mistake: it counts as sent now.
  const ahead = {
    headers: { "x-minka-queued": "1", "x-minka-written-at": `${addDays(day, 9)}T13:00:00.000Z` },
  };
  expect((await web.submit(evening, "llegue", { horas: "4" }, ahead)).status).toBe(409);
});

test("days on which an agent cannot are taken from the month, and the plan looks for another time", async () => {
  const [agent] = take(agents, 1);
  if (!agent) throw new Error("no agent is left");
  const { visits } = await on.plan(agent, take(people, 3));
  const web = await browse(on.platform, agent.phone);
  const path = `/mi-servicio/${agent.providerId}/plan?mes=${month}`;
  const days = [...new Set(visits.flatMap(({ day }) => day ?? []))];
  const kept = await web.submit(await web.open(path), "aceptar", { sin: days.slice(0, 1) });
  expect(kept.text).toContain("Las visitas de los días que no puede se dan otro día");
  await on.platform.settle();
  expect((await web.open(path)).html).not.toContain(`/plan/dia/${days[0]}"`);
});

test("nobody sees another agent's month, day or visit by changing the address", async () => {
  const [agent] = take(agents, 1);
  if (!agent) throw new Error("no agent is left");
  const [producer] = people;
  const stranger: Visitor = await browse(on.platform, producer?.phone ?? "");
  const base = `/mi-servicio/${agent.providerId}`;
  for (const path of [`${base}/plan`, `${base}/plan/dia/2026-12-03`, `${base}/visita/${agent.personId}`])
    expect((await stranger.open(path)).status, path).toBe(404);
  const own = await browse(on.platform, agent.phone);
  expect((await own.open(`${base}/plan/dia/2026-13-03`)).status).toBe(404);
  expect((await own.open(`${base}/visita/${producer?.personId}`)).status).toBe(404);
});

test("who resells writes down what was bought, sold and lost, and sees what it brought", async () => {
  const [agent] = take(agents, 1);
  if (!agent) throw new Error("no agent is left");
  const web = await browse(on.platform, agent.phone);
  const path = `/mi-servicio/${agent.providerId}/almacen`;
  const nothing = await web.submit(await web.open(path), "empezar", { nombre: "" });
  expect(nothing.text).toContain("Elija una de sus ofertas o escriba el nombre");
  const begun = await web.submit(nothing, "empezar", { nombre: "Compost, saco de 40 kg" });
  expect(begun.h1).toBe("Compost, saco de 40 kg: no queda");
  const bought = await web.submit(begun, "compre", { cantidad: "10", precio: "20" });
  expect(bought.h1).toContain("quedan 10 unidades");
  const tooMany = await web.submit(bought, "vendi", { cantidad: "11", precio: "27.50" });
  expect(tooMany.text).toContain("No hay tanto en el almacén");
  expect(tooMany.html).toContain('value="27.50"');
  const sold = await web.submit(tooMany, "vendi", { cantidad: "4", precio: "27.50" });
  const counted = await web.submit(sold, "conte", { hay: "5", razon: "se mojó un saco" });
  expect(counted.h1).toContain("quedan 5 unidades");
  expect((await web.open(path)).text).toMatch(/S\/\s30 ganó con eso/);

  const other = await browse(on.platform, agents[0]?.phone ?? "");
  expect((await other.open(path)).status).toBe(403);
  const stolen = counted.path.split("?")[0]?.replace(agent.providerId, agents[0]?.providerId ?? "") ?? "";
  expect((await other.open(stolen)).status).toBe(404);
});

test("an agent registers who has no phone before a witness, and asks who has one", async () => {
  const agent = agents.at(-1);
  const web = await browse(on.platform, agent?.phone ?? "");
  const path = `/mi-servicio/${agent?.providerId}/atendidos/ayudar`;
  const wrong = await web.submit(await web.open(path), "registrar", {
    nombre: "Aurelia Tangoa",
    distrito: "Tocache",
    testigo: "Aurelia Tangoa",
    oyo: "si",
  });
  expect(wrong.text).toContain("Quien escuchó debe ser otra persona");
  expect(wrong.html).toContain('value="Aurelia Tangoa"');
  const registered = await web.submit(wrong, "registrar", { testigo: "Pedro Sajamí Ríos", oyo: "si" });
  expect(registered.text).toContain("Quedó registrada");
  expect(registered.text).toContain("Lo escuchó Pedro Sajamí Ríos");
  const asked = await web.submit(registered, "preguntar", { celular: "987 654 321" });
  expect(asked.text).toContain("Le mandamos un SMS");
  expect(asked.text).toContain("El celular que termina en 321");
});
