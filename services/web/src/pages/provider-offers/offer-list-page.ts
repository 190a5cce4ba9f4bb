import { confirmOffer } from "@minka/contracts/catalog";
import { offeredBy } from "@minka/contracts/check-offer-terms";
import { offerSummary } from "@minka/contracts/offer-summary";
import { listOfferRecords } from "@minka/contracts/offers";
import { publicTerms } from "@minka/contracts/public-terms";
import { readStanding } from "@minka/contracts/standings";
import { kinds as offerKinds } from "@minka/domain/vocabulary";
import type { Answer } from "@minka/contracts/endpoint";
import { z } from "zod";
import { actionButton } from "../../design/fields.ts";
import { html, type Content, type Html } from "../../design/html.ts";
import { actionLink, stateChips, empty, pager, row, rows, withQuery } from "../../design/parts.ts";
import { formState, type Attempt } from "../../forms/attempt.ts";
import * as kinds from "../../forms/field-kinds.ts";
import { askedOf } from "../../visits/asked.ts";
import { goTo } from "../../visits/destination.ts";
import { action, signedPage } from "../../visits/page.ts";
import { kindWords, offerTitle, soles } from "../../words/field-words.ts";
import { providerPath, readOwnProvider, stateNotice, type ProviderVisit } from "../provider/own-provider.ts";
import { kindSlugs } from "./kind-forms.ts";
import { freshnessWords, offerMark, stateOptions, type Stage } from "./offer-state.ts";

type OfferRecord = Answer<typeof listOfferRecords>["items"][number];

const chosenState = (visit: ProviderVisit) =>
  askedOf(
    visit,
    "estado",
    stateOptions.map(({ value }) => value),
  ) as OfferRecord["state"] | undefined;

async function readOffers(visit: ProviderVisit) {
  const { providerId } = visit.params;
  const provider = await readOwnProvider(visit);
  const state = chosenState(visit);
  const [offers, standing] = await Promise.all([
    visit.call(listOfferRecords, {
      params: { providerId },
      query: {
        limit: 20,
        ...(state ? { state } : {}),
        ...(visit.query["desde"] ? { cursor: visit.query["desde"] } : {}),
      },
    }),
    provider.as === "manager" ? visit.callIfAny(readStanding, { params: { providerId } }) : null,
  ]);
  const stages = new Map<string, Stage>(standing?.offers.map(({ offerId, stage }) => [offerId, stage]));
  return { provider, offers, stages, state };
}
type Offers = Awaited<ReturnType<typeof readOffers>>;

/** What a provider offers, and which of it has to be confirmed. */
export const offerListPage = signedPage("/mi-servicio/:providerId/ofertas")({
  read: readOffers,
  show: (visit: ProviderVisit, data, attempt) => ({
    title: `Ofertas de ${data.provider.name}`,
    desk: true,
    main: html`<h1>${heading(data)}</h1>
      ${stateNotice(data.provider)} ${filter(visit, data)} ${list(visit, data, attempt)}
      ${pager(visit.path, visit.query, data.offers.next)} ${adding(data)}`,
  }),
  actions: {
    vale: action(z.object({ oferta: kinds.id() }), async (visit: ProviderVisit, { oferta }) => {
      await visit.call(confirmOffer, { params: { offerId: oferta } });
      return goTo(withQuery(visit.path, { estado: visit.query["estado"] }), "vale");
    }),
  },
  notices: {
    vale: "Gracias. La oferta sigue valiendo desde hoy.",
    retirada: "La oferta está retirada. Ya no se ve.",
  },
});

function heading({ provider, stages }: Offers): string {
  const waiting = [...stages.values()].filter((stage) => stage !== "fresh").length;
  if (waiting === 0) return `Lo que ofrece ${provider.name}`;
  return waiting === 1 ? "Diga si 1 oferta todavía vale" : `Diga si ${waiting} ofertas todavía valen`;
}

const filter = (visit: ProviderVisit, { state, offers }: Offers): Content =>
  stateChips(visit, {
    label: "Estado de las ofertas",
    all: "Todas",
    states: stateOptions.map(({ value, words }) => [value, words] as const),
    current: state,
    rows: offers.items.length,
  });

function list(visit: ProviderVisit, data: Offers, attempt: Attempt | null): Content {
  const { offers, stages, state } = data;
  if (offers.items.length === 0)
    return empty(
      state === undefined
        ? "Todavía no hay ofertas. Ponga la primera: unos minutos, y la ven quienes viven cerca."
        : "Ninguna oferta está así.",
    );
  // Those that wait come first, as far as this page of the list has them.
  const waits = ({ id }: OfferRecord) => (stages.get(id) ?? "fresh") !== "fresh";
  const sorted = [...offers.items.filter(waits), ...offers.items.filter((offer) => !waits(offer))];
  return rows(sorted.map((offer) => offerRow(visit, data, offer, attempt)));
}

function offerRow(
  visit: ProviderVisit,
  { stages }: Offers,
  offer: OfferRecord,
  attempt: Attempt | null,
): Html {
  const { id, providerId, state, terms, confirmedOn } = offer;
  const stage = stages.get(id);
  const { priceCentimos, priceUnit } = offerSummary(terms);
  const price = priceCentimos === null ? null : priceCentimos === 0 ? "Gratis" : soles(priceCentimos);
  const of = { oferta: id };
  return row({
    title: offerTitle(publicTerms(terms, visit.today)),
    href: providerPath(providerId, `/ofertas/${id}`),
    side: html`${price}${price !== null && priceUnit && priceCentimos !== 0 ? html`<small class="quiet">por ${priceUnit}</small>` : null}`,
    lines: [
      html`${offerMark(state)} ${kindWords[terms.kind]}`,
      state === "published" ? freshnessWords(confirmedOn, visit.today, stage) : null,
    ],
    more:
      state === "published" && stage !== undefined && stage !== "fresh"
        ? actionButton(visit, formState(attempt, "vale", {}, of), "Todavía vale", { values: of, quiet: true })
        : null,
  });
}

function adding({ provider }: Offers): Content {
  if (provider.state === "closed") return null;
  const may = offerKinds.filter((kind) => provider.kinds.some((one) => offeredBy[one].includes(kind)));
  const goods = may.some((kind) => ["input", "equipment", "service"].includes(kind));
  return html`<h2>Poner una oferta nueva</h2>
    <ul class="choices">
      ${may.map((kind) => html`<li><a href="${providerPath(provider.id, `/ofertas/nueva?tipo=${kindSlugs[kind]}`)}">${kindWords[kind]}</a></li>`)}
    </ul>
    ${goods ? html`<p>${actionLink(providerPath(provider.id, "/ofertas/lista"), "Subir una lista de precios", { quiet: true })}</p>` : null}`;
}
