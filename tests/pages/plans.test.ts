import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { browse } from "../support/browse.ts";
import { demoCast } from "../support/demo-cast.ts";
import { signedIn } from "../support/signed-operator.ts";
import { month, operatorPhone, startMonths, type Agent, type Months, type Producer } from "./month-scene.ts";

let on: Months;
let agents: Agent[];
let people: Producer[];
beforeAll(async () => {
  on = await startMonths();
  [agents, people] = [await on.agents(), await on.producers(8)];
});
beforeEach(() => on.goTo("2026-11-24", 9));
afterAll(() => on.stop());

test("an operator has a month planned, moves a visit, takes one out and approves it", async () => {
  const agent = agents[0];
  if (!agent) throw new Error("no agent");
  const entries = people.slice(0, 3).map(({ personId }) => ({ personId, topic: "pruning", crop: "cacao" }));
  await on.done(on.operator.post(`/api/matching/agents/${agent.providerId}/caseload`, { entries }));
  const web = await browse(on.platform, operatorPhone);
  const list = await web.open("/operador/planes");
  expect(list.text).toContain("Todavía no hay ningún plan");
  const making = await web.submit(list, "hacer", { mes: month, quienes: [agent.providerId] });
  const path = making.path.split("?")[0] ?? "";
  await on.platform.settle();

  const made = await web.open(path);
  expect(made.h1).toBe("Plan de diciembre: 1 persona hace 3 visitas");
  expect(made.text).toContain(people[0]?.name ?? "nobody");
  const twice = await web.submit(await web.open("/operador/planes"), "hacer", {
    mes: month,
    quienes: [agent.providerId],
  });
  expect(twice.text).toContain("Ese mes ya tiene un plan");
  const links = made.root
    .querySelectorAll("table a")
    .map((link) => link.getAttribute("href") ?? "")
    .filter((href) => href.includes("/visitas/"));
  const one = await web.open(links[0] ?? "");
  const wrong = await web.submit(one, "mover", { dia: "2026-12-15", hora: "25:00" });
  expect(wrong.status).toBe(422);
  expect(wrong.html).toContain('value="25:00"');
  const outside = await web.submit(one, "mover", { dia: "2027-01-15", hora: "10:00" });
  expect(outside.text).toContain("Ese día no es del mes del plan");
  const moved = await web.submit(one, "mover", { dia: "2026-12-15", hora: "10:00" });
  expect(moved.text).toContain("Visita movida");
  expect(moved.text).toContain("Mar 15, 10 a. m.");
  expect(moved.text).toContain("Así lo pidió la persona encargada");
  // The group that it left is placed anew.
  await on.platform.settle();
  const without = await web.submit(await web.open(links[1] ?? ""), "quitar");
  expect(without.text).toContain("Esa visita ya no está en el plan");
  const file = await on.platform.app.inject({
    url: `${path}/visitas.csv?estado=dropped`,
    headers: { cookie: web.cookies() },
  });
  expect(file.body.trim().split("\r\n")).toHaveLength(2);

  const approved = await web.submit(await web.open(path), "aprobar");
  expect(approved.text).toContain("Plan aprobado");
  await on.platform.settle();
  expect((await web.open(path)).text).toContain("Falta su respuesta");
  const own = await browse(on.platform, agent.phone);
  expect((await own.open(`/mi-servicio/${agent.providerId}/plan?mes=${month}`)).h1).toMatch(
    /tiene 2 visitas/,
  );
});

test("an organization enters its members with an agent who granted it, plans its own month and no other", async () => {
  const agent = agents[1];
  if (!agent) throw new Error("no agent");
  const manager = await browse(on.platform, demoCast.manager);
  const home = await manager.open("/mi");
  const base = /\/mi-organizacion\/[0-9a-f-]{36}/.exec(home.html)?.[0] ?? "";
  const organizationId = base.split("/")[2] ?? "";
  const own = signedIn(on.platform, agent.personId, { operator: false });
  await on.done(own.post(`/api/catalog/providers/${agent.providerId}/grants`, { organizationId }));

  const caseload = `/mi-servicio/${agent.providerId}/atendidos`;
  const choosing = await manager.open(caseload);
  const member = choosing.root.querySelector('input[name="personas"]')?.getAttribute("value") ?? "";
  const nobody = await manager.submit(choosing, "agregar", { tema: "pruning", cultivo: "cacao" });
  expect(nobody.text).toContain("Marque al menos a una persona");
  const added = await manager.submit(choosing, "agregar", {
    personas: [member],
    tema: "pruning",
    cultivo: "cacao",
  });
  expect(added.text).toContain("Ya están en la lista");
  const making = await manager.submit(await manager.open(`${base}/planes`), "hacer", {
    mes: month,
    quienes: [agent.providerId],
  });
  await on.platform.settle();
  const path = making.path.split("?")[0] ?? "";
  expect((await manager.open(path)).h1).toContain("1 persona hace 1 visita");
  const thrown = await manager.submit(await manager.open(path), "descartar");
  expect(thrown.text).toContain("Plan descartado");
  const emptied = await manager.submit(await manager.open(caseload), "quitar");
  expect(emptied.text).toContain("Ya no está en la lista");

  const producer = await browse(on.platform, people[0]?.phone ?? "");
  expect((await producer.open(path)).status).toBe(403);
  expect((await producer.open(`${base}/planes`)).status).toBe(403);
  expect((await producer.open("/operador/planes")).status).toBe(404);
  expect((await producer.open(caseload)).status).toBe(404);
});
