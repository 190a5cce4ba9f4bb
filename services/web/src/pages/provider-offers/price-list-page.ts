import type { Answer } from "@minka/contracts/endpoint";
import { exportPriceList, priceListImport, type ImportStatus } from "@minka/contracts/imports";
import { z } from "zod";
import { actionButton, fileField, form, submit } from "../../design/fields.ts";
import { html, type Content, type Html } from "../../design/html.ts";
import { actionLink, pager, progress, row, rows, stateMark, waits, type Tone } from "../../design/parts.ts";
import { table } from "../../design/table.ts";
import { formState, type Attempt } from "../../forms/attempt.ts";
import * as kinds from "../../forms/field-kinds.ts";
import { goTo } from "../../visits/destination.ts";
import { action, Download, signedFile, signedPage, type View } from "../../visits/page.ts";
import type { SignedVisit } from "../../visits/visit.ts";
import { dayWords, timeWords } from "../../words/field-words.ts";
import { limaDay } from "@minka/domain/lima-time";
import { providerPath, readOwnProvider, type ProviderVisit } from "../provider/own-provider.ts";

type ImportVisit = SignedVisit<{ providerId: string; importId: string }>;
type Finding = Answer<typeof priceListImport.findings>["items"][number];

const stateWords: Record<ImportStatus["state"], readonly [string, Tone]> = {
  received: ["Se está revisando", "going"],
  checking: ["Se está revisando", "going"],
  checked: ["Revisada, falta cargarla", "waiting"],
  refused: ["No se entiende", "bad"],
  loading: ["Se está cargando", "going"],
  done: ["Cargada", "good"],
  failed: ["Falló por culpa nuestra", "bad"],
  cancelled: ["Dejada", "over"],
};

async function readLists(visit: ProviderVisit) {
  const provider = await readOwnProvider(visit);
  const query = visit.query["desde"] ? { cursor: visit.query["desde"] } : {};
  const imports = await visit.call(priceListImport.list, { params: { providerId: provider.id }, query });
  return { provider, imports };
}

const csv = "text/csv";
const xlsx = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

/** Many prices at once, as a file. */
export const priceListPage = signedPage("/mi-servicio/:providerId/ofertas/lista")({
  read: readLists,
  show: (visit: ProviderVisit, { provider, imports }, attempt) => {
    const state = formState(attempt, "subir");
    const file = providerPath(provider.id, "/ofertas/lista-de-precios");
    return {
      title: "Lista de precios",
      desk: true,
      main: html`<h1>Suba su lista de precios</h1>
        <p class="lead">
          Primero la revisamos y le decimos qué falta. Nada cambia hasta que usted la cargue.
        </p>
        ${form(visit, state, html`${fileField(state, { name: "archivo", label: "Archivo de Excel o CSV", hint: "Hasta 5 MB.", accept: `.csv,.xlsx,${csv},${xlsx}` })}${submit("Subir y revisar")}`, { upload: true })}
        <h2>Qué columnas lleva</h2>
        <p>
          Producto y Precio son necesarias. También entiende: Título, Presentación (50 kg, 1 litro), Desde 10,
          Desde 50, Registro SENASA, Orgánico (sí o no), Modalidad, Lugares de entrega y Días de entrega.
        </p>
        <p>
          Baje la suya de ahora, cámbiela y súbala: <a href="${file}?formato=xlsx">en Excel</a> o
          <a href="${file}?formato=csv">en CSV</a>.
        </p>
        ${
          imports.items.length > 0
            ? html`<h2>Listas de antes</h2>
                ${rows(imports.items.map((one) => importRow(visit, one)))}
                ${pager(visit.path, visit.query, imports.next)}`
            : null
        }`,
    };
  },
  actions: {
    subir: action(z.object({ archivo: kinds.file() }), async (visit: ProviderVisit, { archivo }) => {
      const { providerId } = visit.params;
      const { importId } = await visit.call(priceListImport.upload, {
        params: { providerId },
        body: archivo.bytes,
      });
      return goTo(providerPath(providerId, `/ofertas/lista/${importId}`));
    }),
  },
});

function importRow(visit: ProviderVisit, one: ImportStatus): Html {
  return row({
    title: `Del ${dayWords(limaDay(new Date(one.createdAt)), visit.today)}, ${timeWords(one.createdAt)}`,
    href: providerPath(visit.params.providerId, `/ofertas/lista/${one.importId}`),
    side: stateMark(...stateWords[one.state]),
    lines: [`${rowsWords(one.rows)}${one.errors > 0 ? `, ${one.errors} con error` : ""}`],
  });
}

async function readImport(visit: ImportVisit) {
  const { providerId, importId } = visit.params;
  const provider = await readOwnProvider(visit);
  const params = { providerId, importId };
  const { import: status } = await visit.call(priceListImport.read, { params });
  const severity =
    status.errors > 0 || status.state === "refused" ? ("error" as const) : ("warning" as const);
  const cursor = visit.query["desde"];
  const findings = await visit.call(priceListImport.findings, {
    params,
    query: { severity, limit: 50, ...(cursor && /^\d{1,6}$/.test(cursor) ? { cursor } : {}) },
  });
  return { provider, status, findings, severity };
}
type ImportData = Awaited<ReturnType<typeof readImport>>;

