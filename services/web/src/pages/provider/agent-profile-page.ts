import { putAgentProfile } from "@minka/contracts/provider-details";
import { readProviderRecord } from "@minka/contracts/providers";
import { crops, languages, topics } from "@minka/domain/vocabulary";
import { DomainError } from "@minka/domain/errors";
import { findDistrict } from "@minka/geography/districts";
import { word } from "@minka/language/texts";
import { z } from "zod";
import { form, numberField, optionsField, submit, textField } from "../../design/fields.ts";
import { html, type Html } from "../../design/html.ts";
import { formState, type Attempt } from "../../forms/attempt.ts";
import * as kinds from "../../forms/field-kinds.ts";
import { goTo } from "../../visits/destination.ts";
import { action, signedPage } from "../../visits/page.ts";
import { capitalized, languageWords } from "../../words/field-words.ts";
import type { Record } from "./entry-page.ts";
import { providerPath, type ProviderVisit } from "./own-provider.ts";
import { point, pointText } from "./point-field.ts";

const fields = z
  .object({
    temas: kinds.choices(topics, { least: 1, missing: "Elija al menos un tema." }),
    especial: kinds.choices(topics),
    cultivos: kinds.choices(crops, { least: 1, missing: "Elija al menos un cultivo." }),
    lenguas: kinds.choices(languages, { least: 1, missing: "Elija al menos una lengua." }),
    base: point,
    alcance: kinds.decimal({ least: 1, most: 500, unit: "km" }).required,
    cupo: kinds.wholeNumber({ least: 1, most: 1_000 }).required,
  })
  .refine(({ temas, especial }) => especial.every((topic) => temas.includes(topic)), {
    path: ["especial"],
    message: "Marque también arriba los temas en que es especialista.",
  });

const read = async (visit: ProviderVisit) =>
  (await visit.call(readProviderRecord, { params: { providerId: visit.params.providerId } })).provider;

/** What an agent knows, where they set out from, how far and for how many. */
export const agentProfilePage = signedPage("/mi-servicio/:providerId/perfil")({
  read,
  show: (visit: ProviderVisit, provider, attempt) => ({
    title: `Perfil de ${provider.name}`,
    desk: true,
    main: html`<h1>
        ${provider.form === "person" ? "Qué sabe usted y hasta dónde va" : `Qué sabe ${provider.name} y hasta dónde va`}
      </h1>
      <p class="lead">Con esto le proponemos visitas que le quedan cerca y que sabe hacer.</p>
      ${profileForm(visit, provider, attempt)}`,
  }),
  actions: {
    guardar: action(
      fields,
      async (visit: ProviderVisit, { temas, especial, cultivos, lenguas, base, alcance, cupo }) => {
        const { providerId } = visit.params;
        const { agent, districtCode } = await read(visit);
        const from = base ?? agent?.base ?? findDistrict(districtCode)?.point;
        if (!from) throw new DomainError("invalid", "district-unknown", "The district has no point.");
        await visit.call(putAgentProfile, {
          params: { providerId },
          body: {
            topics: temas.map((topic) => ({
              topic,
              level: especial.includes(topic) ? ("specialist" as const) : ("basic" as const),
            })),
            crops: cultivos,
            languages: lenguas,
            base: from,
            reachKm: alcance,
            monthlyCapacity: cupo,
            resells: agent?.resells ?? [],
          },
        });
        return goTo(providerPath(providerId, "/datos"), "guardado");
      },
      (path) => ({ "body.base": "base", "body.reachKm": "alcance", "body.monthlyCapacity": "cupo" })[path],
    ),
  },
});

function profileForm(visit: ProviderVisit, { agent }: Record, attempt: Attempt | null): Html {
  const state = formState(attempt, "guardar", {
    temas: agent?.topics.map(({ topic }) => topic),
    especial: agent?.topics.flatMap(({ topic, level }) => (level === "specialist" ? [topic] : [])),
    cultivos: agent?.crops ?? ["cacao"],
    lenguas: agent?.languages ?? ["spa"],
    base: agent && pointText(agent.base),
    alcance: agent?.reachKm ?? 30,
    cupo: agent?.monthlyCapacity ?? 30,
  });
  const topicOptions = topics.map((topic) => ({ value: topic, words: capitalized(word("topic", topic)) }));
  return form(
    visit,
    state,
    html`${optionsField(state, { name: "temas", label: "¿Qué enseña?", many: true, options: topicOptions })}
    ${optionsField(state, { name: "especial", label: "¿En cuáles es especialista?", many: true, optional: true, options: topicOptions })}
    ${optionsField(state, {
      name: "cultivos",
      label: "¿Con qué cultivos?",
      many: true,
      options: crops.map((crop) => ({ value: crop, words: capitalized(word("crop", crop)) })),
    })}
    ${optionsField(state, {
      name: "lenguas",
      label: "¿Qué lenguas habla?",
      many: true,
      options: languages.map((language) => ({
        value: language,
        words: capitalized(languageWords[language]),
      })),
    })}
    ${textField(state, { name: "base", label: "¿De dónde sale?", hint: "Latitud y longitud. Si no las sabe, déjelo vacío: contamos desde su distrito. Nadie más lo ve.", optional: true, maxlength: 60 })}
    ${numberField(state, { name: "alcance", label: "¿Hasta cuántos kilómetros va?", unit: "km" })}
    ${numberField(state, { name: "cupo", label: "¿A cuántas personas puede visitar al mes?", inputmode: "numeric", unit: "personas" })}
    ${submit("Guardar el perfil")}`,
  );
}
