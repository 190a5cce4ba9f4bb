import { quoteOffer, readOffer } from "@minka/contracts/offers";
import type { Answer } from "@minka/contracts/endpoint";
import { z } from "zod";
import { form, moneyField, numberField, submit } from "../../design/fields.ts";
import { html, type Content, type Html } from "../../design/html.ts";
import { actionLink, facts, notice } from "../../design/parts.ts";
import { formState, type Attempt } from "../../forms/attempt.ts";
import * as kinds from "../../forms/field-kinds.ts";
import { goTo } from "../../visits/destination.ts";
import { action, publicPage } from "../../visits/page.ts";
import type { Visit } from "../../visits/visit.ts";
import {
  counted,
  dayWords,
  joinWords,
  kindWords,
  offerTitle,
  providerWords,
  soles,
} from "../../words/field-words.ts";
import { conditionWords } from "../../words/offer-words.ts";
import { offerDetails, priceFor, unitOf } from "./offer-details.ts";
import { offerFacts } from "./offer-facts.ts";
import { costOf, type Offer } from "./offer-row.ts";
import { readStandings, standingWords } from "./standing-words.ts";

type Loan = Answer<typeof quoteOffer>;

const mostPacks = 100_000;
const loanFields = z.object({
  monto: kinds.money({ least: 1 }).required,
  meses: kinds.wholeNumber({ least: 1, most: 120 }).required,
});
const packFields = z.object({ cantidad: kinds.wholeNumber({ least: 1, most: mostPacks }).required });

/** One offer with all its terms: what it costs for how many, and how to ask for it. */
export const offerPage = publicPage("/ofertas/:offerId")({
  async read(visit) {
    const { offer } = await visit.call(readOffer, { params: { offerId: visit.params.offerId } });
    const standings = await readStandings(visit, [offer.provider.id]);
    const asked = loanFields.safeParse(visit.query);
    const loan =
      offer.terms.kind === "credit" && asked.success
        ? await visit.callIfAny(quoteOffer, {
            params: { offerId: offer.id },
            body: { amountCentimos: asked.data.monto, months: asked.data.meses },
          })
        : null;
    return { offer, standing: standingWords(standings.get(offer.provider.id)), loan };
  },
  show(visit, { offer, standing, loan }, attempt) {
    const { terms, provider } = offer;
    const title = offerTitle(terms);
    return {
      title: `${title}, ${provider.name}`,
      description: `${kindWords[terms.kind]} de ${provider.name}. ${conditionWords(terms, offer.coverage, visit.today)}`,
      canonical: `/ofertas/${offer.id}`,
      facts: offerFacts(offer),
      main: html`<h1>${terms.kind === "assistance" ? `Visita técnica: ${title.toLowerCase()}` : title}</h1>
        <p class="lead">
          <a href="/atiende/${provider.id}">${provider.name}</a>
          <span class="quiet"
            >· ${joinWords(provider.kinds.map((kind) => providerWords[kind]))} · ${standing}</span
          >
        </p>
        ${costLine(terms)} ${actionLink(`/pedir?oferta=${offer.id}`, askWords(offer))}
        <p class="quiet">
          Pedir no le obliga a nada: ${provider.name} responde primero si puede y usted decide.
        </p>
        ${terms.note ? notice(terms.note) : null} ${forHowMany(visit, offer, loan, attempt)}
        <h2>Qué debe saber</h2>
        ${facts([
          ...offerDetails(offer, visit.today),
          ["Precio confirmado", `El ${dayWords(offer.confirmedOn, visit.today)}`],
        ])}
        <p>
          <a class="more" href="/atiende/${provider.id}">Ver todo lo que ofrece ${provider.name}</a>
        </p>`,
    };
  },
  actions: {
    cuotas: action(
      loanFields,
      async (visit, { monto, meses }) => {
        const { offerId } = visit.params;
        // What the lender does not lend is said beside the form.
        await visit.call(quoteOffer, { params: { offerId }, body: { amountCentimos: monto, months: meses } });
        return goTo(`/ofertas/${offerId}?monto=${monto / 100}&meses=${meses}#cuotas`);
      },
      (name) => ({ "body.amountCentimos": "monto", "body.months": "meses" })[name],
    ),
    cantidad: action(packFields, async (visit, { cantidad }) => {
      const { offerId } = visit.params;
      return goTo(`/ofertas/${offerId}?cantidad=${cantidad}#cuanto`);
    }),
  },
});

function costLine(terms: Offer["terms"]): Html {
  const { amount, per } = costOf(terms);
  return html`<p>${amount ? html`<strong class="sum">${amount}</strong> ` : null}${per}</p>`;
}

