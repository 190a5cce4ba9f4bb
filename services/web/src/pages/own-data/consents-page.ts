import { giveConsent, settledBehindWord, withdrawConsent } from "@minka/contracts/people";
import { updatePerson } from "@minka/contracts/profiles";
import { consentPurposes, languages, type ConsentPurpose } from "@minka/domain/vocabulary";
import { z } from "zod";
import { actionButton, form, selectField, submit } from "../../design/fields.ts";
import { html, type Content, type Html } from "../../design/html.ts";
import { notice, stateMark } from "../../design/parts.ts";
import { formState, type Attempt } from "../../forms/attempt.ts";
import * as kinds from "../../forms/field-kinds.ts";
import { goTo } from "../../visits/destination.ts";
import { action, signedPage } from "../../visits/page.ts";
import type { SignedVisit } from "../../visits/visit.ts";
import { capitalized, languageWords } from "../../words/field-words.ts";
import { wordAddress } from "./behind-word.ts";
import { consentVersion, consentWords } from "./own-data-words.ts";
import { backToData, ownParams, readOwnProfile, type Profile } from "./own-profile.ts";

const path = "/mi/datos/permisos";
const purposeField = z.object({ para: kinds.choice(consentPurposes).required });
const languageField = z.object({ lengua: kinds.choice(languages, "Elija su lengua.").required });

/** What somebody agreed to, each thing apart, with its button to give or take back. */
export const consentsPage = signedPage(path)({
  read: readOwnProfile,
  show: (visit, profile, attempt) => ({
    title: "Permisos que dio",
    main: html`<h1>Usted decide para qué se usan sus datos</h1>
      ${visit.person.actedBy ? notice("Los permisos los da y los retira solo la misma persona.") : null}
      ${consentPurposes.map((purpose) => purposeSection(visit, profile, purpose, attempt))} ${backToData}`,
  }),
  actions: {
    dar: action(purposeField, async (visit, { para }) => {
      await give(visit, para);
      return goTo(path, "dado");
    }),
    retirar: action(purposeField, async (visit, { para }) => {
      await visit.call(withdrawConsent, {
        params: { ...ownParams(visit), purpose: para },
        body: { channel: "web" },
      });
      return goTo(path, "retirado");
    }),
    lengua: action(languageField, async (visit, { lengua }) => {
      await give(visit, "language");
      await visit.call(updatePerson, { params: ownParams(visit), body: { language: lengua } });
      return goTo(path, "dado");
    }),
  },
  notices: {
    dado: "Listo, guardamos su permiso. Lo puede retirar cuando quiera.",
    retirado: "Listo, retiró su permiso. Desde ahora ya no se usa.",
  },
});

const give = (visit: SignedVisit, purpose: ConsentPurpose) =>
  visit.call(giveConsent, {
    params: ownParams(visit),
    body: { purpose, version: consentVersion, channel: "web" },
  });

function purposeSection(
  visit: SignedVisit,
  profile: Profile,
  purpose: ConsentPurpose,
  attempt: Attempt | null,
): Html {
  const { title, short, what, without } = consentWords[purpose];
  const given = profile.consents.includes(purpose);
  return html`<section>
    <h2>${title}</h2>
    <p>${given ? stateMark("Dio permiso", "good") : stateMark("No dio permiso", "over")}</p>
    <p>${what}</p>
    ${given ? html`<p class="quiet">${without}</p>` : null}
    ${visit.person.actedBy ? null : button(visit, profile, { purpose, given, short }, attempt)}
  </section>`;
}

function button(
  visit: SignedVisit,
  profile: Profile,
  { purpose, given, short }: { purpose: ConsentPurpose; given: boolean; short: string },
  attempt: Attempt | null,
): Content {
  if (profile.withheld && settledBehindWord[given ? "withdrawn" : "given"].includes(purpose))
    return html`<p>
        Varias personas usan su celular. Para ${given ? "retirar" : "dar"} este permiso, ponga primero su
        palabra secreta.
      </p>
      <p><a class="more" href="${wordAddress(path)}">Poner mi palabra secreta</a></p>`;
  const values = { para: purpose };
  const taking = actionButton(
    visit,
    formState(attempt, "retirar", {}, values),
    `Retirar el permiso: ${short}`,
    {
      values,
      danger: true,
    },
  );
  if (purpose === "language") return html`${languageForm(visit, profile, attempt)}${given ? taking : null}`;
  if (given) return taking;
  return actionButton(visit, formState(attempt, "dar", {}, values), `Dar permiso: ${short}`, {
    values,
    quiet: true,
  });
}

/** The language is kept by this consent alone: both are said at once. */
function languageForm(visit: SignedVisit, { language }: Profile, attempt: Attempt | null): Html {
  const state = formState(attempt, "lengua", { lengua: language });
  const options = languages.map((value) => ({ value, words: capitalized(languageWords[value]) }));
  return form(
    visit,
    state,
    html`${selectField(state, { name: "lengua", label: "Mi lengua es", options, none: "Elija" })}${submit(language ? "Cambiar mi lengua" : "Dar permiso y guardar mi lengua", { quiet: true })}`,
  );
}
