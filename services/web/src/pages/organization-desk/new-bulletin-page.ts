import { draftBulletin } from "@minka/contracts/bulletins";
import { districtLabel, findDistrict } from "@minka/geography/districts";
import { readMemberFigures } from "@minka/contracts/memberships";
import { crops } from "@minka/domain/vocabulary";
import { word } from "@minka/language/texts";
import { z } from "zod";
import {
  areaField,
  dayField,
  form,
  optionsField,
  selectField,
  submit,
  textField,
} from "../../design/fields.ts";
import { html } from "../../design/html.ts";
import { formState } from "../../forms/attempt.ts";
import * as kinds from "../../forms/field-kinds.ts";
import { goTo } from "../../visits/destination.ts";
import { action, signedPage } from "../../visits/page.ts";
import { capitalized } from "../../words/field-words.ts";
import { deskPath, readDesk, type DeskVisit } from "./own-organization.ts";

/** Hours at which a bulletin may leave: when people are up and near their phones. */
const hours = ["06", "09", "12", "15", "18"] as const;
const hourWords: Readonly<Record<(typeof hours)[number], string>> = {
  "06": "6 de la mañana",
  "09": "9 de la mañana",
  "12": "12 del día",
  "15": "3 de la tarde",
  "18": "6 de la tarde",
};

const fields = z.object({
  titulo: kinds.text(80, "Escriba de qué trata.").required.refine((text) => text.length >= 3, {
    message: "Escriba un poco más.",
  }),
  texto: kinds.text(400, "Escriba el aviso.").required.refine((text) => text.length >= 3, {
    message: "Escriba un poco más.",
  }),
  distrito: kinds.text(6).optional,
  cultivos: kinds.choices(crops),
  dia: kinds.day().optional,
  hora: kinds.choice(hours).optional,
});

/** Written first, then looked at with whom it reaches; nothing leaves from here. */
export const newBulletinPage = signedPage("/mi-organizacion/:organizationId/avisos/nuevo")({
  read: async (visit: DeskVisit) => {
    const desk = await readDesk(visit);
    const figures = await visit.callIfAny(readMemberFigures, { params: visit.params });
    return { desk, districts: figures?.byDistrict.flatMap(({ districtCode }) => districtCode ?? []) ?? [] };
  },
  show: (visit: DeskVisit, { desk: { organization }, districts }, attempt) => {
    const state = formState(attempt, "escribir", { hora: "06" });
    return {
      title: "Escribir un aviso",
      desk: true,
      main: html`<h1>¿Qué quiere avisar?</h1>
        <p class="lead">Primero lo escribe. Después ve a cuántos llega y recién decide si sale.</p>
        ${form(
          visit,
          state,
          html`${textField(state, { name: "titulo", label: "De qué trata", hint: "Para encontrarlo después. No sale en el SMS.", maxlength: 80, autocomplete: "off" })}
          ${areaField(state, { name: "texto", label: "El aviso", hint: `Sale de parte de ${organization.name}. Caben unas 200 letras en dos SMS. De créditos no se avisa a muchos.`, rows: 4, maxlength: 400 })}
          ${
            districts.length < 2
              ? null
              : selectField(state, {
                  name: "distrito",
                  label: "¿De qué distrito?",
                  none: "De todos",
                  options: districts.flatMap((code) => {
                    const place = findDistrict(code);
                    return place ? [{ value: code, words: districtLabel(place) }] : [];
                  }),
                })
          }
          ${
            organization.crops.length < 2
              ? null
              : optionsField(state, {
                  name: "cultivos",
                  label: "¿Para quién cultiva qué?",
                  many: true,
                  optional: true,
                  options: organization.crops.map((value) => ({
                    value,
                    words: capitalized(word("crop", value)),
                  })),
                })
          }
          ${dayField(state, { name: "dia", label: "¿Qué día sale?", hint: "Vacío: cuando usted lo envíe.", optional: true })}
          ${selectField(state, { name: "hora", label: "¿A qué hora de ese día?", options: hours.map((value) => ({ value, words: hourWords[value] })) })}
          ${submit("Ver a cuántos llega")}`,
        )}`,
    };
  },
  actions: {
    escribir: action(
      fields,
      async (visit: DeskVisit, { titulo, texto, distrito, cultivos, dia, hora }) => {
        const { organizationId } = visit.params;
        const { bulletin } = await visit.call(draftBulletin, {
          body: {
            title: titulo,
            text: texto,
            audience: { organizationId, crops: cultivos, districts: distrito ? [distrito] : [] },
            ...(dia ? { sendAt: new Date(`${dia}T${hora ?? "06"}:00:00-05:00`).toISOString() } : {}),
          },
        });
        return goTo(deskPath(visit, `/avisos/${bulletin.id}`), "escrito");
      },
      (path) => ({ "body.title": "titulo", "body.text": "texto", "body.sendAt": "dia" })[path],
    ),
  },
});
