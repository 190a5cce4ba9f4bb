import type { offerTerms, OfferTerms } from "@minka/contracts/offer-terms";
import { crops, topics } from "@minka/domain/vocabulary";
import { districtLabel, findDistrict } from "@minka/geography/districts";
import { word } from "@minka/language/texts";
import { z } from "zod";
import { areaField, optionsField, type Option } from "../../design/fields.ts";
import type { Html } from "../../design/html.ts";
import type { FormState } from "../../forms/attempt.ts";
import * as kinds from "../../forms/field-kinds.ts";
import { capitalized } from "../../words/field-words.ts";
import { forWomen } from "../../words/offer-words.ts";

export type TermsInput = z.input<typeof offerTerms>;
export type Defaults = Readonly<
  Record<string, string | number | boolean | readonly string[] | null | undefined>
>;

/** How the terms of one kind of offer are typed in. */
export type KindForm<Kind extends OfferTerms["kind"]> = {
  /** From what was typed to terms. */
  readonly fields: z.ZodType<Extract<TermsInput, { kind: Kind }>>;
  /** What the form holds at first: of terms that are there, or of a new offer. */
  readonly defaults: (terms: Extract<OfferTerms, { kind: Kind }> | null) => Defaults;
  readonly show: (state: FormState) => Html;
  /** Where what is wrong with a path of the terms is told. */
  readonly names: Readonly<Record<string, string>>;
};

/** Two readings of one form; what is wrong with either is told at once. */
export function both<One extends z.ZodType, Other extends z.ZodType>(one: One, other: Other) {
  return z.unknown().transform((typed, context): [z.output<One>, z.output<Other>] => {
    const [first, second] = [one.safeParse(typed), other.safeParse(typed)];
    for (const { path, message } of [...(first.error?.issues ?? []), ...(second.error?.issues ?? [])])
      context.addIssue({ code: "custom", path: [...path], message });
    return first.success && second.success ? [first.data, second.data] : z.NEVER;
  });
}

/** What was typed under a name that the form has several times, numbered. */
export function typedAt(typed: unknown, name: string): string {
  const value = typeof typed === "object" && typed !== null ? (typed as Record<string, unknown>)[name] : "";
  return typeof value === "string" ? value.trim() : "";
}

export const title = kinds.text(80, "Escriba cómo se llama.").required.refine((text) => text.length >= 3, {
  message: "Escriba un nombre más largo.",
});
export const note = kinds.text(300).optional;
export const noteField = (state: FormState): Html =>
  areaField(state, {
    name: "nota",
    label: "Algo más que deban saber",
    optional: true,
    maxlength: 300,
    rows: 2,
  });

export const words = (group: Parameters<typeof word>[0], entries: readonly string[]): Option[] =>
  entries.map((entry) => ({ value: entry, words: capitalized(word(group, entry)) }));

export const cropsField = (state: FormState, { any }: { any: boolean }): Html =>
  optionsField(state, {
    name: "cultivos",
    label: "¿Para qué cultivos?",
    ...(any ? { hint: "Ninguno marcado quiere decir todos." } : {}),
    many: true,
    options: words("crop", crops),
  });

export const topicsField = (state: FormState, label: string): Html =>
  optionsField(state, { name: "temas", label, many: true, options: words("topic", topics) });

export const someCrops = kinds.choices(crops);
export const someTopics = kinds.choices(topics, { least: 1, missing: "Elija al menos un tema." });

export const audiences = ["everyone", "women_preferred", "women_only"] as const;
export const audienceField = (state: FormState): Html =>
  optionsField(state, {
    name: "publico",
    label: "¿Para quiénes?",
    options: [
      { value: "everyone", words: "Para todas y todos" },
      { value: "women_preferred", words: capitalized(forWomen.women_preferred) },
      { value: "women_only", words: capitalized(forWomen.women_only) },
    ],
  });

/** Céntimos as a person types soles. */
export const solesText = (centimos: number | null | undefined): string | undefined =>
  centimos === null || centimos === undefined
    ? undefined
    : (centimos / 100).toFixed(centimos % 100 === 0 ? 0 : 2);

export const districtText = (code: string | undefined): string | undefined => {
  const district = code === undefined ? undefined : findDistrict(code);
  return district && districtLabel(district);
};
