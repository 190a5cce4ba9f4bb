import { offeredBy } from "@minka/contracts/check-offer-terms";
import { publishOffer } from "@minka/contracts/offers";
import { readProvider, readProviderRecord } from "@minka/contracts/providers";
import { kinds as offerKinds, type Kind } from "@minka/domain/vocabulary";
import { z } from "zod";
import { form, submit, tickField } from "../../design/fields.ts";
import { html } from "../../design/html.ts";
import type { Attempt } from "../../forms/attempt.ts";
import * as kinds from "../../forms/field-kinds.ts";
import { goTo } from "../../visits/destination.ts";
import { action, signedPage, type View } from "../../visits/page.ts";
import { kindWords } from "../../words/field-words.ts";
import { providerPath, readOwnProvider, type ProviderVisit } from "../provider/own-provider.ts";
import { pointText } from "../provider/point-field.ts";
import { actionOf, fieldOf, fieldsOf, kindOfSlug, kindSlugs, showFields, stateOf } from "./kind-forms.ts";
import { both, type Defaults } from "./kind-form.ts";

async function readNew(visit: ProviderVisit) {
  const params = { providerId: visit.params.providerId };
  const provider = await readOwnProvider(visit);
  // Who only looks after the offers sees what everybody sees.
  const own =
    provider.as === "manager" ? (await visit.callIfAny(readProviderRecord, { params }))?.provider : undefined;
  const seen = own ?? (await visit.callIfAny(readProvider, { params }))?.provider;
  return {
    provider,
    agent: own?.agent ?? null,
    coverage: seen?.coverage ?? [],
    districtCode: seen?.districtCode,
  };
}
type New = Awaited<ReturnType<typeof readNew>>;

const chosenKind = (visit: ProviderVisit, { provider }: New): Kind | undefined => {
  const may = offerKinds.filter((kind) => provider.kinds.some((one) => offeredBy[one].includes(kind)));
  const chosen = kindOfSlug(visit.query["tipo"]);
  return chosen && may.includes(chosen) ? chosen : may.length === 1 ? may[0] : undefined;
};

/** An agent's offer of visits says what their profile says already. */
function known(kind: Kind, { agent }: New): Defaults {
  if (kind !== "assistance" || !agent) return {};
  return {
    temas: agent.topics.map(({ topic }) => topic),
    especial: agent.topics.flatMap(({ topic, level }) => (level === "specialist" ? [topic] : [])),
    cultivos: agent.crops,
    cupo: agent.monthlyCapacity,
    base: pointText(agent.base),
    alcance: agent.reachKm,
  };
}

function newOfferView(visit: ProviderVisit, data: New, attempt: Attempt | null): View {
  const { provider } = data;
  const kind = chosenKind(visit, data);
  if (!kind) return choice(provider);
  const state = stateOf(attempt, kind, {
    terms: null,
    coverage: data.coverage,
    more: { ...known(kind, data), publicar: true },
  });
  return {
    title: `Oferta nueva: ${kindWords[kind]}`,
    desk: true,
    main: html`<h1>${newWords[kind]}</h1>
      ${form(
        visit,
        state,
        html`${showFields(kind, state)}
        ${tickField(state, { name: "publicar", label: "Publicarla ahora", hint: "Sin marcar queda como borrador." })}
        ${submit("Guardar la oferta")}`,
        { to: providerPath(provider.id, `/ofertas/nueva?tipo=${kindSlugs[kind]}`) },
      )}`,
  };
}

const newWords: Record<Kind, string> = {
  assistance: "Ofrezca visitas a la chacra",
  training: "Ofrezca una capacitación",
  input: "Ofrezca un abono, plantón u otro insumo",
  equipment: "Ofrezca una herramienta o un equipo",
  service: "Ofrezca laboratorio, secado u otro servicio",
  credit: "Ofrezca un crédito",
  purchase: "Diga qué cosecha compra",
};

const choice = ({ id, kinds: own }: New["provider"]): View => ({
  title: "Oferta nueva",
  desk: true,
  main: html`<h1>¿Qué quiere ofrecer?</h1>
    <ul class="choices">
      ${offerKinds
        .filter((kind) => own.some((one) => offeredBy[one].includes(kind)))
        .map(
          (kind) =>
            html`<li>
              <a href="${providerPath(id, `/ofertas/nueva?tipo=${kindSlugs[kind]}`)}">${kindWords[kind]}</a>
            </li>`,
        )}
    </ul>`,
});

const publication = z.object({ publicar: kinds.tick() });

const save = (kind: Kind) =>
  action(
    both(fieldsOf(kind), publication),
    async (visit: ProviderVisit, [[terms, { cobertura }], { publicar }]) => {
      const { providerId } = visit.params;
      const { offerId } = await visit.call(publishOffer, {
        params: { providerId },
        body: { terms, coverage: cobertura, publish: publicar },
      });
      return goTo(providerPath(providerId, `/ofertas/${offerId}`), publicar ? "publicada" : "borrador");
    },
    fieldOf(kind),
  );

/** A new offer: its kind is in the address. */
export const newOfferPage = signedPage("/mi-servicio/:providerId/ofertas/nueva")({
  read: readNew,
  show: newOfferView,
  actions: Object.fromEntries(offerKinds.map((kind) => [actionOf(kind), save(kind)])),
});