export function askWords({ terms }: Pick<Offer, "terms">): string {
  switch (terms.kind) {
    case "assistance":
      return terms.pricePerVisitCentimos === 0
        ? "Pedir esta visita · gratis"
        : `Pedir esta visita · ${soles(terms.pricePerVisitCentimos)}`;
    case "training":
      return "Pedir un cupo";
    case "credit":
      return "Pedir este crédito";
    case "purchase":
      return "Ofrecerle mi cosecha";
    default:
      return "Pedir esto";
  }
}

function forHowMany(visit: Visit, offer: Offer, loan: Loan | null, attempt: Attempt | null): Content {
  const { terms } = offer;
  if (terms.kind === "credit") return instalments(visit, offer, loan, attempt);
  if (terms.kind !== "input" && terms.kind !== "equipment") return null;
  const [first] = terms.tiers;
  if (terms.tiers.length === 1 && first?.minimumPacks === 1) return null;
  const unit = unitOf(terms) ?? "unidad";
  const asked = packFields.safeParse(visit.query);
  const packs = asked.success ? asked.data.cantidad : null;
  const price = packs === null ? null : priceFor(terms, packs);
  const state = formState(attempt, "cantidad", { cantidad: visit.query["cantidad"] });
  return html`<h2 id="cuanto">Según cuánto lleva</h2>
    ${facts(terms.tiers.map(({ minimumPacks, priceCentimos }) => [minimumPacks === 1 ? "Desde 1" : `Desde ${minimumPacks}`, `${soles(priceCentimos)} cada ${unit}`]))}
    ${
      packs === null
        ? null
        : html`<p>
            ${
              price
                ? html`Por ${packs}: <strong>${soles(price.totalCentimos)}</strong>, a
                    ${soles(price.eachCentimos)} cada ${unit}.`
                : `Vende desde ${first?.minimumPacks ?? 1}.`
            }
          </p>`
    }
    ${form(
      visit,
      state,
      html`${numberField(state, { name: "cantidad", label: "¿Cuántos quiere?", inputmode: "numeric", maxlength: 7 })}${submit("Ver cuánto sería", { quiet: true })}`,
      { to: `/ofertas/${offer.id}#cuanto` },
    )}`;
}

function instalments(visit: Visit, offer: Offer, loan: Loan | null, attempt: Attempt | null): Html {
  const { terms } = offer;
  if (terms.kind !== "credit") return html``;
  const { example } = terms;
  const state = formState(attempt, "cuotas", {
    monto: visit.query["monto"] ?? example.amountCentimos / 100,
    meses: visit.query["meses"] ?? example.months,
  });
  return html`<h2 id="cuotas">Cuánto se paga</h2>
    ${loan ? quoted(visit, loan) : exampleWords(terms)}
    ${form(
      visit,
      state,
      html`${moneyField(state, { name: "monto", label: "¿Cuánto necesita?", maxlength: 12 })}${numberField(state, { name: "meses", label: "¿En cuántos meses lo devuelve?", unit: "meses", inputmode: "numeric", maxlength: 3 })}${submit("Ver mis cuotas", { quiet: true })}`,
      { to: `/ofertas/${offer.id}#cuotas` },
    )}`;
}

function exampleWords({ example }: Extract<Offer["terms"], { kind: "credit" }>): Html {
  const paid =
    example.instalments === 1
      ? "en una sola cuota"
      : `en ${example.instalments} cuotas de hasta ${soles(example.instalmentCentimos)}`;
  return html`<p>
    Por ejemplo: por ${soles(example.amountCentimos)} a ${counted(example.months, "mes", "meses")} devuelve
    <strong>${soles(example.totalCentimos)}</strong>, ${paid}. TCEA ${example.fullCostPercent} %.
  </p>`;
}

function quoted({ query, today }: Visit, loan: Loan): Html {
  const { instalments: all, receivedCentimos, totalCentimos, costCentimos, fullCostPercent } = loan;
  return html`<p>
      Por ${soles(Math.round(Number(query["monto"]) * 100))} a
      ${counted(Number(query["meses"]), "mes", "meses")} devuelve en total
      <strong>${soles(totalCentimos)}</strong>: ${soles(costCentimos)} más de lo que pide. TCEA
      ${fullCostPercent} %.
    </p>
    ${facts([
      ["Recibe en la mano", soles(receivedCentimos)],
      ...all
        .slice(0, 60)
        .map(
          ({ number, dueOn, totalCentimos: due }) =>
            [`Cuota ${number}, ${dayWords(dueOn, today)}`, soles(due)] as const,
        ),
    ])}
    <p class="quiet">Si lo recibiera hoy. El prestamista confirma las cuotas antes de que usted firme.</p>`;
}
