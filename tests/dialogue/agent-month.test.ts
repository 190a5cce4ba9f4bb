import { beforeEach, expect, test } from "vitest";
import { dayBefore, monthStage } from "./month-scene.ts";

const on = monthStage();
beforeEach(() => on.goTo("2026-11-24", 9));

test("a month is made, approved, told, agreed to by SMS, carried out and rated; a group meets at one of its people", async () => {
  const agent = await on.agent();
  const { Rosa, Juan, Maria } = await on.producers({ Rosa: "tocache", Juan: "tocache", Maria: "tocache" });
  const group = [Rosa, Juan, Maria];
  const plan = await on.planFor(agent, group);
  expect(await plan.manager.reads()).toEqual([
    expect.stringMatching(/^El plan de diciembre esta hecho: 3 visitas, 0 sin lugar\./),
  ]);
  expect(await agent.reads()).toEqual([]);
  await plan.approve();
  expect(await agent.reads()).toEqual([
    expect.stringMatching(
      /^Minka: su plan de diciembre: 3 visitas en 1 dia\.\nmar 1: 3 visitas, Tocache\n¿Esta de/,
    ),
  ]);
  // A month is not given up for one short word.
  expect(await agent.says("no")).toEqual([expect.stringMatching(/^¿Qué dias no puede\?/)]);
  expect(await agent.says("si toy de acuerdo")).toEqual([expect.stringMatching(/^Listo\. Preguntamos a/)]);
  expect(await agent.says("mi semana")).toEqual(["mar 1: 7:00 poda, Tocache (faltan 3 SI)"]);

  await on.goTo("2026-11-24", 17.5);
  const asked = await Promise.all(group.map((one) => one.reads()));
  expect(asked.flat().map((text) => /poda de cacao, (.+)\. Va /.exec(text)?.[1])).toEqual([
    "en su chacra, con 2 vecinos",
    "en grupo, en Tocache",
    "en grupo, en Tocache",
  ]);
  expect(asked[0]).toEqual([
    expect.stringMatching(/^Minka: martes 1, 7 a\. m\., .+Responda SI, o NO y qué dia puede$/),
  ]);
  expect(await Juan.says("sii claro")).toEqual([
    expect.stringMatching(/en grupo, en Tocache\. Va .+Su numero/),
  ]);
  expect(await Rosa.says("SI")).toEqual([expect.stringMatching(/^Listo: martes 1, 7 a\. m\., /)]);
  // Whose house it is, is told once that person has agreed.
  expect(await Maria.says("ya")).toEqual([expect.stringMatching(/en grupo, en casa de Rosa\. Va /)]);
  expect(await agent.reads()).toEqual([]);

  await on.goTo("2026-11-30", 17);
  expect(await Juan.reads()).toEqual([
    expect.stringMatching(/^Recuerde: mañana, 7 a\. m\., .+en casa de Rosa\. .+CANCELAR$/),
  ]);
  await on.goTo("2026-11-30", 19);
  expect(await agent.reads()).toEqual(["Mañana mar 1: 7:00 poda, Rosa y 2 mas, Tocache"]);
  await on.goTo("2026-12-02", 17.5);
  expect(await agent.reads()).toEqual([]);
  expect((await Maria.reads()).at(-1)).toMatch(/^¿Vino/);
  expect(await Maria.says("si")).toEqual([expect.stringMatching(/^¿Qué nota/)]);
  await Maria.says("5");
  expect((await plan.visitOf(Maria)).engagement).toEqual({ id: expect.any(String), state: "done" });
});

test("who cannot says when, is asked once more, and a third time never", async () => {
  const agent = await on.agent();
  const { Rosa, Juan } = await on.producers({ Rosa: "tocache", Juan: "tocache" });
  const plan = await on.planFor(agent, [Rosa, Juan], { groupMax: 1 });
  await plan.approve();
  await agent.says("si");
  const { day } = await plan.visitOf(Rosa);
  await on.goTo(dayBefore(day, 6), 17.5);
  await Promise.all([Rosa.reads(), Juan.reads()]);
  expect(await Rosa.says("¿y cuanto dura?")).toEqual([expect.stringMatching(/^Minka: .+poda de cacao/)]);
  // A yes to another day is none to this one.
  const another = [expect.stringMatching(/^Esta bien\. Buscamos otro dia/)];
  expect(await Rosa.says("si pero mejor el viernes")).toEqual(another);
  const again = await plan.visitOf(Rosa);
  expect(new Date(again.day).getUTCDay()).toBe(5);
  expect(await Juan.says("no")).toEqual(another);
  await on.goTo(dayBefore((await plan.visitOf(Juan)).day, 3), 17.5);
  expect(await Rosa.reads()).toContainEqual(
    expect.stringMatching(/^Minka: otro dia para su visita: viernes .+Responda SI o NO$/),
  );
  await Juan.reads();
  expect(await Juan.says("NO GRACIAS ya no nesecito")).toEqual([
    expect.stringMatching(/^Esta bien, no vamos\./),
  ]);
  expect(await plan.visitOf(Juan)).toMatchObject({ state: "dropped" });
  // The hour to answer is over.
  await on.goTo(dayBefore(again.day, 1), 19.5);
  await Rosa.reads();
  expect(await Rosa.says("si")).toEqual([expect.stringMatching(/^Esa visita ya no va/)]);
});

test('"no puedo el 1" from an agent moves who had agreed, and each reads it once, with why', async () => {
  const agent = await on.agent();
  const { Rosa } = await on.producers({ Rosa: "tocache" });
  const plan = await on.planFor(agent, [Rosa]);
  await plan.approve();
  await agent.says("ok");
  const { day } = await plan.visitOf(Rosa);
  await on.goTo(dayBefore(day, 4), 17.5);
  await Rosa.reads();
  await Rosa.says("si");
  expect(await agent.says(`no puedo el ${Number(day.slice(8))}, estoy enferma`)).toContainEqual(
    expect.stringMatching(/^Anotado: no puede \w+ \d+\. Pasamos esas visitas/),
  );
  expect(await Rosa.reads()).toEqual([
    expect.stringMatching(
      /^Minka: su visita cambia: el técnico no trabaja el .+ Ahora es .+Responda SI, o NO/,
    ),
  ]);
  expect(await Rosa.says("si")).toEqual([expect.stringMatching(/^Listo: /)]);
  expect((await plan.visitOf(Rosa)).day).not.toBe(day);

  // None of the month: nobody is left to go, and whoever had it planned hears of it once.
  await plan.manager.reads();
  await plan.answerAs(agent, { accept: false, reason: "ill" });
  expect(await Rosa.reads()).toEqual([expect.stringMatching(/ ya no va .+Buscamos otro dia/)]);
  expect(await plan.manager.reads()).toEqual([
    expect.stringMatching(/^En el plan de diciembre hay 1 visitas sin persona/),
  ]);
  expect(await agent.says("mi plan")).toEqual(["Usted no tiene visitas del plan en los proximos dias."]);
  expect(await Rosa.says("mi plan")).not.toEqual([expect.stringMatching(/^Usted no tiene visitas del plan/)]);
});
