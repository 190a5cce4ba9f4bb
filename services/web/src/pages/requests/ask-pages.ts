import { openRequest } from "@minka/contracts/matching";
import { countedIn } from "@minka/contracts/offer-summary";
import { readOffer } from "@minka/contracts/offers";
import { giveConsent, readProfile } from "@minka/contracts/people";
import { findPlaces, type PopulatedPlace } from "@minka/contracts/places";
import { updatePerson } from "@minka/contracts/profiles";
import type { Answer } from "@minka/contracts/endpoint";
import { DomainError } from "@minka/domain/errors";
import { kinds as allKinds } from "@minka/domain/vocabulary";
import { districtLabel, findDistrict } from "@minka/geography/districts";
import { z } from "zod";
import { form, hidden, hiddenFacts, submit, tickField } from "../../design/fields.ts";
import { html, type Html } from "../../design/html.ts";
import { actionLink, notice, withQuery } from "../../design/parts.ts";
import { formState, type Attempt } from "../../forms/attempt.ts";
import * as kinds from "../../forms/field-kinds.ts";
import { goTo } from "../../visits/destination.ts";
import { action, signedPage, type View } from "../../visits/page.ts";
import type { SignedVisit } from "../../visits/visit.ts";
import { ownNeedTitle } from "../../words/need-words.ts";
import { requestRefusals } from "../../words/refusals/requests.ts";
import {
  askAnswers,
  askPath,
  checkAddress,
  needOf,
  writtenAnswers,
  type AskAnswers,
  type AskedKind,
} from "./ask-answers.ts";
import { wishList } from "./wish-list.ts";
import { askForm } from "./ask-form.ts";
import { consentVersion, consentWords, questionOf, sendWords } from "./ask-words.ts";

type Offer = Answer<typeof readOffer>["offer"];
type Profile = Answer<typeof readProfile>["profile"];

type Screen =
  | { readonly step: "what" }
  | {
      readonly step: "details";
      readonly kind: AskedKind;
      readonly offer: Offer | null;
      readonly profile: Profile;
    }
  | {
      readonly step: "check";
      readonly answers: AskAnswers;
      readonly offer: Offer | null;
      readonly profile: Profile;
      readonly hamlet: PopulatedPlace | null;
    };

const kindOf = (written: string | undefined) => allKinds.find((kind) => kind === written);

async function readScreen(visit: SignedVisit): Promise<Screen | ReturnType<typeof goTo>> {
  const { query, person } = visit;
  const wanted = z.uuid().safeParse(query["oferta"]);
  const known = wanted.success
    ? await visit.callIfAny(readOffer, { params: { offerId: wanted.data } })
    : null;
  const offer = known?.offer ?? null;
  const kind = offer?.terms.kind ?? kindOf(query["tipo"]);
  if (!kind) return { step: "what" };
  if (kind === "credit") return goTo("/mi/credito/nuevo");
  const { profile } = await visit.call(readProfile, { params: { personId: person.personId } });
  const answers = query["paso"] === "enviar" ? askAnswers.safeParse({ ...query, tipo: kind }) : null;
  if (!answers?.success) return { step: "details", kind, offer, profile };
  return {
    step: "check",
    answers: answers.data,
    offer,
    profile,
    hamlet: await findHamlet(visit, answers.data),
  };
}

/** The hamlet that they named, where the list of places has it: distances are measured from there. */
async function findHamlet(
  visit: SignedVisit,
  { caserio, distrito }: AskAnswers,
): Promise<PopulatedPlace | null> {
  if (!caserio || caserio.length < 2) return null;
  const found = await visit.callIfAny(findPlaces, {
    query: { q: caserio, districtCode: distrito, limit: 1 },
  });
  return found?.places[0] ?? null;
}

const sendFields = z.intersection(z.object({ acepto: kinds.tick() }), askAnswers);

/** Asking, in three short screens; what was answered travels in the address, so that going back loses nothing. */
export const askPage = signedPage(askPath)({
  read: readScreen,
  show: (visit, screen, attempt) => {
    if (screen.step === "what") return whatView();
    if (screen.step === "details") return detailsView(visit, screen, attempt);
    return checkView(visit, screen, attempt);
  },
  refusals: requestRefusals,
  actions: {
    // What waited for a signal is sent as it is: until then it can be looked over where it waits.
    seguir: action(askAnswers, async (visit, answers) =>
      visit.waited ? send(visit, answers, false) : goTo(checkAddress(answers)),
    ),
    enviar: action(
      sendFields,
      async (visit, { acepto, ...answers }) => send(visit, answers, acepto),
      (path) => (path.startsWith("body.districtCode") ? "distrito" : undefined),
    ),
  },
});

function whatView(): View {
  return {
    title: "Pedir",
    main: html`<h1>¿Qué necesita su chacra?</h1>
      ${wishList}
      <p class="quiet">
        Por SMS es más barato y rápido: escriba lo que necesita y su distrito.
        <a href="/por-sms">Cómo se hace</a>
      </p>`,
  };
}

