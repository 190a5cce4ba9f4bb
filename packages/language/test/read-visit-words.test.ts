import { interpret } from "@minka/language/interpret";
import { readVisitWords, type VisitWords } from "@minka/language/read-visit-words";
import { describe, expect, test } from "vitest";

const said: Record<VisitWords | "nothing", string[]> = {
  asks: [
    "ya llego?",
    "ya llego el tecnico?",
    "¿Ya llega?",
    "ya viene",
    "ya vino?",
    "vino el tecnico?",
    "a que hora llega",
    "viene o no",
    "y cuando viene el ing",
  ],
  arrived: ["ya llego", "Ya llegó el técnico", "el ing ya esta aqui", "acaba de llegar", "ya llego gracias"],
  late: [
    "todavia no llega",
    "aun no viene",
    "no ha llegado",
    "todavia no ha venido",
    "hasta ahora no viene nadie",
    "no llega nadie",
    "todavia no vino",
  ],
  did_not_come: ["no vino", "NO VINO nadie", "nadie vino", "no llego el tecnico", "no vino, que hago?"],
  nothing: [
    "listo",
    "ya vino y ya termino",
    "ya hizo la poda",
    "llego puntual y todo conforme",
    "2",
    "gracias",
  ],
};

describe.each(Object.entries(said))("of a visit that is waited for, %s", (words, texts) => {
  test.each(texts)("'%s'", (text) => expect(readVisitWords(text) ?? "nothing").toBe(words));
});

test.each(["ya llego?", "ya vino el tecnico?", "¿ya terminó?", "si ya vino?"])(
  "a question reports nothing: '%s'",
  (text) => expect(interpret(text, "idle").intent).toBe("ask_status"),
);

test.each([
  ["ya vino y ya termino", "report_done"],
  ["listo", "report_done"],
  ["ya me atendio", "report_done"],
  ["ya hizo la poda", "report_done"],
  ["ya vino el tecnico, que nota le pongo?", "report_done"],
  ["no vino nadie, que hago?", "report_no_show"],
])("'%s' reports: %s", (text, intent) => expect(interpret(text, "idle").intent).toBe(intent));
