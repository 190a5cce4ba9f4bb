import type { CreditProduct } from "@minka/contracts/credit-products";
import type { readCreditStanding } from "@minka/contracts/credit-standings";
import type { Obtaining } from "@minka/contracts/credit-words";
import type { Credit } from "@minka/contracts/credits";
import type { Answer } from "@minka/contracts/endpoint";
import { word } from "@minka/language/texts";
import { actionButton, form, hidden, optionsField, selectField, submit } from "../../design/fields.ts";
import { html, type Content, type Html } from "../../design/html.ts";
import { facts, row, rows, waits } from "../../design/parts.ts";
import { formState, type Attempt } from "../../forms/attempt.ts";
import type { Standing } from "../../frame/standing.ts";
import type { View } from "../../visits/page.ts";
import type { SignedVisit } from "../../visits/visit.ts";
import { dayWords, joinWords, soles } from "../../words/field-words.ts";
import { needs } from "./compare-view.ts";
import { askedWords, conditionList, instalmentWords, onDay } from "./say-credit.ts";

export type CreditStanding = Answer<typeof readCreditStanding>;

type Draft = {
  readonly credit: Credit;
  readonly chosen: CreditProduct | null;
  readonly standing: CreditStanding;
  readonly organizations: Standing["organizations"];
  readonly names: ReadonlyMap<string, string>;
};

/** What was chosen, what is still missing for it, and sending it. */
export function draftView(visit: SignedVisit, draft: Draft, attempt: Attempt | null): View {
  const { credit, chosen, standing } = draft;
  const lender = credit.chosen?.lenderName ?? "";
  const waiting = waitingWords(draft, visit.today);
  return {
    title: "Revise y envíe",
    main: html`<h1>${waiting ? "Su pedido está casi listo" : `Revise y envíe su pedido a ${lender}`}</h1>
      ${waiting ? waits(waiting) : null}
      ${facts([
        ["Pide", `${askedWords(credit)}, para ${word("purpose", credit.purpose)}`],
        ["A", `${lender}, ${credit.chosen?.title ?? ""}`],
        chosen && ["Recibe", soles(chosen.receivedCentimos)],
        chosen && ["Paga", instalmentWords(chosen.instalments, chosen.instalmentCentimos)],
        chosen && ["Devuelve en todo", soles(chosen.totalCentimos)],
        chosen && ["Última cuota", dayWords(chosen.lastDueOn, visit.today)],
      ])}
      <p>
        <a class="more" href="/mi/credito/${credit.id}?ver=opciones">Ver los otros créditos</a>
      </p>
      ${chosen ? needs(chosen) : null} ${vouching(draft)} ${ways(visit, draft, attempt)}
      ${sendForm(visit, draft, attempt)}
      ${actionButton(visit, formState(attempt, "retirar"), "Ya no quiero este crédito", { quiet: true })}
      ${standing.until ? html`<p class="quiet">Si no lo envía hasta el ${onDay(standing.until, visit.today)}, se borra solo.</p>` : null}`,
  };
}

function waitingWords({ standing, names, credit }: Draft, today: string): string | null {
  const until = standing.until
    ? ` Si no, usted puede enviarlo igual hasta el ${onDay(standing.until, today)}.`
    : "";
  if (standing.waitsFor === "organization") {
    const asked = credit.endorsements
      .filter(({ state }) => state === "asked" || state === "proposed")
      .map(({ organizationId }) => names.get(organizationId) ?? "su organización");
    return `${joinWords(asked)} tiene que decir si da su aval. Le avisamos por SMS.${until}`;
  }
  if (standing.waitsFor === "guarantors" && standing.guarantee)
    return `Sus vecinos tienen que responder: dijeron que sí ${standing.guarantee.agreed} de ${standing.guarantee.named}. Le avisamos por SMS.`;
  return null;
}

