import { membersImport } from "@minka/contracts/imports";
import { limaDay } from "@minka/domain/lima-time";
import { z } from "zod";
import { fileField, form, submit } from "../../design/fields.ts";
import { html } from "../../design/html.ts";
import { facts, pager, row, rows, stateMark } from "../../design/parts.ts";
import { csv } from "../../design/table.ts";
import { formState } from "../../forms/attempt.ts";
import * as kinds from "../../forms/field-kinds.ts";
import { goTo } from "../../visits/destination.ts";
import { action, Download, signedFile, signedPage } from "../../visits/page.ts";
import { dayWords, timeWords } from "../../words/field-words.ts";
import { importStateWords, resultWords, rowsWords } from "./import-words.ts";
import { deskPath, organizationNotice, readDesk, type DeskVisit } from "./own-organization.ts";

const spreadsheets = ".csv,.xlsx,text/csv,application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

/** A whole list of members: it is looked through first, and nothing is done before somebody says so. */
export const importPage = signedPage("/mi-organizacion/:organizationId/miembros/importar")({
  read: async (visit: DeskVisit) => {
    const cursor = visit.query["desde"];
    const [desk, imports] = await Promise.all([
      readDesk(visit),
      visit.call(membersImport.list, {
        params: visit.params,
        query: { limit: 20, ...(z.uuid().safeParse(cursor).success ? { cursor } : {}) },
      }),
    ]);
    return { desk, imports };
  },
  show: (visit: DeskVisit, { desk: { organization }, imports }, attempt) => {
    const state = formState(attempt, "subir");
    return {
      title: "Subir una lista de socias y socios",
      desk: true,
      main: html`<h1>Suba su lista de socias y socios</h1>
        ${organizationNotice(organization)}
        <p class="lead">
          Primero la revisamos y le decimos qué corregir, fila por fila. No se pregunta a nadie hasta que
          usted lo diga.
        </p>
        ${form(
          visit,
          state,
          html`${fileField(state, { name: "lista", label: "Su archivo", hint: "Excel (.xlsx) o CSV, de 5 MB como mucho.", accept: spreadsheets })}${submit("Revisar la lista")}`,
          { upload: true },
        )}
        <h2>Qué columnas lleva</h2>
        <p>En cualquier orden, con el nombre que usted usa: lo reconocemos.</p>
        ${facts([
          ["Hace falta", "Nombre completo, distrito, y DNI o celular"],
          ["Si las tiene", "Caserío, sexo, año de nacimiento, cultivos, hectáreas, rol, fecha de ingreso"],
        ])}
        <p>
          <a class="more" href="${deskPath(visit, "/miembros/modelo.csv")}">Bajar un modelo para llenar</a>
        </p>
        ${
          imports.items.length === 0
            ? null
            : html`<h2>Listas de antes</h2>
                ${rows(
                  imports.items.map((one) =>
                    row({
                      title: `Lista del ${dayWords(limaDay(new Date(one.createdAt)), visit.today)}, ${timeWords(one.createdAt)}`,
                      href: deskPath(visit, `/miembros/importar/${one.importId}`),
                      side: stateMark(...importStateWords[one.state]),
                      lines: [
                        `${rowsWords(one.rows)}${one.errors > 0 ? `, ${one.errors} por corregir` : ""}`,
                        resultWords(one),
                      ],
                    }),
                  ),
                )}
                ${pager(visit.path, visit.query, imports.next)}`
        }`,
    };
  },
  actions: {
    subir: action(
      z.object({ lista: kinds.file("Elija su archivo.") }),
      async (visit: DeskVisit, { lista }) => {
        const { importId } = await visit.call(membersImport.upload, {
          params: visit.params,
          body: lista.bytes,
        });
        return goTo(deskPath(visit, `/miembros/importar/${importId}`));
      },
    ),
  },
  notices: { dejada: "Dejamos esa lista. No se preguntó a nadie." },
});

/** The columns that a list may have, with one row to see how they are filled in. */
export const importModel = signedFile(
  "/mi-organizacion/:organizationId/miembros/modelo.csv",
  async (visit) => {
    await readDesk(visit);
    return new Download({
      fileName: "modelo-socios.csv",
      contentType: "text/csv; charset=utf-8",
      bytes: csv(
        [
          "Nombre completo",
          "DNI",
          "Celular",
          "Distrito",
          "Provincia",
          "Departamento",
          "Caserío",
          "Sexo",
          "Año de nacimiento",
          "Cultivos",
          "Hectáreas",
          "Rol",
          "Fecha de ingreso",
        ],
        [
          [
            "Rosa Tuesta Pinedo",
            "01234567",
            "987654321",
            "Uchiza",
            "Tocache",
            "San Martín",
            "Santa Lucía",
            "F",
            "1984",
            "cacao",
            "2,5",
            "socia",
            "12/03/2019",
          ],
        ],
      ),
    });
  },
);