function detailsView(
  visit: SignedVisit,
  { kind, offer, profile }: Extract<Screen, { step: "details" }>,
  attempt: Attempt | null,
): View {
  const home = findDistrict(visit.query["distrito"] ?? profile.districtCode ?? "");
  const [onlyCrop, other] = profile.crops;
  const cameBack = visit.query["distrito"] !== undefined;
  const known = {
    cultivo: onlyCrop && !other ? onlyCrop.crop : undefined,
    caserio: profile.locality,
    unidad: kind === "purchase" ? "kg" : undefined,
    mujer: profile.prefersWoman,
    ...fromOffer(offer),
  };
  const state = formState(attempt, "seguir", {
    ...(cameBack ? {} : known),
    ...visit.query,
    distrito: home ? districtLabel(home) : visit.query["distrito"],
  });
  const address = withQuery(askPath, { tipo: kind, oferta: offer?.id });
  return {
    title: questionOf[kind],
    main: html`<h1>${questionOf[kind]}</h1>
      ${offer ? offerNote(offer) : null}
      ${askForm(visit, state, { kind, offerId: offer?.id ?? null, address })}
      <p class="quiet"><a href="${askPath}">Pedir otra cosa</a></p>`,
  };
}

const offerNote = ({ provider }: Offer): Html =>
  notice(html`Le preguntamos primero a <strong>${provider.name}</strong>, que usted eligió.`);

/** What an offer says itself need not be asked. */
function fromOffer(offer: Offer | null): Record<string, string> {
  const terms = offer?.terms;
  if (!terms) return {};
  switch (terms.kind) {
    case "input":
      return { producto: terms.product, unidad: countedIn(terms.pack) };
    case "equipment":
      return { producto: terms.product };
    case "service":
      return { servicio: terms.service };
    case "purchase":
      return { cultivo: terms.crop, estado: terms.state };
    case "assistance":
    case "training": {
      const [crop, anotherCrop] = terms.crops;
      const [topic, anotherTopic] = terms.topics;
      return {
        ...(crop && !anotherCrop ? { cultivo: crop } : {}),
        ...(topic && !anotherTopic ? { tema: topic } : {}),
      };
    }
    case "credit":
      return {};
  }
}

function checkView(
  visit: SignedVisit,
  { answers, offer, profile, hamlet }: Extract<Screen, { step: "check" }>,
  attempt: Attempt | null,
): View {
  const state = formState(attempt, "enviar");
  const written = writtenAnswers(answers);
  const district = findDistrict(answers.distrito);
  const agreed = profile.consents.includes("service");
  const said = (name: string) => written[name] === "si";
  const back = withQuery(askPath, written);
  const comes = !offer || offer.coverage.some((area) => area === "PE" || answers.distrito.startsWith(area));
  return {
    title: "Revise su pedido",
    main: html`<h1>¿Está bien así?</h1>
      ${form(
        visit,
        state,
        html`${Object.entries(written).map(([name, value]) => hidden(name, value))}
        ${hiddenFacts(state, [
          ["Pide", ownNeedTitle({ need: needOf(answers) })],
          ["Distrito", district ? districtLabel(district) : null],
          hamlet ? ["Caserío", hamlet.name] : null,
          said("urgente") ? ["Urgente", "sí, preguntamos a tres a la vez"] : null,
          said("mujer") ? ["Le atiende", "solo una mujer"] : null,
          offer && comes ? ["Preguntamos a", offer.provider.name] : null,
        ])}
        ${comes ? null : notice(html`${offer?.provider.name} no llega a ese distrito: buscamos a quien sí llega.`)}
        ${
          answers.caserio && !hamlet
            ? html`<p class="quiet">
                No tenemos «${answers.caserio}» en nuestra lista de caseríos: medimos desde el centro del
                distrito.
              </p>`
            : null
        }
        ${
          agreed
            ? null
            : visit.person.actedBy
              ? notice("Falta que esa persona acepte: que escriba un SMS a Minka y responda SI.")
              : tickField(state, { name: "acepto", label: consentWords })
        }
        ${submit(offer && comes ? `Preguntar a ${offer.provider.name}` : sendWords[answers.tipo])}`,
      )}
      ${actionLink(back, "Cambiar algo", { quiet: true })}`,
  };
}

async function send(visit: SignedVisit, answers: AskAnswers, accepts: boolean) {
  const { personId, actedBy } = visit.person;
  const params = { personId };
  const { profile } = await visit.call(readProfile, { params });
  if (!profile.consents.includes("service")) {
    if (actedBy) throw new DomainError("forbidden", "consent-is-theirs", "Only they can agree to be served.");
    if (!accepts) throw new DomainError("invalid", "consent-needed", "They have to agree to be served.");
    const consent = { purpose: "service", version: consentVersion, channel: "web" } as const;
    await visit.call(giveConsent, { params, body: consent });
  }
  if (profile.districtCode === null)
    await visit.call(updatePerson, { params, body: { districtCode: answers.distrito } });
  const hamlet = await findHamlet(visit, answers);
  const { requestId } = await visit.call(openRequest, {
    body: {
      personId,
      need: needOf(answers),
      districtCode: answers.distrito,
      ...(hamlet ? { place: { name: hamlet.name, point: hamlet.point } } : {}),
      ...(answers.oferta ? { offerId: answers.oferta } : {}),
      // With the request itself: what is urgent, or goes to who was picked, is asked before another command arrives.
      // Left out where it is their general wish, which whom they picked may be an exception to.
      ...("mujer" in answers && answers.mujer !== profile.prefersWoman
        ? { attendedBy: answers.mujer ? "woman" : "anybody" }
        : {}),
      channel: "web",
    },
  });
  return goTo(`/mi/pedidos/${requestId}`, "enviado");
}