/** One list: what is wrong with it by row and column, and what came of it. */
export const importPage = signedPage("/mi-servicio/:providerId/ofertas/lista/:importId")({
  read: readImport,
  show: importView,
  actions: {
    cargar: action(z.object({}), async (visit: ImportVisit) => {
      await visit.call(priceListImport.start, { params: visit.params });
      return goTo(visit.path);
    }),
    dejar: action(z.object({}), async (visit: ImportVisit) => {
      await visit.call(priceListImport.cancel, { params: visit.params });
      return goTo(visit.path, "dejada");
    }),
  },
  notices: {
    dejada: "Lista dejada. Nada cambió.",
  },
});

const headings: Record<ImportStatus["state"], string> = {
  received: "Estamos revisando su lista",
  checking: "Estamos revisando su lista",
  checked: "Su lista está lista para cargar",
  refused: "No entendemos las columnas de su lista",
  loading: "Estamos cargando su lista",
  done: "Su lista está cargada",
  failed: "No pudimos cargar su lista",
  cancelled: "Esta lista se dejó",
};

function importView(visit: ImportVisit, data: ImportData, attempt: Attempt | null): View {
  const { status, findings, severity } = data;
  const { state, rows: count, errors } = status;
  const wrong = state === "checked" && errors > 0;
  return {
    title: "Lista de precios",
    desk: true,
    main: html`<h1>
        ${wrong ? `Corrija ${errors} ${errors === 1 ? "error" : "errores"} y súbala otra vez` : headings[state]}
      </h1>
      ${
        state === "checking" || state === "loading"
          ? progress({
              part: status.progress,
              whole: count,
              words: `${status.progress} de ${rowsWords(count)}`,
            })
          : html`<p>
              ${stateMark(...(wrong ? (["Con errores", "bad"] as const) : stateWords[state]))}
              ${wrong ? `${errors === 1 ? "1 error" : `${errors} errores`} en un archivo de ${rowsWords(count)}` : rowsWords(count)}
            </p>`
      }
      ${["received", "checking", "loading"].includes(state) ? html`${waits("Tarda unos segundos. No hace falta que espere aquí.")}${actionLink(visit.path, "Mirar de nuevo")}` : null}
      ${state === "done" ? resultWords(status) : null}
      ${wrong || state === "refused" || state === "failed" ? actionLink(listsPath(visit), state === "failed" ? "Subir la lista otra vez" : "Subir la lista corregida") : null}
      ${state === "checked" && errors === 0 ? actionButton(visit, formState(attempt, "cargar"), "Cargar estos precios") : null}
      ${findings.items.length > 0 ? found(visit, data) : null}
      ${pager(visit.path, { ...visit.query, hecho: undefined }, findings.next)}
      ${severity === "warning" && findings.items.length > 0 ? html`<p class="quiet">Son avisos: no impiden cargarla.</p>` : null}
      ${leaving(visit, status, attempt)}
      ${["checked", "done", "cancelled"].includes(state) && !wrong ? html`<p><a class="more" href="${listsPath(visit)}">Subir otra lista</a></p>` : null}`,
  };
}

const resultNames: Readonly<Record<string, readonly [one: string, many: string]>> = {
  added: ["nueva", "nuevas"],
  changed: ["cambiada", "cambiadas"],
  unchanged: ["sin cambios", "sin cambios"],
};

const rowsWords = (count: number) => (count === 1 ? "1 fila" : `${count} filas`);

function resultWords({ result }: ImportStatus): Content {
  const told = Object.entries(result ?? {}).flatMap(([name, count]) =>
    resultNames[name] ? [`${count} ${resultNames[name][count === 1 ? 0 : 1]}`] : [],
  );
  return told.length > 0 ? waits(`Ofertas: ${told.join(", ")}.`) : null;
}

const listsPath = ({ params }: ImportVisit) => providerPath(params.providerId, "/ofertas/lista");

function leaving(visit: ImportVisit, { state }: ImportStatus, attempt: Attempt | null): Content {
  return ["received", "checking", "checked", "loading"].includes(state)
    ? actionButton(visit, formState(attempt, "dejar"), "Dejar esta lista", { quiet: true })
    : null;
}

const found = (visit: ImportVisit, { findings, severity }: ImportData): Html =>
  table<Finding>(
    {
      caption: severity === "error" ? "Qué corregir en el archivo" : "Avisos",
      path: visit.path,
      query: visit.query,
    },
    [
      { title: "Dónde", cell: ({ row: number }) => `Fila ${number}` },
      { title: "Columna", cell: ({ column }) => column ?? "Toda la fila" },
      { title: severity === "error" ? "Qué está mal" : "Qué vimos", cell: ({ message }) => message },
    ],
    findings.items,
  );

export const priceListFile = signedFile(
  "/mi-servicio/:providerId/ofertas/lista-de-precios",
  async (visit) => {
    const format = visit.query["formato"] === "csv" ? "csv" : "xlsx";
    const params = { providerId: visit.params.providerId };
    const file = await visit.call(exportPriceList, { params, query: { format } });
    return new Download(file);
  },
);
