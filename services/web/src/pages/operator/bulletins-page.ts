import { draftBulletin, listBulletins } from "@minka/contracts/bulletins";
import type { Answer } from "@minka/contracts/endpoint";
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
import { actionLink, stateMark } from "../../design/parts.ts";
import { formState } from "../../forms/attempt.ts";
import * as kinds from "../../forms/field-kinds.ts";
import { goTo } from "../../visits/destination.ts";
import { action, operatorPage } from "../../visits/page.ts";
import { areaWords, capitalized, joinWords } from "../../words/field-words.ts";
import { bulletinMark } from "../organization-desk/bulletin-words.ts";
import { areas, areasField } from "../provider/coverage-field.ts";
import { listFile, listView, readList, type DeskList } from "./desk-list.ts";
import { momentValue, momentWords } from "./list-query.ts";

type Listed = Answer<typeof listBulletins>["items"][number];

export const bulletinsPath = "/operador/avisos";

/** Whom it reaches: nothing given means everybody who agreed to be told. */
export function audienceWords({ audience: { districts, crops: grown, organizationId } }: Listed): string {
  const where = districts.length > 0 ? ` de ${joinWords(districts.map(areaWords))}` : "";
  const what = grown.length > 0 ? ` que cultivan ${joinWords(grown.map((crop) => word("crop", crop)))}` : "";
  return `${organizationId ? "Socias y socios de una organización" : "Quienes aceptan avisos"}${where}${what}`;
}

const list: DeskList<Listed> = {
  path: bulletinsPath,
  fileName: "avisos",
  caption: "Mensajes a muchos, lo último primero",
  filters: [],
  read: ({ call }, page) => call(listBulletins, { query: page }),
  columns: async ({ today }) => [
    {
      title: "De qué trata",
      cell: ({ id, title }) => html`<a href="${bulletinsPath}/${id}">${title}</a>`,
      value: ({ title }) => title,
    },
    {
      title: "Cómo está",
      cell: (bulletin) => stateMark(...bulletinMark(bulletin)),
      value: (bulletin) => bulletinMark(bulletin)[0],
    },
    { title: "Para", cell: audienceWords, value: audienceWords },
    {
      title: "SMS cada uno",
      number: true,
      cell: ({ segments }) => segments,
      value: ({ segments }) => segments,
    },
    {
      title: "Escrito",
      cell: ({ createdAt }) => momentWords(createdAt, today),
      value: ({ createdAt }) => momentValue(createdAt),
    },
    {
      title: "Sale",
      cell: ({ sendAt }) => (sendAt ? momentWords(sendAt, today) : "Cuando se envíe"),
      value: ({ sendAt }) => momentValue(sendAt),
    },
  ],
};

export const bulletinsFile = listFile(list);

export const bulletinsListPage = operatorPage(bulletinsPath)({
  read: (visit) => readList(list, visit),
  show: (visit, data) => ({
    title: "Avisos",
    desk: true,
    main: html`<h1>Mensajes a muchas personas a la vez</h1>
      <p class="quiet">
        Llegan solo a quienes aceptaron avisos, y cada celular recibe uno al día como mucho. De créditos no se
        avisa a muchos.
      </p>
      <p>${actionLink(`${bulletinsPath}/nuevo`, "Escribir un aviso")}</p>
      ${listView(list, visit, data, "Todavía no se mandó ninguno. Sirve para una plaga que llega, un precio o una feria.")}`,
  }),
});

const hours = ["06", "09", "12", "15", "18"] as const;
const hourWords: Readonly<Record<(typeof hours)[number], string>> = {
  "06": "6 de la mañana",
  "09": "9 de la mañana",
  "12": "12 del día",
  "15": "3 de la tarde",
  "18": "6 de la tarde",
};
const tooShort = { message: "Escriba un poco más." };

/** Written first, then looked at with whom it reaches; nothing leaves from here. */
export const newBulletinPage = operatorPage(`${bulletinsPath}/nuevo`)({
  read: async () => null,
  show: (visit, _data, attempt) => {
    const state = formState(attempt, "escribir", { hora: "06" });
    return {
      title: "Escribir un aviso",
      desk: true,
      main: html`<h1>¿Qué quiere avisar, y a quiénes?</h1>
        <p class="lead">Primero lo escribe. Después ve a cuántos llega, y otra persona decide si sale.</p>
        ${form(
          visit,
          state,
          html`${textField(state, { name: "titulo", label: "De qué trata", hint: "Para encontrarlo después. No sale en el SMS.", maxlength: 80, autocomplete: "off" })}
          ${areaField(state, { name: "texto", label: "El aviso", hint: "Caben unas 250 letras en dos SMS.", rows: 4, maxlength: 400 })}
          ${areasField(state, { name: "lugares", label: "¿De dónde?", hint: "Un lugar por línea. Vacío: de todas partes. Por ejemplo: provincia de Tocache.", optional: true })}
          ${optionsField(state, { name: "cultivos", label: "¿Para quién cultiva qué?", many: true, optional: true, options: crops.map((value) => ({ value, words: capitalized(word("crop", value)) })) })}
          ${dayField(state, { name: "dia", label: "¿Qué día sale?", hint: "Vacío: cuando se envíe.", optional: true })}
          ${selectField(state, { name: "hora", label: "¿A qué hora de ese día?", options: hours.map((value) => ({ value, words: hourWords[value] })) })}
          ${submit("Ver a cuántos llega")}`,
        )}`,
    };
  },
  actions: {
    escribir: action(
      z.object({
        titulo: kinds.text(80, "Escriba de qué trata.").required.refine((text) => text.length >= 3, tooShort),
        texto: kinds.text(400, "Escriba el aviso.").required.refine((text) => text.length >= 3, tooShort),
        lugares: areas,
        cultivos: kinds.choices(crops),
        dia: kinds.day().optional,
        hora: kinds.choice(hours).optional,
      }),
      async (visit, { titulo, texto, lugares, cultivos, dia, hora }) => {
        const { bulletin } = await visit.call(draftBulletin, {
          body: {
            title: titulo,
            text: texto,
            audience: { districts: lugares.filter((area) => area !== "PE"), crops: cultivos },
            ...(dia ? { sendAt: new Date(`${dia}T${hora ?? "06"}:00:00-05:00`).toISOString() } : {}),
          },
        });
        return goTo(`${bulletinsPath}/${bulletin.id}`, "escrito");
      },
      (path) => ({ "body.title": "titulo", "body.text": "texto", "body.sendAt": "dia" })[path],
    ),
  },
});
