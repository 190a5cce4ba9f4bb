import type { Kind } from "@minka/domain/vocabulary";
import type { AskedKind } from "./ask-answers.ts";

/** What people come for, in their words, the most asked first. */
export const wishes: readonly { readonly kind: Kind; readonly words: string; readonly hint: string }[] = [
  {
    kind: "assistance",
    words: "Que venga una técnica o un técnico",
    hint: "Plagas, poda, abono, fermentado, lo que sea de su chacra.",
  },
  { kind: "input", words: "Comprar abono o plantones", hint: "También semilla, cal o fungicida." },
  { kind: "purchase", words: "Vender mi cosecha", hint: "Vea quién compra cerca y a cuánto." },
  { kind: "credit", words: "Un crédito", hint: "Compare cuánto cuesta en total antes de pedir." },
  { kind: "training", words: "Una capacitación", hint: "Cursos, talleres y días de campo." },
  { kind: "equipment", words: "Una herramienta o máquina", hint: "Comprar, alquilar o arreglar." },
  {
    kind: "service",
    words: "Laboratorio, secado o catación",
    hint: "También inspección e internet.",
  },
];

export const questionOf: Record<AskedKind, string> = {
  assistance: "¿En qué le ayuda la visita?",
  training: "¿Qué quiere aprender?",
  input: "¿Qué abono o insumo busca?",
  equipment: "¿Qué herramienta o máquina busca?",
  purchase: "¿Qué cosecha quiere vender?",
  service: "¿Qué servicio necesita?",
};

/** The button that sends it says what will happen. */
export const sendWords: Record<AskedKind, string> = {
  assistance: "Buscar quién puede ir",
  training: "Buscar capacitación",
  input: "Buscar quién vende",
  equipment: "Buscar quién tiene",
  purchase: "Buscar quién compra",
  service: "Buscar quién lo hace",
};

/** As the consent by SMS, with what a page has room for. */
export const consentWords =
  "Acepto que Minka guarde mi número y mi pedido para buscarme quién me atienda. Puedo retirarlo cuando quiera.";
/** The wording above, as the ledger of consents names it. */
export const consentVersion = "web-request-2026-11";
