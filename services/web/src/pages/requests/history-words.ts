import type { readHistory } from "@minka/contracts/follow-ups";
import type { Answer } from "@minka/contracts/endpoint";
import { quoteWords } from "./matches-view.ts";

type Step = Answer<typeof readHistory>["steps"][number];

/**
 * What happened, by the name of the step; `{provider}` is who it was about, `{quote}` what was proposed. What only the
 * machine needs is left out.
 */
const sentences: Readonly<Record<string, string>> = {
  "request.open": "Usted hizo el pedido.",
  "request.open-by-plan": "Quedó en el plan de visitas del mes.",
  "request.show-list": "Le mostramos quiénes pueden.",
  "request.search-wider": "Buscamos más lejos.",
  "request.search-again": "Buscamos otra vez.",
  "request.search-anew": "Buscamos otra vez.",
  "request.hand-over": "Pasó a una persona de Minka.",
  "request.list-again": "Volvió a la lista.",
  "request.lapse": "Venció sin respuesta.",
  "request.cancel": "El pedido quedó anulado.",
  "request.attended-by-woman": "Pidió que le atienda una mujer.",
  "request.attended-by-anybody": "Dijo que le atienda cualquiera.",
  "match.ask": "Preguntamos a {provider}.",
  "match.accept": "{provider} dijo que sí.",
  "match.decline": "{provider} no puede.",
  "match.stay-silent": "{provider} no respondió a tiempo.",
  "match.accept-plan": "{provider} dijo que sí.",
  "match.accept-quote": "Se aceptó la propuesta.",
  "match.refuse-quote": "No se aceptó la propuesta.",
  "match.take-back": "Ya no le preguntamos a {provider}.",
  "match.withdraw": "Ya no le preguntamos a {provider}.",
  "match.leave": "{provider} ya no está.",
  "quote.make-by-provider": "{provider} propuso{quote}.",
  "quote.make-by-requester": "Usted propuso{quote}.",
  "engagement.move": "Cambió el día.",
  "engagement.keep-day": "El día quedó igual.",
  "engagement.remind": "Le recordamos la visita.",
  "engagement.ask-outcome": "Le preguntamos si vino.",
  "engagement.ask-again": "Le preguntamos otra vez si vino.",
  "engagement.finish": "{provider} atendió.",
  "engagement.miss": "{provider} no vino.",
  "engagement.contest": "Usted dijo que no vino nadie.",
  "engagement.call-off": "{provider} avisó que no puede.",
  "engagement.cancel": "La visita quedó anulada.",
  "engagement.ask-rework": "Usted pidió que vuelva.",
  "engagement.agree-rework": "{provider} vuelve.",
  "engagement.leave-rework": "Dejaron de esperar que vuelva.",
  "engagement.leave-plan": "La visita salió del plan del mes.",
  "engagement.expire-rework": "No respondió si vuelve: lo ve una persona de Minka.",
  "engagement.decline-rework": "{provider} no vuelve: lo ve una persona de Minka.",
  "engagement.dispute": "Pasó a una persona de Minka.",
  "engagement.give-up": "Nadie dijo si se hizo: lo ve una persona de Minka.",
  "engagement.settle-done": "Una persona de Minka decidió: se hizo.",
  "engagement.settle-no-show": "Una persona de Minka decidió: no vino nadie.",
  "engagement.settle-cancelled": "Una persona de Minka decidió: queda anulado.",
  "engagement.settle-rework": "Una persona de Minka decidió: debe volver.",
  "engagement.rate-by-requester": "Usted puso su nota.",
  "engagement.rate-by-provider": "{provider} puso su nota.",
  "engagement.ask-help": "Le preguntamos si le sirvió.",
  "engagement.say-help": "Usted contó si le sirvió.",
  "rating.publish": "Las notas ya se ven.",
  "review.ask": "Pidió que una persona revise la lista.",
};

/** `complaint`: what the person said is wrong, where that is not settled yet. */
export function historyWords(
  { action, quote }: Pick<Step, "action" | "quote">,
  { provider, complaint, today }: { provider: string | undefined; complaint: string | null; today: string },
): string | null {
  if (action === "engagement.dispute" && complaint !== null)
    return `Usted reclamó: «${complaint}». Pasó a una persona de Minka.`;
  const sentence = sentences[action];
  if (sentence === undefined) return null;
  const filled = sentence
    .replace("{provider}", provider ?? "la otra persona")
    .replace("{quote}", quote ? `: ${quoteWords(quote, today)}` : " un precio o un día");
  return filled.charAt(0).toUpperCase() + filled.slice(1);
}
