import { confirmOffer } from "@minka/contracts/catalog";
import type { Answer } from "@minka/contracts/endpoint";
import { offerSummary } from "@minka/contracts/offer-summary";
import {
  changeOffer,
  editOffer,
  readOfferRecord,
  readOfferVersion,
  type OfferChange,
} from "@minka/contracts/offers";
import { publicTerms } from "@minka/contracts/public-terms";
import { DomainError } from "@minka/domain/errors";
import { addDays, limaDay } from "@minka/domain/lima-time";
import { kinds as offerKinds, type Kind } from "@minka/domain/vocabulary";
import { z } from "zod";
import { actionButton, form, hidden, onceMore, submit } from "../../design/fields.ts";
import { html, type Content, type Html } from "../../design/html.ts";
import { facts, notice, waits } from "../../design/parts.ts";
import { formState, type Attempt } from "../../forms/attempt.ts";
import * as kinds from "../../forms/field-kinds.ts";
import { goTo } from "../../visits/destination.ts";
import { action, signedPage, type View } from "../../visits/page.ts";
import type { SignedVisit } from "../../visits/visit.ts";
import { dayWords, joinWords, kindWords, offerTitle, soles, timeWords } from "../../words/field-words.ts";
import { conditionWords } from "../../words/offer-words.ts";
import { areaLine } from "../provider/coverage-field.ts";
import { providerPath, readOwnProvider, stateNotice } from "../provider/own-provider.ts";
import { actionOf, fieldOf, fieldsOf, showFields, stateOf } from "./kind-forms.ts";
import { both } from "./kind-form.ts";
import { changeWords, freshnessWords, offerMark } from "./offer-state.ts";

type OfferVisit = SignedVisit<{ providerId: string; offerId: string }>;

async function readOffer(visit: OfferVisit) {
  const { providerId, offerId } = visit.params;
  const provider = await readOwnProvider(visit);
  const { offer } = await visit.call(readOfferRecord, { params: { offerId } });
  if (offer.providerId !== providerId) throw new DomainError("not-found", "no-such-page", "Nothing is here.");
  const version = Number(visit.query["version"]);
  const earlier =
    Number.isInteger(version) && version > 0 && version < offer.version
      ? await visit.callIfAny(readOfferVersion, { params: { offerId, version } })
      : null;
  const names = await visit.namesOf(offer.versions.map(({ by }) => personOf(by)));
  return { provider, offer, earlier, names };
}
type Data = Awaited<ReturnType<typeof readOffer>>;
type Offer = Answer<typeof readOfferRecord>["offer"];

/** As audits write who it was: "person:<id>", or both where one acted for another. */
const personOf = (by: string): string | undefined => /[\da-f]{8}-[\da-f-]{27}/.exec(by)?.[0];

function offerView(visit: OfferVisit, data: Data, attempt: Attempt | null): View {
  const { provider, offer, earlier } = data;
  const name = offerTitle(publicTerms(offer.terms, visit.today));
  return {
    title: name,
    desk: true,
    main: html`<h1>${name}</h1>
      ${stateNotice(provider)} ${earlier ? earlierVersion(visit, earlier) : null} ${known(visit, offer)}
      ${steps(visit, offer, attempt)} ${edit(visit, data, attempt)} ${versions(visit, data)}`,
  };
}

function known({ today }: OfferVisit, { state, terms, coverage, confirmedOn, expiresAt }: Offer): Html {
  const shown = publicTerms(terms, today);
  const { priceCentimos, priceUnit } = offerSummary(terms);
  return html`<p>${offerMark(state)}</p>
    ${state === "published" ? waits(freshnessWords(confirmedOn, today, undefined)) : null}
    ${facts([
      ["Qué es", kindWords[terms.kind]],
      priceCentimos !== null && [
        "Precio",
        priceCentimos === 0 ? "Gratis" : `${soles(priceCentimos)}${priceUnit ? ` por ${priceUnit}` : ""}`,
      ],
      ["Llega a", joinWords(coverage.map(areaLine))],
      expiresAt !== null && ["Termina sola", dayWords(limaDay(new Date(expiresAt)), today)],
    ])}
    <p>${conditionWords(shown, coverage, today)}</p>`;
}

/** So long nobody doubts that an offer holds. */
const recentDays = 14;

