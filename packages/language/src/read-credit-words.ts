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

/** Which of a numbered list somebody says that they have: by number, by name, or all of it; null for neither. */
export function readDeclared<Each extends string>(text: string, options: readonly Each[]): Each[] | null {
  const folded = fold(text);
  if (/^\W*(si+\W+)?(todo|todos|todas|los \w+|las \w+|si+)\W*$/.test(folded) && !/\d/.test(folded))
    return [...options];
  const numbers = readMenuNumbers(text.replaceAll(/(\d)\s*[,.;-]\s*(?=\d)/g, "$1 y "));
  if (numbers) {
    const chosen = options.filter((_, index) => numbers.includes(index + 1));
    return chosen.length === numbers.length ? chosen : null;
  }
  if (/\bno tengo\b(?! (ninguna )?deud)/.test(folded)) return null;
  const named = options.filter((option) => ownWords[option]?.test(folded));
  return named.length > 0 ? named : null;
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

/** "RECHAZO deudas", "no presto, es mucho monto": a lender's no, with its reason where it gives one. */
export function readRefusal(text: string): { reason: RefusalReason | null } | null {
  const folded = fold(text);
  if (!/^\W*(lo |la |se )?(rechaz\w+|denieg\w+|deneg\w+|no (le )?prest(o|amos|are))\b/.test(folded))
    return null;
  return { reason: reasonIn(folded) };
}

/** The reason that a few words give. */
export const readRefusalReason = (text: string): RefusalReason | null => reasonIn(fold(text));

function reasonIn(folded: string): RefusalReason | null {
  const [found] = Object.entries(refusals).find(([, words]) => words.test(folded)) ?? [];
  return (found as RefusalReason | undefined) ?? null;
}

/** "Apruebo", "sí presto": a lender's yes. */
export const approves = (text: string): boolean =>
  /^\W*(si +)?(lo |la |se )?(aprueb\w+|aprobad[oa]|aprobar|prest(o|amos))\b/.test(fold(text));
