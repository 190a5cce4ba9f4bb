import { membersImport, type ImportStatus } from "@minka/contracts/imports";
import type { Answer } from "@minka/contracts/endpoint";
import { z } from "zod";
import { actionButton } from "../../design/fields.ts";
import { html, type Content, type Html } from "../../design/html.ts";
import { actionLink, pager, progress, waits } from "../../design/parts.ts";
import { table } from "../../design/table.ts";
import { formState, type Attempt } from "../../forms/attempt.ts";
import { goTo } from "../../visits/destination.ts";
import { action, signedPage } from "../../visits/page.ts";
import type { SignedVisit } from "../../visits/visit.ts";
import { peopleWords } from "./desk-words.ts";
import { isReady, isUnderWay, resultWords, rowsWords } from "./import-words.ts";
import { deskPath } from "./own-organization.ts";

type ImportVisit = SignedVisit<{ organizationId: string; importId: string }>;
type Findings = Answer<typeof membersImport.findings>;

const back = (visit: ImportVisit, said?: string) =>
  goTo(deskPath(visit, `/miembros/importar/${visit.params.importId}`), said);

/** What is wrong with a list, by row and column; and its start, once nothing is. */
export const importStatusPage = signedPage("/mi-organizacion/:organizationId/miembros/importar/:importId")({
  read: async (visit: ImportVisit) => {
    const { params, query } = visit;
    const cursor = query["desde"];
    const from = cursor && /^\d{1,6}$/.test(cursor) ? { cursor } : {};
    const [{ import: status }, errors, warnings] = await Promise.all([
      visit.call(membersImport.read, { params }),
      visit.call(membersImport.findings, { params, query: { severity: "error", limit: 100, ...from } }),
      visit.call(membersImport.findings, { params, query: { severity: "warning", limit: 50 } }),
    ]);
    return { status, errors, warnings };
  },
  show: (visit: ImportVisit, { status, errors, warnings }, attempt) => ({
    title: "Revisión de la lista",
    desk: true,
    main: html`<h1>${heading(status)}</h1>
      ${body(visit, { status, warnings }, attempt)}
      ${findings(visit, "Por corregir", errors)}${pager(visit.path, visit.query, errors.next)}
      ${findings(visit, "Conviene mirar", warnings)}
      ${["done", "failed", "cancelled"].includes(status.state) ? html`<p><a class="more" href="${deskPath(visit, "/miembros/importar")}">Subir otra lista</a></p>` : null}`,
  }),
  actions: {
    cargar: action(z.object({}), async (visit: ImportVisit) => {
      await visit.call(membersImport.start, { params: visit.params });
      return back(visit, "cargando");
    }),
    dejar: action(z.object({}), async (visit: ImportVisit) => {
      await visit.call(membersImport.cancel, { params: visit.params });
      return goTo(deskPath(visit, "/miembros/importar"), "dejada");
    }),
  },
  notices: { cargando: "Empezamos. Los SMS salen poco a poco." },
});

function heading(status: ImportStatus): string {
  const { state, errors, rows } = status;
  if (state === "done") return "La lista está cargada";
  if (state === "failed") return "No pudimos cargar la lista";
  if (state === "cancelled") return "Dejamos esta lista";
  if (state === "loading") return "Estamos cargando la lista";
  if (isUnderWay(status)) return "Estamos revisando la lista";
  if (state === "refused") return "No entendimos las columnas de la lista";
  if (errors > 0)
    return errors === 1 ? "Falta corregir 1 dato de la lista" : `Faltan corregir ${errors} datos de la lista`;
  return `La lista está bien: ${rowsWords(rows)}`;
}

/** Of whom a list is not asked: who is a member already, was asked, or said no. */
const passedOver = ["already-member", "already-asked", "refused-lately", "wants-no-questions"];

/** How many of a list are asked; null where so many are passed over that not all of them were read. */
function toAsk({ rows }: ImportStatus, { items, next }: Findings): number | null {
  if (next !== null) return null;
  return rows - items.filter(({ code }) => passedOver.includes(code)).length;
}

function body(
  visit: ImportVisit,
  { status, warnings }: { status: ImportStatus; warnings: Findings },
  attempt: Attempt | null,
): Content {
  const { state, rows, progress: part } = status;
  const drop = (words: string) => actionButton(visit, formState(attempt, "dejar"), words, { quiet: true });
  const asked = toAsk(status, warnings);
  if (isReady(status) && asked === 0)
    return html`<p class="lead">No hay a quién preguntar: abajo dice por qué.</p>
      ${drop("Dejar esta lista")}`;
  if (isReady(status))
    return html`<p class="lead">
        Al empezar, preguntamos por SMS a cada persona que falta si es parte. Quien no responde en 60 días
        queda borrado.
      </p>
      ${actionButton(visit, formState(attempt, "cargar"), asked === null ? "Preguntar a quienes falta" : `Preguntar a ${peopleWords(asked)}`)}
      ${drop("Dejar esta lista")}`;
  if (isUnderWay(status))
    return html`${rows > 0 ? progress({ part, whole: rows, words: `${part} de ${rowsWords(rows)}` }) : null}
    ${waits("Tarda unos segundos. No hace falta que espere aquí.")}
    ${actionLink(visit.path, "Mirar otra vez")} ${drop("Dejar esta lista")}`;
  if (state === "done")
    return html`<p class="lead">${resultWords(status)}</p>
      ${actionLink(deskPath(visit, "/miembros/respuestas"), "Ver quién respondió")}`;
  if (state === "failed")
    return html`<p class="lead">Fue culpa nuestra, y no se preguntó a nadie. Suba la lista otra vez.</p>`;
  if (state === "cancelled") return html`<p class="lead">No se preguntó a nadie de esta lista.</p>`;
  return html`<p class="lead">
      ${state === "refused" ? "La primera fila dice qué hay en cada columna." : "Corrija estos datos en su archivo, guárdelo y súbalo otra vez."}
      No se preguntó a nadie.
    </p>
    ${actionLink(deskPath(visit, "/miembros/importar"), "Subir la lista corregida")}`;
}

function findings({ path, query }: ImportVisit, title: string, { items }: Findings): Html | null {
  if (items.length === 0) return null;
  return html`<h2>${title}</h2>
    ${table(
      { caption: "Por fila de su archivo", path, query },
      [
        { title: "Fila", cell: ({ row }) => `Fila ${row}` },
        { title: "Columna", cell: ({ column }) => column ?? "Toda la fila" },
        { title: "Qué pasa", cell: ({ message }) => message },
      ],
      items,
    )}`;
}