/** One main step, the others quietly; what cannot be undone last. */
function steps(visit: OfferVisit, { state, allowed, confirmedOn }: Offer, attempt: Attempt | null): Content {
  const stateFor = (cambio: OfferChange) => formState(attempt, "cambiar", {}, { cambio });
  const change = (cambio: OfferChange, look: { quiet?: boolean } = {}) =>
    allowed.includes(cambio)
      ? actionButton(visit, stateFor(cambio), changeWords[cambio], { values: { cambio }, ...look })
      : null;
  const recent = confirmedOn > addDays(visit.today, -recentDays);
  return html`${state === "published" && confirmedOn < visit.today ? actionButton(visit, formState(attempt, "vale"), "Todavía vale", { quiet: recent }) : null}
  ${change("publish")} ${change("resume")} ${change("pause", { quiet: true })}
  ${
    allowed.includes("withdraw")
      ? onceMore(visit, stateFor("withdraw"), {
          first: changeWords.withdraw,
          says: "Nadie la ve más y no se puede volver a publicar. Lo que ya se acordó sigue igual. Para parar unos días, póngala en pausa.",
          words: "Sí, retirar esta oferta",
          values: { cambio: "withdraw" },
        })
      : null
  }`;
}

function edit(visit: OfferVisit, { offer }: Data, attempt: Attempt | null): Content {
  if (offer.state === "withdrawn") return null;
  const { kind } = offer.terms;
  const state = stateOf(attempt, kind, { terms: offer.terms, coverage: offer.coverage });
  return html`<details ${attempt?.action === actionOf(kind) ? html` open` : null}>
    <summary>Cambiar precio o condiciones</summary>
    <p class="quiet">Lo que ya se pidió queda con las condiciones de antes.</p>
    ${form(
      visit,
      state,
      html`${hidden("version", offer.version)}${showFields(kind, state)}${submit("Guardar los cambios")}`,
    )}
  </details>`;
}

function versions(visit: OfferVisit, { offer, names }: Data): Content {
  if (offer.versions.length < 2) return null;
  return html`<details>
    <summary>Cambios anteriores (${offer.versions.length - 1})</summary>
    <ul class="choices">
      ${offer.versions.map(({ version, since, by }) => {
        const name = names.get(personOf(by) ?? "");
        const when = `${dayWords(limaDay(new Date(since)), visit.today)}, ${timeWords(since)}`;
        const said = `${when}${name ? `: ${name}` : ""}`;
        return html`<li>
          ${version === offer.version ? html`${said} (la de ahora)` : html`<a href="${visit.path}?version=${version}">${said}</a>`}
        </li>`;
      })}
    </ul>
  </details>`;
}

function earlierVersion(
  { today, path }: OfferVisit,
  { terms, coverage, since }: Answer<typeof readOfferVersion>,
): Html {
  const shown = publicTerms(terms, today);
  const { priceCentimos } = offerSummary(terms);
  return notice(
    html`Así era desde el ${dayWords(limaDay(new Date(since)), today)}:
      <strong>${offerTitle(shown)}</strong>${priceCentimos === null ? "" : `, ${soles(priceCentimos)}`}.
      ${conditionWords(shown, coverage, today)} <a href="${path}">Ver la de ahora</a>`,
  );
}

const versionField = z.object({ version: kinds.wholeNumber({ least: 1 }).required });

const save = (kind: Kind) =>
  action(
    both(fieldsOf(kind), versionField),
    async (visit: OfferVisit, [[terms, { cobertura }], { version }]) => {
      const { offerId } = visit.params;
      await visit.call(editOffer, { params: { offerId }, body: { version, terms, coverage: cobertura } });
      return goTo(visit.path, "guardada");
    },
    fieldOf(kind),
  );

/** One offer: what it says, whether it holds, and its life. */
export const offerPage = signedPage("/mi-servicio/:providerId/ofertas/:offerId")({
  read: readOffer,
  show: offerView,
  actions: {
    vale: action(z.object({}), async (visit: OfferVisit) => {
      await visit.call(confirmOffer, { params: { offerId: visit.params.offerId } });
      return goTo(visit.path, "vale");
    }),
    cambiar: action(
      z.object({ cambio: kinds.choice(["publish", "pause", "resume", "withdraw"]).required }),
      async (visit: OfferVisit, { cambio }) => {
        const { providerId, offerId } = visit.params;
        const { state } = await visit.call(changeOffer, { params: { offerId }, body: { change: cambio } });
        return state === "withdrawn"
          ? goTo(providerPath(providerId, "/ofertas"), "retirada")
          : goTo(visit.path, state);
      },
    ),
    ...Object.fromEntries(offerKinds.map((kind) => [actionOf(kind), save(kind)])),
  },
  notices: {
    publicada: "Guardada y publicada. La ven cuando su registro está activo.",
    borrador: "Guardada como borrador. Solo la ven ustedes.",
    guardada: "Guardada. Quien pide desde ahora ve lo nuevo.",
    vale: "Gracias. La oferta sigue valiendo desde hoy.",
    published: "Publicada: ya se ve.",
    paused: "En pausa: nadie la ve hasta que usted la vuelva a publicar.",
  },
});
