import type { readCreditStanding } from "@minka/contracts/credit-standings";
import type { Credit } from "@minka/contracts/credits";
import type { Answer } from "@minka/contracts/endpoint";
import { form, hidden, selectField, submit } from "../../design/fields.ts";
import { html, type Content, type Html } from "../../design/html.ts";
import { row, rows } from "../../design/parts.ts";
import { formState, type Attempt } from "../../forms/attempt.ts";
import type { Standing } from "../../frame/standing.ts";
import type { SignedVisit } from "../../visits/visit.ts";
import { soles } from "../../words/field-words.ts";
import { conditionList } from "./say-credit.ts";

export type CreditStanding = Answer<typeof readCreditStanding>;

/** Who answers for a credit, or was asked to. */
export function backingPart({
  credit,
  names,
  standing: { guarantee },
}: {
  credit: Credit;
  names: ReadonlyMap<string, string>;
  standing: Pick<CreditStanding, "guarantee">;
}): Content {
  const list = credit.endorsements.filter(({ state }) => state !== "released");
  const said = {
    asked: "todavía no responde",
    proposed: "lo está decidiendo",
    standing: "da su aval",
    refused: "no da su aval",
    called: "responde por usted",
    released: "",
  } as const;
  if (list.length === 0 && guarantee?.state !== "standing") return null;
  return html`<h2>Quién responde por usted</h2>
    ${rows([
      ...list.map(({ organizationId, state, amountCentimos, conditions }) =>
        row({
          title: names.get(organizationId) ?? "Su organización",
          side: amountCentimos === null ? null : soles(amountCentimos),
          lines: [
            said[state],
            conditions.length > 0 ? `Con esta condición: ${conditionList(conditions)}.` : null,
          ],
        }),
      ),
      ...(guarantee?.state === "standing"
        ? [
            row({
              title: `${guarantee.agreed} vecinas y vecinos`,
              lines: ["responden por usted, cada quien por su parte"],
            }),
          ]
        : []),
    ])}`;
}

type Backing = {
  readonly credit: Credit;
  readonly organizations: Standing["organizations"];
  readonly guarantee: CreditStanding["guarantee"];
  readonly byOrganization: boolean;
  readonly byNeighbours: boolean;
};

/** Asking one's organization or neighbours to answer for it, where they were not asked yet. */
export function backingWays(
  visit: SignedVisit,
  { credit, organizations, guarantee, byOrganization, byNeighbours }: Backing,
  attempt: Attempt | null,
): Content[] {
  const asked = credit.endorsements.filter(({ state }) => state !== "refused" && state !== "released");
  const left = organizations.filter(({ id }) => !asked.some(({ organizationId }) => organizationId === id));
  return [
    byOrganization && left.length > 0 ? endorsementForm(visit, left, attempt) : null,
    byNeighbours && guarantee?.state !== "gathering" && guarantee?.state !== "standing"
      ? wayLink(`/mi/credito/${credit.id}/grupo`, "Juntar tres vecinos que respondan por mí")
      : null,
  ];
}

export const wayLink = (href: string, words: string): Html =>
  html`<p><a class="more" href="${href}">${words}</a></p>`;

function endorsementForm(
  visit: SignedVisit,
  organizations: Standing["organizations"],
  attempt: Attempt | null,
): Html {
  const [only, ...others] = organizations;
  const state = formState(attempt, "aval", { organizacion: only?.id });
  return form(
    visit,
    state,
    others.length === 0
      ? html`${hidden("organizacion", only?.id ?? "")}
          <p class="quiet">
            Así ${only?.name ?? "su organización"} se entera de este crédito: cuánto pide y para qué. Nadie
            más.
          </p>
          ${submit(`Pedir el aval de ${only?.name ?? "mi organización"}`, { quiet: true })}`
      : html`${selectField(state, {
          name: "organizacion",
          label: "¿A qué organización le pide su aval?",
          hint: "Esa organización se entera de este crédito: cuánto pide y para qué. Nadie más.",
          options: organizations.map(({ id, name }) => ({ value: id, words: name })),
        })}${submit("Pedir su aval", { quiet: true })}`,
  );
}
