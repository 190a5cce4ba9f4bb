import type { RefusalReason } from "@minka/contracts/credit-words";
import { parsePhone } from "@minka/domain/phone";
import type { LoanPurpose } from "@minka/domain/vocabulary";
import { foldCase } from "./fold.ts";
import { interpret } from "./interpret.ts";
import { readMenuNumbers } from "./read-menu-numbers.ts";
import { findNumbers } from "./understanding/numbers.ts";
import { readAmount } from "./understanding/quantities.ts";
import { readMessage } from "./understanding/read-message.ts";
import { tokenize } from "./understanding/tokens.ts";

const fold = (text: string) => foldCase(text.slice(0, 300));
/** As long as a credit may run. */
const mostMonths = 120;
const cents = 100;

/** "2000", "dos mil soles", "S/ 1,500": céntimos. Null for what is no sum of money, such as "5 sacos". */
export function readSum(text: string): number | null {
  const soles = readAmount(readMessage(text, ""));
  return soles === undefined || soles <= 0 ? null : Math.round(soles * cents);
}

const yearWord = /^anos?$/;
const monthWord = /^(mes|meses|cuotas?|mensualidad(es)?)$/;
/** "A 12 meses", "en un año"; "tengo 2 años de socio" is no time to pay in. */
const terms = new Set("a en por hasta plazo de".split(" "));
const fillers = new Set(
  "a en por hasta como unos unas creo que nomas serian mas o menos seria si".split(" "),
);

/**
 * "12 meses", "en seis cuotas", "un año y medio". `asked`: it answers the question, and then a bare number is one too.
 * Null for what says no time in months.
 */
export function readMonths(text: string, asked = false): number | null {
  const tokens = tokenize(
    fold(text)
      .replace(/\bmedio ano\b/, "6 meses")
      .replace(/(^|\D )ano y medio\b/, "$1un ano y medio"),
  );
  const numbers = findNumbers(tokens);
  const words = tokens.map(({ word }) => word);
  const counted = (unit: RegExp) =>
    numbers.find(
      ({ start, end }) => unit.test(words[end] ?? "") && (asked || terms.has(words[start - 1] ?? "")),
    );
  const years = counted(yearWord);
  if (years) {
    const half = words[years.end + 1] === "y" && words[years.end + 2] === "medio" ? 6 : 0;
    return within(Math.round(years.value * 12) + half);
  }
  const months = counted(monthWord);
  if (months) return within(months.value);
  const [only, ...more] = numbers;
  if (!asked || !only || more.length > 0) return null;
  const isBare = words.every((word, at) => (at >= only.start && at < only.end) || fillers.has(word));
  return isBare ? within(only.value) : null;
}

const within = (months: number): number | null =>
  Number.isInteger(months) && months >= 1 && months <= mostMonths ? months : null;

/** "Abono", "para pagar peones": what the money is for. */
export function readPurpose(text: string): LoanPurpose | null {
  const said = fold(text).replace(/^\W*(es |seria )?(para |pa |pal )?/, "");
  return interpret(`necesito un credito para ${said}`, "idle").slots.purpose ?? null;
}

const ownWords: Readonly<Record<string, RegExp>> = {
  identity_document: /\b(dni|documento)\b/,
  guarantor: /\b(garante|fiador|aval)\b/,
  savings: /\bahorr\w+/,
  no_overdue_debt: /\b(no debo|sin deud\w*|no tengo (ninguna )?deud\w*|al dia)\b/,
  business_registration: /\bruc\b/,
};

const inAll: Readonly<Record<string, number>> = { dos: 2, ambos: 2, ambas: 2, tres: 3, cuatro: 4, cinco: 5 };
const denies = /\b(no|sin|ni|tampoco|ningun\w*|falta|menos)\b/;
/** "No debo" and "no tengo deudas" deny nothing of the list. */
const isDebtFree = /\b(no debo|sin deud\w*|no tengo (ninguna )?deud\w*)/g;

/**
 * Which of a numbered list somebody says that they have: by number, by name, or all of it. Null for none of these, also
 * for a bare SI, which says not which, and where what is denied cannot be told from what is not.
 */
export function readDeclared<Each extends string>(text: string, options: readonly Each[]): Each[] | null {
  const folded = fold(text);
  const [, every, count = ""] =
    /^\W*(?:si+\W+)?(?:tengo |cumplo )?(?:(todo|todos|todas)|(?:los |las )?(ambos|ambas|(?<=l[oa]s )\w+))\W*$/.exec(
      folded,
    ) ?? [];
  if (every || inAll[count] === options.length) return [...options];
  // "Los dos" of five: which?
  if (count) return null;
  const denied = denies.test(folded.replaceAll(isDebtFree, ""));
  const numbers = readMenuNumbers(text.replaceAll(/(\d)\s*[,.;-]\s*(?=\d)/g, "$1 y "));
  if (numbers) {
    const chosen = options.filter((_, index) => numbers.includes(index + 1));
    return chosen.length === numbers.length && !denied ? chosen : null;
  }
  // "DNI y garante no tengo": whether both are missing, nobody can tell.
  if (/\bno (tengo|hay|cuento)\W*$/.test(folded)) return null;
  const clauses = folded.split(/[,.;\n]|\b(?:pero|aunque|solo|y|e)\b/);
  const named = options.filter((option) => clauses.some((clause) => isSaid(clause, option)));
  return named.length > 0 ? named : null;
}

