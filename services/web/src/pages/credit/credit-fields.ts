import { declarable } from "@minka/contracts/credit-words";
import { loanPurposes } from "@minka/domain/vocabulary";
import { word } from "@minka/language/texts";
import { z } from "zod";
import { moneyField, numberField, optionsField, selectField } from "../../design/fields.ts";
import { html, type Html } from "../../design/html.ts";
import type { FormState } from "../../forms/attempt.ts";
import * as kinds from "../../forms/field-kinds.ts";
import { capitalized } from "../../words/field-words.ts";

/** What is asked for, in one short form: of a new credit and of one that is changed. */
export const creditShape = {
  monto: kinds.money({ least: 1 }).required,
  meses: kinds.wholeNumber({ least: 1, most: 120 }).required,
  para: kinds.choice(loanPurposes, "Elija para qué es.").required,
  tiene: kinds.choices(declarable),
};

export const creditFieldOf = (path: string) =>
  ({
    "body.amountCentimos": "monto",
    "body.months": "meses",
    "body.purpose": "para",
    "body.districtCode": "distrito",
    "body.declared": "tiene",
  })[path];

export const askedOf = ({ monto, meses, para, tiene }: z.output<z.ZodObject<typeof creditShape>>) => ({
  amountCentimos: monto,
  months: meses,
  purpose: para,
  declared: tiene,
});

export const creditFields = (state: FormState): Html =>
  html`${moneyField(state, { name: "monto", label: "¿Cuánto necesita?", maxlength: 12 })}
  ${numberField(state, {
    name: "meses",
    label: "¿En cuántos meses quiere devolverlo?",
    hint: "Muchos lo devuelven después de la cosecha: cuente los meses hasta ahí.",
    unit: "meses",
    inputmode: "numeric",
    maxlength: 3,
  })}
  ${selectField(state, {
    name: "para",
    label: "¿Para qué es?",
    none: "Elija",
    options: loanPurposes.map((one) => ({ value: one, words: capitalized(word("purpose", one)) })),
  })}
  ${optionsField(state, {
    name: "tiene",
    label: "¿Qué tiene usted?",
    hint: "Así vemos qué crédito le alcanza. La entidad se lo puede pedir para verlo.",
    optional: true,
    many: true,
    options: declarable.map((one) => ({ value: one, words: word("credit_declared", one) })),
  })}`;
