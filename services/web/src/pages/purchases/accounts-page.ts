import {
  exportPoolReport,
  readPoolReport,
  type PoolReport,
  type PoolReportPart,
} from "@minka/contracts/pool-reports";
import { readPool } from "@minka/contracts/pools";
import { DomainError } from "@minka/domain/errors";
import { html, type Content } from "../../design/html.ts";
import { empty, facts, stateMark } from "../../design/parts.ts";
import { table } from "../../design/table.ts";
import { Download, signedFile, signedPage } from "../../visits/page.ts";
import type { SignedVisit } from "../../visits/visit.ts";
import { soles } from "../../words/field-words.ts";
import { accountPath } from "../payments/payment-words.ts";
import { ownReasons } from "./purchase-parts.ts";
import { orderWords, packsOf, type Listed } from "./purchase-words.ts";
import { refuseOthers } from "./read-desk.ts";

/** Parts of the report, as addresses call them. */
const partOf: Readonly<Record<string, PoolReportPart>> = {
  personas: "members",
  lugares: "points",
  proveedores: "suppliers",
  razones: "allocation",
  pagos: "payments",
  reparto: "packing-list",
};
const partNames: Readonly<Record<string, string>> = {
  personas: "Personas",
  lugares: "Lugares de entrega",
  proveedores: "Proveedores",
  razones: "Reparto y razones",
  pagos: "Pagos",
  reparto: "Lista de reparto",
};

/** What a joint purchase came to: who owes, who is owed, women's and men's part, and all of it as files. */
export const accountsPage = signedPage("/mi-organizacion/:organizationId/compras/:poolId/cuentas")({
  async read(visit) {
    const params = { poolId: visit.params.poolId };
    const { pool } = await visit.call(readPool, { params, query: {} });
    refuseOthers(pool, visit.params.organizationId);
    return { pool, report: (await visit.call(readPoolReport, { params })).report };
  },
  show: (visit, { pool, report }) => {
    const home = `/mi-organizacion/${visit.params.organizationId}`;
    const base = `${home}/pagos`;
    const owed = report.members.reduce((sum, { owedCentimos }) => sum + owedCentimos, 0);
    return {
      title: `Cuentas de ${pool.title}`,
      desk: true,
      main: html`<h1>
          ${owed > 0 ? `Falta cobrar ${soles(owed)} de ${pool.title}` : `Cuentas de ${pool.title}`}
        </h1>
        <p><a class="more" href="${home}/compras/${pool.id}">Volver a la compra</a></p>
        ${totals(report)}
        <h2>Lo que paga cada persona</h2>
        <p class="quiet">
          Toque un nombre para anotar que le pagó, o para confirmar lo que la persona anotó.
        </p>
        ${report.members.length > 0 ? members(visit, { pool, report, base }) : empty("Nadie entró en esta compra.")}
        ${
          report.suppliers.length > 0
            ? html`<h2>Lo que se paga a los proveedores</h2>
                ${suppliers(visit, { pool, report, base })}`
            : null
        }
        ${bySex(report, pool)} ${files(visit)}`,
    };
  },
});

type Shown = { readonly pool: Listed; readonly report: PoolReport; readonly base: string };

const totals = ({ totals: sums }: PoolReport): Content =>
  facts([
    ["Deben las personas, en total", soles(sums.membersDueCentimos)],
    ["Pagaron las personas", soles(sums.membersPaidCentimos)],
    ["Se debe a los proveedores, en total", soles(sums.suppliersDueCentimos)],
    ["Se pagó a los proveedores", soles(sums.suppliersPaidCentimos)],
    ["Aporte para la organización", soles(sums.feeCentimos)],
  ]);