/** "Ni garante" and "sin ahorros" say the contrary; what follows "ni" in one breath is denied with it. */
function isSaid(clause: string, option: string): boolean {
  const at = ownWords[option]?.exec(clause)?.index;
  if (at === undefined) return false;
  const before = clause.slice(0, at);
  return option === "no_overdue_debt"
    ? !/\b(no|ni|tampoco)\W+(\w+\W+)?$/.test(before)
    : !denies.test(before.replaceAll(isDebtFree, ""));
}

/** What a message wants of a credit that is there already. */
export type CreditWish = "send" | "guarantors";

const sends =
  /^\W*(ya |si |quiero |deseo |por favor )*(enviar|envio|envie|envien|envienlo|envielo|enviarlo|manden?lo|mandar|mandarlo)( (ya|nomas|asi|igual|mi|el|la|pedido|solicitud|credito|prestamo|de|sin|esperar|por favor))*\W*$/;

/** ENVIAR, "envie mi pedido de credito", "GARANTES Juan 987654321, …". */
export function readCreditWish(text: string): CreditWish | null {
  const folded = fold(text);
  if (/^\W*(mis |los )?(garantes?|fiadores?|avales)\b/.test(folded)) return "guarantors";
  return sends.test(folded) ? "send" : null;
}

/** Whether a message names a loan. */
export const namesCredit = (text: string): boolean => /\b(credit|prest)\w*/.test(fold(text));

/** "Está listo" may ask whether the money is there. */
const broughtIt =
  "(?:ya )?list[oa]s?(?: ya)?|ya (?:l[oa]s? )?(?:tengo|lleve|entregue|deje|presente)(?: todo)?";
const brought = new RegExp(String.raw`^(?:si+ )?(?:${broughtIt})(?: (?:y )?(?:${broughtIt}))*(?: gracias)?$`);

/** "Listo, ya lo llevé": that what a lender asked for besides is there, and nothing else. */
export function saysBrought(text: string): boolean {
  const said = fold(text);
  return !said.includes("?") && brought.test(said.match(/[a-z0-9]+/g)?.join(" ") ?? "");
}

const mobile = /(?:\+?51[\s.-]?)?9(?:[\s.-]?\d){8}/g;

/** The mobile phones that a message names, each once. */
export function readMobiles(text: string): string[] {
  const found = [...text.matchAll(mobile)].flatMap(([each]) => parsePhone(each) ?? []);
  return [...new Set(found)];
}

const refusals: Readonly<Record<RefusalReason, RegExp>> = {
  debt_elsewhere: /\b(deud|debe|moros|infocorp)\w*/,
  term_too_long: /\bplazo|\bmeses|\bmucho tiempo/,
  income_too_low: /\b(ingreso|gana poco|cosecha|produc)\w*/,
  requirement_missing: /\b(requisito|papel|documento|dni|titulo|constancia)\w*/,
  endorsement_wanted: /\b(aval|garant|fiador)\w*/,
  purpose_not_lent: /\b(destino|para eso|uso|proposito|finalidad)\b/,
  history_too_short: /\b(historia|historial|antiguedad|nuevo|nueva)\b/,
  out_of_area: /\b(zona|lejos|lugar|distrito|cobertura)\b/,
  no_funds: /\b(fondo|fondos|dinero ahora|liquidez|no hay plata)\b/,
  amount_too_high: /\b(monto|mucho|mucha|cantidad|suma)\b/,
};

/** A lender's no: why, and which of those that wait, by its number in the list or by its sum. */
export type Refusal = {
  readonly reason: RefusalReason | null;
  readonly number: number | null;
  readonly amountCentimos: number | null;
};

const refuses = /^\W*(lo |la |se )?(rechaz\w+|denieg\w+|deneg\w+|no (le )?prest(o|amos|are))\b/;
/** What is refused that is no credit: "la visita", "su propuesta". */
const refused = /^\W*(?:a |de |con )?(?:el|la|los|las|ese|esa|este|esta|su|sus|tu|mi|un|una|al) ([a-z]+)/;
const ofCredit =
  /^(credit|prest|pedid|solicitud|monto|plazo|plat|diner|primer|segund|tercer|cuart|ultim|numero|deud|client|productor|suma)/;
const ordinals = ["primer", "segund", "tercer", "cuart", "quint", "sext"];

/** "RECHAZO 2 deudas", "no presto, es mucho monto". Null for a no to something else. */
export function readRefusal(text: string): Refusal | null {
  const folded = fold(text);
  const said = refuses.exec(folded);
  if (!said) return null;
  const rest = folded.slice(said[0].length);
  const thing = refused.exec(rest)?.[1];
  if (thing !== undefined && !ofCredit.test(thing)) return null;
  const digit = /(?<![\d.,])([1-9])(?![\d.,]*\d)(?!\s*(mes|meses|soles|sol|anos?|mil|cuotas?|%))/.exec(
    rest,
  )?.[1];
  const ordinal = ordinals.findIndex((each) => new RegExp(String.raw`\b${each}\w*`).test(rest));
  const number = digit ? Number(digit) : ordinal >= 0 ? ordinal + 1 : null;
  return { reason: reasonIn(rest), number, amountCentimos: number === null ? readSum(rest) : null };
}

/** The reason that a few words give. */
export const readRefusalReason = (text: string): RefusalReason | null => reasonIn(fold(text));

function reasonIn(folded: string): RefusalReason | null {
  const [found] = Object.entries(refusals).find(([, words]) => words.test(folded)) ?? [];
  return (found as RefusalReason | undefined) ?? null;
}

/** "Apruebo", "sí presto": a lender's yes. */
export const approves = (text: string): boolean =>
  /^\W*((si+|claro|ok|ya|yo|bueno)( que)?\W+)*(lo |la |le |les |se )*(aprueb\w+|aprobad[oa]|aprobar|prest(o|amos))\b/.test(
    fold(text),
  );