function vouching({ credit, names, standing: { guarantee } }: Draft): Content {
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

/** How what is missing can be got, each way once. */
function ways(visit: SignedVisit, draft: Draft, attempt: Attempt | null): Content {
  const { credit, chosen, organizations, standing } = draft;
  const missing = chosen?.requirements.filter(({ met }) => !met) ?? [];
  const open = new Set<Obtaining>(missing.flatMap(({ wouldDo }) => wouldDo.map(({ how }) => how)));
  const asked = credit.endorsements.filter(({ state }) => state !== "refused" && state !== "released");
  const left = organizations.filter(({ id }) => !asked.some(({ organizationId }) => organizationId === id));
  const list: Content[] = [
    open.has("ask_endorsement") && left.length > 0 ? endorsementForm(visit, left, attempt) : null,
    open.has("name_guarantors") && standing.guarantee?.state !== "gathering"
      ? link(`/mi/credito/${credit.id}/grupo`, "Juntar tres vecinos que respondan por mí")
      : null,
    open.has("ask_visit") ? link("/pedir?tipo=assistance", "Pedir una visita técnica") : null,
    open.has("join_organization") ? link("/organizaciones", "Buscar una organización") : null,
    open.has("say_you_have_it")
      ? link(`/mi/credito/${credit.id}/cambiar`, "Decir que tengo lo que falta")
      : null,
  ].filter(Boolean);
  return list.length > 0
    ? html`<h2>Cómo juntar lo que falta</h2>
        ${list}`
    : null;
}

const link = (href: string, words: string): Html => html`<p><a class="more" href="${href}">${words}</a></p>`;

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

function sendForm(visit: SignedVisit, { credit, chosen }: Draft, attempt: Attempt | null): Html {
  const history = credit.consents.find(({ consent }) => consent === "history");
  const state = formState(attempt, "enviar", {
    historia: history?.given === true ? "si" : history?.given === false ? "no" : undefined,
  });
  const lender = credit.chosen?.lenderName ?? "";
  const isMissing = chosen?.requirements.some(({ met }) => !met) ?? false;
  return form(
    visit,
    state,
    html`${hidden("version", credit.version)}${hidden("entidad", credit.chosen?.lenderId ?? "")}
      ${
        history
          ? optionsField(state, {
              name: "historia",
              label: `¿Puede ${lender} ver lo que usted hizo en Minka?`,
              hint: "Solo cantidades: cosecha entregada, compras pagadas, visitas y meses de socia o socio. Solo para este crédito.",
              options: [
                { value: "si", words: "Sí, que lo vea: ayuda a que me crean" },
                { value: "no", words: "No, que no lo vea" },
              ],
            })
          : null
      }
      ${submit(`${isMissing ? "Enviar igual" : "Enviar"} a ${lender} · ${soles(credit.amountCentimos)}`)}
      <p class="quiet">${lender} verá su nombre, su distrito, lo que pide y quién responde por usted.</p>`,
  );
}

/** Another asks in the borrower's name: they say first whether they want that. */
export function originationView(
  visit: SignedVisit,
  { credit, name }: { credit: Credit; name: string | null },
  attempt: Attempt | null,
): View {
  const { interest, way } = credit.through;
  const answer = (acepta: "si" | "no", words: string) =>
    actionButton(visit, formState(attempt, "permiso", {}, { acepta }), words, {
      values: { acepta },
      quiet: acepta === "no",
    });
  return {
    title: "¿Quiere este crédito?",
    main: html`<h1>${name ?? "Alguien"} quiere pedir un crédito para usted</h1>
      ${facts([
        ["Pide", `${askedWords(credit)}, para ${word("purpose", credit.purpose)}`],
        ["Quién lo pide", way === "broker" ? "de su organización" : "técnica o técnico"],
        interest !== null && ["Qué gana con esto", word("credit_interest", interest)],
      ])}
      <p>El crédito sería suyo: usted lo devuelve. Si dice que no, no se pide nada.</p>
      ${answer("si", `Sí, que lo pida en mi nombre`)} ${answer("no", "No quiero ese crédito")}`,
  };
}
