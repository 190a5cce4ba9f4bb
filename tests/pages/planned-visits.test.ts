import { beforeEach, expect, test } from "vitest";
import { monthStage } from "../dialogue/month-scene.ts";
import { browse } from "../support/browse.ts";

const on = monthStage();
beforeEach(() => on.goTo("2026-11-24", 9));

test("a planned visit is agreed to, or another day is said, on a page", async () => {
  const agent = await on.agent();
  const { Rosa, Juan } = await on.producers({ Rosa: "tocache", Juan: "tocache" });
  const plan = await on.planFor(agent, [Rosa, Juan]);
  await plan.approve();
  await plan.answerAs(agent, { accept: true });
  await on.goTo("2026-11-24", 17.5);

  const hers = await browse(on.platform, Rosa.number);
  const start = await hers.open("/mi");
  expect(start.text).toContain(`${agent.name} quiere visitarle`);
  const asked = await hers.open("/mi/visitas");
  expect(asked.h1).toBe("Le proponen una visita");
  expect(asked.text).toContain(`Poda de cacao. Va ${agent.name}`);
  expect(asked.text).toMatch(/Tiene hasta las? .+ para responder\./);
  const agreed = await hers.submit(asked, "si");
  expect(agreed.text).toContain("Listo, la visita queda.");
  expect(agreed.h1).toBe("Tiene una visita acordada");

  const his = await browse(on.platform, Juan.number);
  const proposed = await his.open("/mi/visitas");
  const wrong = await his.submit(proposed, "no", { otro: "32/13/2026" });
  expect(wrong.text).toContain("Escriba la fecha así: 25/12/2026.");
  expect(wrong.html).toContain('value="32/13/2026"');
  const moved = await his.submit(wrong, "no", { motivo: "busy", otro: "10/12/2026" });
  expect(moved.text).toContain("Está bien. Buscamos otro día y le avisamos.");

  // An id of somebody else's visit does nothing.
  const visit = await plan.visitOf(Rosa);
  const back = await his.open("/mi/visitas");
  expect(back.html).not.toContain(visit.id);
});
