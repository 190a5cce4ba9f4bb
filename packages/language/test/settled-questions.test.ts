import { describe, expect, it } from "vitest";
import { contexts, type Context, type Intent, type Slots } from "@minka/language/intents";
import { interpret } from "@minka/language/interpret";

type Case = readonly [context: Context, text: string, intent: Intent, slots: Slots];

function holds([context, text, intent, slots]: Case) {
  const read = interpret(text, context);
  expect({ intent: read.intent, slots: read.slots }, text).toEqual({ intent, slots });
}

/** The settled questions of the label guide, one group each. */
const questions: Readonly<Record<string, readonly Case[]>> = {
  "one before a measure is a number, before a thing an article; a size or an area is no quantity": [
    [
      "idle",
      "una arroba de semilla de maiz",
      "request_input",
      { product: "seed", quantity: 1, unit: "arroba" },
    ],
    ["idle", "un saco d urea", "request_input", { product: "urea", quantity: 1, unit: "bag" }],
    ["idle", "nesecito una balansa", "request_equipment", { product: "scale" }],
    ["idle", "balanza de 100 kilos", "request_equipment", { product: "scale" }],
    ["idle", "kiero mochila d 20 litros", "request_equipment", { product: "sprayer" }],
    ["idle", "tengo 3 hectareas d cacao nesecito urea", "request_input", { product: "urea" }],
  ],
  "a misspelt place counts while one district remains; a shared name needs its province": [
    ["idle", "vivo en juanjuy", "set_place", { place: "220601" }],
    ["idle", "toy en santa rosa", "set_place", {}],
    ["idle", "soy de santa rosa provincia el dorado", "set_place", { place: "220304" }],
    ["idle", "vivo en san antonio", "set_place", {}],
  ],
  "a crop only where it is named, if as the field or the grower of it": [
    ["idle", "tecnico pa mi cacaotal", "request_assistance", { crop: "cacao" }],
    ["idle", "ay alguna asosiasion cafetalera", "find_organization", { crop: "coffee" }],
    ["idle", "tengo monilia q hago", "request_assistance", { topic: "pest_management" }],
    ["idle", "kien compra mi grano", "request_buyer", {}],
  ],
  "a need wins in any context when it is plainly said": [
    ["confirming", "no, mejor quiero vender mi cafe", "request_buyer", { crop: "coffee" }],
    ["confirming", "si, ya vino el tecnico", "report_done", {}],
    ["rating", "no vino nadie", "report_no_show", {}],
    ["choosing", "ninguno, nesecito urea", "request_input", { product: "urea" }],
    ["offered", "no, yo kiero un prestamo", "request_credit", {}],
  ],
  "what a provider finished and what was delivered are done": [
    ["offered", "ya termine el trabajo", "report_done", {}],
    ["idle", "me entregaron los plantones conforme", "report_done", {}],
  ],
  "a repair asks for the tool; what a thing costs asks for the thing; requisites ask for the loan": [
    ["idle", "kien arregla mi motosierra", "request_equipment", { product: "chainsaw" }],
    ["idle", "cuanto cuesta la urea", "request_input", { product: "urea" }],
    ["idle", "cuanto esta un molino", "request_equipment", { product: "mill" }],
    ["idle", "cuanto esta el cacao", "ask_price", { crop: "cacao" }],
    ["idle", "q rekisitos piden pal credito", "request_credit", {}],
    ["idle", "kiero curso d poda", "request_training", { topic: "pruning" }],
  ],
  "two kinds of need are several and carry nothing; two things of one kind are one request": [
    ["idle", "kiero vender cacao y tambien un credito d mil", "several", {}],
    ["idle", "3 tijeras y 2 serruchos", "request_equipment", { product: "pruning_shears", quantity: 3 }],
  ],
  "a score is a number, in words too; a harvest alone answers no list": [
    ["rating", "cinco", "rate", { score: 5 }],
    ["rating", "6", "unknown", {}],
    ["rating", "buen tecnico", "unknown", {}],
    ["choosing", "2 qq de cacao", "unknown", {}],
    ["choosing", "4", "unknown", {}],
    ["idle", "1", "unknown", {}],
    ["rating", "1 me estafo", "complain", {}],
  ],
  "a name is told without titles; hens' dung is guano": [
    ["idle", "kiero rejistrarme me llamo don Pedro Huaman", "register", { name: "Pedro Huaman" }],
    ["idle", "2 sacos d gallinaza", "request_input", { product: "guano", quantity: 2, unit: "bag" }],
  ],
  "a group's own work is assistance; the digit one counts; hand tools and machines are told apart": [
    [
      "idle",
      "keremos formar una asosiasion kien nos orienta",
      "request_assistance",
      { topic: "organization" },
    ],
    ["idle", "1 despulpadora", "request_equipment", { product: "pulper", quantity: 1 }],
    ["idle", "prestamo 500 soles pa machetes", "request_credit", { amount: 500, purpose: "tools" }],
    ["idle", "prestamo pa una moto", "request_credit", { purpose: "equipment" }],
    ["idle", "prestamo d 800 lucas pa abonar", "request_credit", { amount: 800, purpose: "fertilizer" }],
  ],
};

describe("settled questions of the label guide", () => {
  it.each(Object.entries(questions))("%s", (_question, cases) => cases.forEach(holds));

  it.each<[string, Intent]>([
    ["baja", "opt_out"],
    ["ayuda", "help"],
    ["mi marido me pega", "safety_help"],
    ["me estafaron con el abono", "complain"],
  ])("hears whatever it asked before: %s", (text, intent) => {
    for (const context of contexts) expect(interpret(text, context).intent, context).toBe(intent);
  });

  it.each([
    ["mi grano de cacao no seka por tanta yubia q ago", undefined],
    ["nesecito urea la tierra ta cansada aki en tocache", "221001"],
    ["mi parcela keda en campo verde, pucallpa", "250102"],
    ["soy Wagner Cachay Pezo de juan guerra, registreme", "220908"],
  ])("reads a place only where one is named: %s", (text, place) => {
    expect(interpret(text, "idle").slots.place).toBe(place);
  });
});
