import { foldCase } from "@minka/language/fold";
import { say, type Outcome, type Turn } from "./turn.ts";

const trade =
  "tecnic[oa]|ingenier[oa]|agronom[oa]|veterinari[oa]|extensionista|promotor[a]?|podador[a]?|injertador[a]?|tractorista|motosierrista|transportista|capacitador[a]?|proveedor[a]?|vendedor[a]?";
const goods =
  "abonos?|guano|compost|biol|semillas?|plantones|plantas|insumos?|urea|cal|fertilizantes?|herramientas?|maquinas?|tractor|motosierras?|mochilas?|fumigadoras?|servicios?";
const offering =
  "ofrecer|ofrezco|brindar|brindo|prestar|dar|inscrib\\w+|registr\\w+|anot\\w+|anunci\\w+|publicar|aparecer|estar|entrar|atender";

/** Whoever would take orders and not give them. */
const wouldProvide = [
  new RegExp(
    `\\b(?:quiero|quisiera|deseo|puedo|podria|gustaria|como hago para)\\s+(?:yo\\s+)?(?:trabajar|atender)\\s+(?:de|como)\\s+(?:${trade})\\b`,
  ),
  new RegExp(
    `\\b(?:quiero|quisiera|deseo|puedo|podria|gustaria|como hago para)\\s+(?:yo\\s+)?(?:ser|inscribirme (?:de|como)|registrarme (?:de|como)|anotarme (?:de|como))\\s+(?:un\\s+|una\\s+)?(?:${trade})\\b`,
  ),
  /\b(?:ofrecer|ofrezco|brindar|brindo|prestar|presto)\s+(?:mis?\s+|el\s+)?(?:servicios?|trabajo)\b/,
  new RegExp(
    `\\bsoy\\s+(?:un\\s+|una\\s+)?(?:${trade})\\b.{0,60}\\b(?:quiero|quisiera|deseo|puedo|como)\\b.{0,25}\\b(?:${offering}|trabajar)\\b`,
  ),
  new RegExp(
    `\\b(?:vendo|vendemos|alquilo|tengo|fabrico|produzco)\\s+(?:${goods})\\b.{0,50}\\b(?:quiero|quisiera|deseo|puedo|como)\\b.{0,15}\\b(?:${offering})\\b`,
  ),
];

/** "Soy técnico y quiero ofrecer mi servicio": a person of Minka calls, who checks who they are. */
export function answerWouldProvide(turn: Turn): Outcome | null {
  const text = foldCase(turn.text.slice(0, 300));
  if (!wouldProvide.some((words) => words.test(text))) return null;
  return { ...say("provider_how"), attention: "human_wanted" };
}