function members({ path }: SignedVisit, { pool, report, base }: Shown): Content {
  return table(
    { caption: "Personas (S/)", path, query: {} },
    [
      {
        title: "Persona",
        cell: ({ orderId, name }) =>
          html`<a href="${accountPath(base, { kind: "pool-order", id: orderId })}"
            >${name ?? "Alguien sin nombre"}</a
          >`,
      },
      { title: "Recoge en", cell: ({ point }) => point },
      { title: "Recibe", cell: ({ packs }) => (packs === null ? "—" : packsOf(packs, pool)), number: true },
      { title: "Descuento", cell: ({ creditCentimos }) => amount(creditCentimos), number: true },
      { title: "Debe pagar", cell: ({ dueCentimos }) => amount(dueCentimos), number: true },
      { title: "Pagó", cell: ({ paidCentimos }) => amount(paidCentimos), number: true },
      { title: "Falta", cell: ({ owedCentimos }) => amount(owedCentimos), number: true },
      { title: "Por devolver", cell: ({ backCentimos }) => amount(backCentimos), number: true },
      {
        title: "Cómo está",
        cell: ({ state, reasons }) => html`${stateMark(...orderWords[state])} ${ownReasons(reasons)}`,
      },
    ],
    report.members,
  );
}

function suppliers({ path }: SignedVisit, { pool, report, base }: Shown): Content {
  return table(
    { caption: "Proveedores (S/)", path, query: {} },
    [
      {
        title: "Proveedor",
        cell: ({ invoiceId, name }) =>
          html`<a href="${accountPath(base, { kind: "pool-invoice", id: invoiceId })}">${name}</a>`,
      },
      { title: "Trae", cell: ({ packs }) => packsOf(packs, pool), number: true },
      { title: "Producto", cell: ({ goodsCentimos }) => amount(goodsCentimos), number: true },
      { title: "Transporte", cell: ({ deliveryCentimos }) => amount(deliveryCentimos), number: true },
      { title: "Descuento", cell: ({ creditCentimos }) => amount(creditCentimos), number: true },
      { title: "Se le pagó", cell: ({ paidCentimos }) => amount(paidCentimos), number: true },
      { title: "Falta pagarle", cell: ({ owedCentimos }) => amount(owedCentimos), number: true },
    ],
    report.suppliers,
  );
}

const amount = (centimos: number): string => (centimos === 0 ? "—" : soles(centimos));

function bySex({ bySex: parts }: PoolReport, pool: Listed): Content {
  return html`<h2>Mujeres y hombres</h2>
    ${
      parts
        ? facts(
            parts.map(({ sex, members: people, packs, dueCentimos }) => [
              sex === "f" ? "Mujeres" : "Hombres",
              `${people}: ${packsOf(packs, pool)}${dueCentimos > 0 ? `, ${soles(dueCentimos)}` : ""}`,
            ]),
          )
        : html`<p class="quiet">
            Se dice cuando hay al menos cinco mujeres y cinco hombres, para cuidar a cada persona.
          </p>`
    }`;
}

function files({ path }: SignedVisit): Content {
  const base = path.replace(/\/cuentas$/, "/archivo");
  return html`<h2>Descargar</h2>
    <p class="quiet">Cada descarga queda anotada.</p>
    <ul>
      ${Object.entries(partNames).map(
        ([slug, name]) =>
          html`<li>
            <a class="more" href="${base}/${slug}?formato=xlsx">${name} en Excel</a> ·
            <a class="more" href="${base}/${slug}">${name} en CSV</a>
          </li>`,
      )}
    </ul>`;
}

export const accountsFile = signedFile(
  "/mi-organizacion/:organizationId/compras/:poolId/archivo/:parte",
  async (visit) => {
    const { poolId, organizationId, parte } = visit.params;
    const part = Object.hasOwn(partOf, parte) ? partOf[parte] : undefined;
    if (!part) throw new DomainError("not-found", "no-such-page", "The report has no such part.");
    const { pool } = await visit.call(readPool, { params: { poolId }, query: {} });
    refuseOthers(pool, organizationId);
    const format = visit.query["formato"] === "xlsx" ? "xlsx" : "csv";
    return new Download(await visit.call(exportPoolReport, { params: { poolId }, query: { part, format } }));
  },
);
