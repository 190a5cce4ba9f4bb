import type { CreditProduct } from "@minka/contracts/credit-products";
import type { Obtaining } from "@minka/contracts/credit-words";
import type { Credit } from "@minka/contracts/credits";
import { word } from "@minka/language/texts";
import { actionButton, form, hidden, optionsField, submit } from "../../design/fields.ts";
import { html, type Content, type Html } from "../../design/html.ts";
import { facts, waits } from "../../design/parts.ts";
import { formState, type Attempt } from "../../forms/attempt.ts";
import type { Standing } from "../../frame/standing.ts";
import type { View } from "../../visits/page.ts";
import type { SignedVisit } from "../../visits/visit.ts";
import { dayWords, joinWords, soles } from "../../words/field-words.ts";
import { backingPart, backingWays, wayLink, type CreditStanding } from "./backing-part.ts";
import { needs } from "./compare-view.ts";
import { askedWords, instalmentWords, onDay } from "./say-credit.ts";
import { withdrawPart } from "./withdraw-part.ts";

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
      ${chosen ? needs(credit, chosen) : null} ${backingPart(draft)} ${ways(visit, draft, attempt)}
      ${sendForm(visit, draft, attempt)} ${withdrawPart(visit, formState(attempt, "retirar"))}
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

/** How what is missing can be got, each way once. */
function ways(visit: SignedVisit, draft: Draft, attempt: Attempt | null): Content {
  const { credit, chosen, organizations, standing } = draft;
  const missing = chosen?.requirements.filter(({ met }) => !met) ?? [];
  const open = new Set<Obtaining>(missing.flatMap(({ wouldDo }) => wouldDo.map(({ how }) => how)));
  const list: Content[] = [
    ...backingWays(
      visit,
      {
        credit,
        organizations,
        guarantee: standing.guarantee,
        byOrganization: open.has("ask_endorsement"),
        byNeighbours: open.has("name_guarantors"),
      },
      attempt,
    ),
    open.has("ask_visit") ? wayLink("/pedir?tipo=assistance", "Pedir una visita técnica") : null,
    open.has("join_organization") ? wayLink("/organizaciones", "Buscar una organización") : null,
    open.has("say_you_have_it")
      ? wayLink(`/mi/credito/${credit.id}/cambiar`, "Decir que tengo lo que falta")
      : null,
  ].filter(Boolean);
  return list.length > 0
    ? html`<h2>Cómo juntar lo que falta</h2>
        ${list}`
    : null;
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
          ? html`${hidden("pregunta", "historia")}${optionsField(state, {
              name: "historia",
              label: `¿Puede ${lender} ver lo que usted hizo en Minka?`,
              hint: "Solo cantidades: cosecha entregada, compras pagadas, visitas y meses de socia o socio. Solo para este crédito.",
              options: [
                { value: "si", words: "Sí, que lo vea: ayuda a que me crean" },
                { value: "no", words: "No, que no lo vea" },
              ],
            })}`
          : null
      }
      ${submit(`${isMissing ? "Enviar igual" : "Enviar"} a ${lender} · ${soles(credit.amountCentimos)}`)}
      <p class="quiet">
        ${lender} verá su nombre, su celular si es solo de usted, su distrito, lo que pide y quién responde
        por usted.
      </p>`,
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
