import type { attentionKinds } from "@minka/contracts/notifications";
import type { ComplaintState } from "@minka/contracts/complaints";
import type { allDisputeReasons, settlements } from "@minka/contracts/disputes";
import type { engagementStates } from "@minka/contracts/engagements";
import type { matchStates } from "@minka/contracts/matches";
import type { requestStates } from "@minka/contracts/matching";
import type { ProviderState } from "@minka/contracts/provider-decisions";
import type { ProviderKind } from "@minka/contracts/providers";
import type { ReviewOutcome } from "@minka/contracts/reviews";
import type { OwningService } from "@minka/contracts/service-names";
import type { Tone } from "../../design/parts.ts";

type Marks<State extends string> = Record<State, readonly [words: string, tone: Tone]>;

/** As operators read them: what others do is told in the third person. */

export const requestMarks: Marks<(typeof requestStates)[number]> = {
  searching: ["Buscando", "going"],
  listed: ["Está eligiendo", "going"],
  asking: ["Preguntando", "going"],
  agreed: ["Acordado", "good"],
  done: ["Hecho", "good"],
  with_operator: ["Espera a Minka", "bad"],
  cancelled: ["Anulado", "over"],
  lapsed: ["Venció", "over"],
};

export const engagementMarks: Marks<(typeof engagementStates)[number]> = {
  agreed: ["Acordado", "good"],
  done: ["Hecho", "good"],
  rework: ["Debe volver", "waiting"],
  disputed: ["En desacuerdo", "bad"],
  no_show: ["No fue", "over"],
  cancelled: ["Anulado", "over"],
};

export const matchMarks: Marks<(typeof matchStates)[number]> = {
  listed: ["En la lista", "going"],
  asked: ["Preguntado", "waiting"],
  quoted: ["Propuso otra cosa", "waiting"],
  accepted: ["Dijo que sí", "good"],
  declined: ["Dijo que no", "over"],
  silent: ["No respondió", "bad"],
  withdrawn: ["Retirado", "over"],
};

export const providerMarks: Marks<ProviderState> = {
  draft: ["Borrador", "over"],
  submitted: ["Por revisar", "waiting"],
  verified: ["Activo", "good"],
  held: ["Detenido por queja", "bad"],
  suspended: ["Suspendido", "bad"],
  closed: ["Cerrado", "over"],
};

export const complaintMarks: Marks<ComplaintState> = {
  raised: ["Por decidir", "bad"],
  upheld: ["Tenía razón", "good"],
  dismissed: ["Sin efecto", "over"],
};

/** "Por revisar" of each state alone, for the options of a filter. */
export function stateWords<State extends string>(marks: Marks<State>): Record<State, string> {
  return Object.fromEntries(
    Object.entries<Marks<State>[State]>(marks).map(([state, [words]]) => [state, words]),
  ) as Record<State, string>;
}

export const providerKindWords: Record<ProviderKind, string> = {
  agent: "técnica o técnico",
  supplier: "tienda",
  lender: "da crédito",
  buyer: "compra",
  trainer: "capacita",
};

export const disputeWords: Record<(typeof allDisputeReasons)[number], string> = {
  not_paid: "No le pagaron.",
  price: "El precio no fue el acordado.",
  bad_work: "El trabajo quedó mal.",
  not_finished: "No terminó.",
  did_not_come: "No llegó.",
  other: "Otra razón.",
  "outcome-unknown": "Nadie dijo si se hizo.",
  "rework-declined": "Quien atendió no quiere volver.",
  "rework-unanswered": "Quien atendió no responde si vuelve.",
};

export const settlementWords: Record<(typeof settlements)[number], { words: string; hint: string }> = {
  done: { words: "Se hizo", hint: "Cuenta como hecho; las dos partes pueden poner nota" },
  no_show: { words: "No fue nadie", hint: "Preguntamos al siguiente de la lista" },
  cancelled: { words: "Queda anulado", hint: "No cuenta contra nadie" },
  rework: { words: "Debe volver", hint: "Le pedimos un día a quien atendió" },
};

export const reviewWords: Record<ReviewOutcome, { words: string; hint: string }> = {
  upheld: { words: "La lista está bien", hint: "Se le dice que una persona la revisó y queda así" },
  "searched-anew": { words: "Buscar otra vez", hint: "Primero cerca y después más lejos" },
  "handed-over": { words: "Lo llevamos a mano", hint: "El pedido pasa a la lista de lo que espera a Minka" },
};

export const serviceWords: Record<OwningService, string> = {
  profiles: "Personas",
  catalog: "Ofertas",
  matching: "Pedidos",
  brokering: "Compras, lotes y crédito",
  notifications: "Mensajes",
};

/** Of "person:<id>" and "person:<id> through person:<id>" the ids. */
export const personIds = (by: string): string[] =>
  [...by.matchAll(/person:([0-9a-f-]{36})/g)].map(([, id = ""]) => id);

export const sexWords = { f: "Mujeres", m: "Hombres" } as const;

/** What waits for a person, and what that person is to do. */
export const attentionWords: Record<(typeof attentionKinds)[number], { words: string; todo: string }> = {
  not_understood: {
    words: "No se entendió",
    todo: "Lea la conversación y responda; después diga qué quiso decir, para que Minka aprenda.",
  },
  human_wanted: { words: "Pide una persona", todo: "Llame o responda por SMS." },
  complaint: {
    words: "Queja o riesgo",
    todo: "Llame primero a la persona. No le cuente a nadie más quién lo dijo.",
  },
  message_unsettled: {
    words: "No se sabe si llegó un SMS",
    todo: "Si era importante, llame. Si no, dé por visto.",
  },
  message_failed: { words: "Un SMS no salió", todo: "Llame si lo necesita saber." },
  channel_paused: {
    words: "El canal de SMS rechaza todo",
    todo: "Revise la cuenta y la clave del canal; nada sale mientras tanto.",
  },
  machine_suspected: {
    words: "Parece una máquina",
    todo: "Minka no le responde hasta que se calle. Llame si cree que es una persona.",
  },
  request_handed_over: {
    words: "Un pedido espera a una persona de Minka",
    todo: "Sin nadie: busque otra vez o hable con alguien que pueda. En desacuerdo: escuche a los dos y decida.",
  },
  wrote_to_operator: { words: "Escribió a la persona de Minka", todo: "Responda en la conversación." },
  review_asked: { words: "Pide revisar su lista", todo: "Mire la lista y diga si está bien." },
  visit_in_doubt: {
    words: "Visita en duda",
    todo: "Quien atendía ya no está o no hay paso: busque otro día u otra persona.",
  },
  presence_overdue: {
    words: "No avisó que salió de una visita",
    todo: "Llame ahora a la técnica o al técnico. Si no contesta, siga el protocolo de seguridad.",
  },
  provider_silent: { words: "Un proveedor no contesta", todo: "Llame y pregunte si sigue atendiendo." },
  plan_visits_left: { words: "Visitas del plan sin nadie", todo: "Abra el plan y póngalas con alguien." },
  delivery_unattended: {
    words: "Entrega de compra en grupo sin respuesta",
    todo: "Pregunte si llegó y cuánto, y póngalo.",
  },
  payment_unattended: { words: "Pago sin confirmar", todo: "Llame a quien recibió y pregunte si llegó." },
  lot_unattended: { words: "Un lote espera", todo: "Llame a quien organiza el lote." },
  credit_unattended: { words: "Un crédito sin respuesta", todo: "Llame a quien presta." },
  endorsement_unattended: {
    words: "Un aval sin respuesta",
    todo: "Llame a la directiva de la organización.",
  },
};
