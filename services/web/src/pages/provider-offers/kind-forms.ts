import type { OfferTerms } from "@minka/contracts/offer-terms";
import { kinds, type Kind } from "@minka/domain/vocabulary";
import { z } from "zod";
import { html, type Html } from "../../design/html.ts";
import { formState, type Attempt, type FormState } from "../../forms/attempt.ts";
import { areaLines, areasField, someAreas } from "../provider/coverage-field.ts";
import { assistanceForm } from "./assistance-form.ts";
import { creditForm } from "./credit-form.ts";
import { equipmentForm, inputForm } from "./goods-forms.ts";
import { both, type Defaults, type KindForm, type TermsInput } from "./kind-form.ts";
import { purchaseForm } from "./purchase-form.ts";
import { serviceForm } from "./service-form.ts";
import { trainingForm } from "./training-form.ts";

type AnyForm = {
  readonly fields: z.ZodType<TermsInput>;
  readonly defaults: (terms: never) => Defaults;
  readonly show: (state: FormState) => Html;
  readonly names: Readonly<Record<string, string>>;
};

const forms: { readonly [K in Kind]: KindForm<K> } = {
  assistance: assistanceForm,
  training: trainingForm,
  input: inputForm,
  equipment: equipmentForm,
  service: serviceForm,
  credit: creditForm,
  purchase: purchaseForm,
};
const formOf = (kind: Kind): AnyForm => forms[kind];

/** As the address of a new offer names its kind. */
export const kindSlugs: Record<Kind, string> = {
  assistance: "visita",
  training: "capacitacion",
  input: "insumo",
  equipment: "equipo",
  service: "servicio",
  credit: "credito",
  purchase: "compra",
};

export const kindOfSlug = (slug: string | undefined): Kind | undefined =>
  kinds.find((kind) => kindSlugs[kind] === slug);

/** Each kind is an action of its own, since each has its own fields. */
export const actionOf = (kind: Kind) => `guardar-${kindSlugs[kind]}`;

export const fieldsOf = (kind: Kind) => both(formOf(kind).fields, z.object({ cobertura: someAreas }));

/** Where the form tells what a service finds wrong. */
export function fieldOf(kind: Kind) {
  const { names } = formOf(kind);
  return (path: string): string | undefined => {
    if (path.startsWith("body.coverage")) return "cobertura";
    const inTerms = path.replace(/^body\.terms\./, "");
    const known = Object.keys(names)
      .filter((name) => inTerms === name || inTerms.startsWith(`${name}.`))
      .toSorted((one, other) => other.length - one.length)[0];
    return known === undefined ? undefined : names[known];
  };
}

/** The state of the form for an offer of this kind: of terms that are there, or of a new offer. */
export function stateOf(
  attempt: Attempt | null,
  kind: Kind,
  { terms, coverage, more = {} }: { terms: OfferTerms | null; coverage: readonly string[]; more?: Defaults },
): FormState {
  const own = formOf(kind).defaults(terms as never);
  return formState(attempt, actionOf(kind), { ...own, cobertura: areaLines(coverage), ...more });
}

export const showFields = (kind: Kind, state: FormState): Html =>
  html`${formOf(kind).show(state)}
  ${areasField(state, { name: "cobertura", label: kind === "training" ? "¿De dónde pueden venir?" : "¿Hasta dónde llega?" })}`;
