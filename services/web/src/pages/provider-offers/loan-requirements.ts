import type { TermsOf } from "@minka/contracts/offer-terms";
import { loanRequirements } from "@minka/domain/vocabulary";
import { word } from "@minka/language/texts";
import { z } from "zod";
import { html, type Html } from "../../design/html.ts";
import type { FormState } from "../../forms/attempt.ts";
import { capitalized } from "../../words/field-words.ts";
import { typedAt, type Defaults } from "./kind-form.ts";

/** What a lender asks for, a row each, with what would do instead. Rows that are empty do not count. */

type Requirements = TermsOf<"credit">["requirements"];
type Requirement = (typeof loanRequirements)[number];
/** All that there are, each for the others: no offer asks for more than the form holds. */
const numbers = loanRequirements.map((_, index) => index + 1);
const places = numbers.slice(1).map((number) => number - 1);
const fewestPlaces = 3;

const asRequirement = (written: string): Requirement | undefined =>
  loanRequirements.find((requirement) => requirement === written);

export const readRequirements = z.unknown().transform((typed, context): Requirements => {
  const seen = new Set<Requirement>();
  return numbers.flatMap((number) => {
    const requirement = asRequirement(typedAt(typed, `pide_${number}`));
    if (!requirement) return [];
    if (seen.has(requirement))
      context.addIssue({ code: "custom", path: [`pide_${number}`], message: "Ya lo pide en otra fila." });
    seen.add(requirement);
    const instead = places.flatMap((place) => asRequirement(typedAt(typed, `o_${number}_${place}`)) ?? []);
    if (instead.includes(requirement))
      context.addIssue({ code: "custom", path: [`pide_${number}`], message: "En su lugar va otra cosa." });
    return [{ requirement, substitutes: [...new Set(instead)] }];
  });
});

export const requirementDefaults = (requirements: Requirements): Defaults =>
  Object.fromEntries(
    requirements.flatMap(({ requirement, substitutes }, index) => [
      [`pide_${index + 1}`, requirement],
      ...[...new Set(substitutes)].map((instead, place): [string, string] => [
        `o_${index + 1}_${place + 1}`,
        instead,
      ]),
    ]),
  );

export const requirementNames = Object.fromEntries(
  numbers.flatMap((number) => [
    [`requirements.${number - 1}.requirement`, `pide_${number}`],
    [`requirements.${number - 1}.substitutes`, `pide_${number}`],
  ]),
);

export function requirementsField(state: FormState): Html {
  const used = numbers.findLast((number) => state.value(`pide_${number}`) !== "") ?? 0;
  return html`<fieldset class="f">
    <legend>¿Qué pide?</legend>
    <p class="quiet">Una cosa por fila, y qué sirve en su lugar. Las filas vacías no cuentan.</p>
    ${numbers.slice(0, Math.max(3, used + 2)).map((number) => requirementRow(state, number))}
  </fieldset>`;
}

function requirementRow(state: FormState, number: number): Html {
  const name = `pide_${number}`;
  const wrong = state.error(name);
  const used = places.findLast((place) => state.value(`o_${number}_${place}`) !== "") ?? 0;
  const select = (field: string, label: string, described: boolean) => {
    const chosen = loanRequirements.find((one) => state.isChosen(field, one));
    state.tell(field, chosen ? [label, capitalized(word("requirement", chosen))] : null);
    return html`<select
      id="${field}"
      name="${field}"
      aria-label="${label}"
      ${described && wrong ? html` aria-invalid="true" aria-describedby="${name}-mal"` : null}
    >
      <option value="">—</option>
      ${loanRequirements.map((one) => html`<option value="${one}" ${state.isChosen(field, one) ? html` selected` : null}>${capitalized(word("requirement", one))}</option>`)}
    </select>`;
  };
  return html`${wrong ? html`<p class="wrong" id="${name}-mal">${wrong}</p>` : null}
    <p class="alternatives">
      ${select(name, `Requisito ${number}`, true)}
      ${places.slice(0, Math.max(fewestPlaces, used + 1)).map((place) => html`<span>o</span>${select(`o_${number}_${place}`, `En lugar del requisito ${number}, opción ${place}`, false)}`)}
    </p>`;
}
