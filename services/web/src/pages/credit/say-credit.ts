import type { creditChanges, CreditState, MoreAsked, Obtaining } from "@minka/contracts/credit-words";
import type { Credit } from "@minka/contracts/credits";
import type { Reason } from "@minka/contracts/common";
import { limaDay } from "@minka/domain/lima-time";
import type { LoanRequirement } from "@minka/domain/vocabulary";
import { word } from "@minka/language/texts";
import type { Html } from "../../design/html.ts";
import { stateMark, type Tone } from "../../design/parts.ts";
import { accountPath } from "../payments/payment-words.ts";
import { capitalized, dayWords, joinWords, soles } from "../../words/field-words.ts";

export const creditStateWords: Readonly<Record<CreditState, readonly [words: string, tone: Tone]>> = {
  draft: ["sin enviar", "waiting"],
  submitted: ["enviado", "going"],
  in_review: ["lo están revisando", "going"],
  more_asked: ["le piden algo más", "waiting"],
  approved: ["aprobado", "good"],
  refused: ["no aprobado", "bad"],
  accepted: ["falta el dinero", "going"],
  disbursed: ["dinero recibido", "good"],
  repaying: ["pagando cuotas", "going"],
  in_arrears: ["cuota atrasada", "bad"],
  settled: ["todo pagado", "good"],
  withdrawn: ["retirado", "over"],
  lapsed: ["se venció", "over"],
};

export const creditMark = (state: CreditState): Html => stateMark(...creditStateWords[state]);

/** "1 mes", "6 meses" */
export const monthsCount = (months: number) => (months === 1 ? "1 mes" : `${months} meses`);

/** "2 cuotas de hasta S/ 413" */
export const instalmentWords = (count: number, dearest: number) =>
  count === 1 ? `1 cuota de ${soles(dearest)}` : `${count} cuotas de hasta ${soles(dearest)}`;

/** "S/ 800 a 2 meses" */
export function askedWords({
  approved,
  amountCentimos,
  months,
}: Pick<Credit, "approved" | "amountCentimos" | "months">): string {
  const of = approved ?? { amountCentimos, months };
  return `${soles(of.amountCentimos)} a ${monthsCount(of.months)}`;
}

/** The day of an instant, as said in Peru. */
export const onDay = (instant: string, today: string) => dayWords(limaDay(new Date(instant)), today);

/** "copia de DNI y título de la chacra; la boleta de la última venta" */
export const moreWords = ({ requirements, note }: Pick<MoreAsked, "requirements" | "note">): string =>
  [joinWords(requirements.map((one) => word("requirement", one))), note ?? ""].filter(Boolean).join("; ");

export const conditionList = (conditions: readonly string[]): string =>
  joinWords(conditions.map((one) => word("credit_condition", one)));

const ways: Readonly<Record<Exclude<Obtaining, "not_here">, string>> = {
  ask_endorsement: "pídaselo",
  name_guarantors: "con tres vecinos",
  agree_to_history: "deje ver lo que hizo en Minka",
  ask_visit: "pida una",
  join_organization: "entre a una organización",
  sign_contract: "uno firmado por su cosecha",
  say_you_have_it: "dígalo si lo tiene",
  ask_certificate: "pídala en su municipalidad",
};

/** What would do for something that is missing, and how one gets it; null for what one does not get here. */
export const wayWords = ({
  requirement,
  how,
}: {
  requirement: LoanRequirement;
  how: Obtaining;
}): string | null => (how === "not_here" ? null : `${word("requirement", requirement)} (${ways[how]})`);

/** Why a lender does not lend, with what would do. */
export function refusalGiven({ code, parameters }: Reason): string {
  const { requirement, mostCentimos, mostMonths } = parameters;
  const more = [
    requirement === undefined ? "" : word("requirement", String(requirement)),
    mostCentimos === undefined ? "" : `presta hasta ${soles(Number(mostCentimos))}`,
    mostMonths === undefined ? "" : `hasta ${monthsCount(Number(mostMonths))}`,
  ].filter((part) => part !== "");
  const said = capitalized(word("credit_refusal", code));
  return more.length > 0 ? `${said}: ${more.join(", ")}.` : `${said}.`;
}

export const changeWords = (change: (typeof creditChanges)[number]) => word("credit_change", change);

/** Where instalments are paid and money that came is confirmed. */
export const paymentPath = (kind: "credit-instalment" | "credit-disbursement", creditId: string) =>
  accountPath("/mi/pagos", { kind, id: creditId });
