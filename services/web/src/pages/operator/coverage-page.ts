import { readOfferCoverage, readRequestCoverage } from "@minka/contracts/coverage";
import { readFairness } from "@minka/contracts/fairness";
import { kinds } from "@minka/domain/vocabulary";
import { findDistrict } from "@minka/geography/districts";
import { html, type Content } from "../../design/html.ts";
import { chips, empty, withQuery } from "../../design/parts.ts";
import { filters, table } from "../../design/table.ts";
import { askedOf, withMisread } from "../../visits/asked.ts";
import { operatorPage, signedFile } from "../../visits/page.ts";
import type { SignedVisit } from "../../visits/visit.ts";
import { kindWords } from "../../words/field-words.ts";
import { schematicMap } from "../home/region-map.ts";
import { csvFile } from "./desk-list.ts";
import { fairnessPart } from "./fairness-view.ts";
import {
  areaFilter,
  askedArea,
  boundPeriod,
  oneOf,
  districtName,
  kindFilter,
  numberWords,
  periodFilters,
  shareWords,
} from "./list-query.ts";

const path = "/operador/cobertura";
const usualDays = 90;

/** Regions where the programmes work: what is looked at where no place is named. */
const programme = ["22", "10", "25", "19"];

type Row = {
  readonly districtCode: string;
  requests: number;
  agreed: number;
  done: number;
  unserved: number;
  providers: number;
  fresh: number;
  stale: number;
};

const regionOf = ({ districtCode }: Row): string => findDistrict(districtCode)?.region ?? "";

const columns = [
  { title: "Distrito", sort: "distrito", of: (row: Row) => districtName(row.districtCode) },
  // Districts of two regions may share a name.
  { title: "Región", sort: "region", of: regionOf },
  { title: "Pedidos", sort: "pedidos", of: (row: Row) => row.requests },
  { title: "Con acuerdo", sort: "acuerdo", of: (row: Row) => row.agreed },
  { title: "Hechos", sort: "hechos", of: (row: Row) => row.done },
  { title: "Sin nadie", sort: "sinnadie", of: (row: Row) => row.unserved },
  { title: "Proveedores que llegan", sort: "proveedores", of: (row: Row) => row.providers },
  { title: "Ofertas al día", sort: "ofertas", of: (row: Row) => row.fresh },
  { title: "Ofertas sin confirmar", sort: "viejas", of: (row: Row) => row.stale },
] as const;

async function readRows(visit: SignedVisit): Promise<Row[]> {
  const { call } = visit;
  const kind = askedOf(visit, "tipo", kinds);
  const area = askedArea(visit);
  const [asked, ...reached] = await Promise.all([
    call(readRequestCoverage, { query: { ...boundPeriod(visit, usualDays), area, kind } }),
    ...(area ? [area] : programme).map((one) => call(readOfferCoverage, { query: { area: one, kind } })),
  ]);
  const rows = new Map<string, Row>();
  const rowOf = (districtCode: string): Row => {
    const row = rows.get(districtCode) ?? {
      districtCode,
      requests: 0,
      agreed: 0,
      done: 0,
      unserved: 0,
      providers: 0,
      fresh: 0,
      stale: 0,
    };
    rows.set(districtCode, row);
    return row;
  };
  for (const { districtCode, requests, agreed, done, unserved } of asked.rows) {
    const row = rowOf(districtCode);
    row.requests += requests;
    row.agreed += agreed;
    row.done += done;
    row.unserved += unserved;
  }
  for (const { districtCode, providers, fresh, sunk, hidden } of reached.flatMap((answer) => answer.rows)) {
    const row = rowOf(districtCode);
    // Of several kinds the same provider is counted once each: the most of one kind is certain.
    row.providers = Math.max(row.providers, providers);
    row.fresh += fresh;
    row.stale += sunk + hidden;
  }
  return ordered([...rows.values()], visit.query["orden"]);
}

/** By the heading that was chosen, else those with the most requests left without anybody first; then by region and name. */
function ordered(rows: Row[], order: string | undefined): Row[] {
  const column = columns.find(({ sort }) => sort === order?.replace(/^-/, ""));
  const direction = !column || order?.startsWith("-") ? -1 : 1;
  const valueOf = column?.of ?? ((row: Row) => row.unserved * 1_000 + row.requests);
  const byName = (one: string, other: string) => one.localeCompare(other, "es");
  return rows.toSorted((one, other) => {
    const [a, b] = [valueOf(one), valueOf(other)];
    const found = typeof a === "string" || typeof b === "string" ? byName(String(a), String(b)) : a - b;
    return (
      found * direction ||
      byName(regionOf(one), regionOf(other)) ||
      byName(districtName(one.districtCode), districtName(other.districtCode))
    );
  });
}

/** Where what is asked for finds somebody and where not, for whom, and who is shown how often. */
export const coveragePage = operatorPage(path)({
  read: async (visit) => {
    const period = boundPeriod(visit, usualDays);
    const [rows, fairness] = await Promise.all([
      readRows(visit),
      visit.callIfAny(readFairness, { query: { ...period, most: 5 } }),
    ]);
    return { period, rows, fairness };
  },
  show: (visit, { period, rows, fairness }) => {
    const { hecho: _done, ...query } = visit.query;
    const shown = withMisread(visit, { ...query, del: period.from, al: period.until });
    return {
      title: "Cobertura",
      desk: true,
      main: html`<h1>${heading(rows)}</h1>
        ${filters(path, shown, [kindFilter, areaFilter, ...periodFilters], `${path}.csv`)}
        ${
          rows.length === 0
            ? empty("En ese lugar y esos días no hubo pedidos, y ningún proveedor llega.", {
                href: path,
                words: "Ver todo",
              })
            : html`${districtTable(shown, rows)}
                <h2>En el mapa</h2>
                ${picture(query, rows)}`
        }
        ${fairness ? fairnessPart(fairness) : null}`,
    };
  },
});

function heading(rows: readonly Row[]): string {
  const [requests, unserved] = [
    rows.reduce((sum, row) => sum + row.requests, 0),
    rows.reduce((sum, row) => sum + row.unserved, 0),
  ];
  if (requests === 0) return "Quién llega a cada distrito";
  return unserved === 0
    ? requests === 1
      ? "El pedido que hubo no quedó sin nadie"
      : `De ${numberWords(requests)} pedidos, ninguno quedó sin nadie`
    : requests === 1
      ? "El único pedido quedó sin nadie"
      : `De ${numberWords(requests)} pedidos, ${numberWords(unserved)} ${unserved === 1 ? "quedó" : "quedaron"} sin nadie`;
}

const districtTable = (query: Readonly<Record<string, string | undefined>>, rows: readonly Row[]): Content =>
  table(
    { caption: `Por distrito: ${rows.length}`, path, query },
    columns.map(({ title, sort, of }) => ({
      title,
      sort,
      number: sort !== "distrito" && sort !== "region",
      cell: (row: Row) =>
        sort === "sinnadie" && row.unserved > 0
          ? html`<a
              href="${withQuery("/operador/pedidos", { lugar: row.districtCode, tipo: query["tipo"], del: query["del"], al: query["al"] })}"
              >${row.unserved} (${shareWords(row.unserved, row.requests)})</a
            >`
          : of(row),
    })),
    rows,
  );

const drawn = {
  pedidos: {
    words: "Pedidos",
    of: (row: Row) => row.requests,
    name: "cuántos pedidos hubo en cada distrito",
  },
  "sin-nadie": {
    words: "Sin nadie",
    of: (row: Row) => row.unserved,
    name: "cuántos pedidos quedaron sin nadie",
  },
  proveedores: { words: "Proveedores", of: (row: Row) => row.providers, name: "cuántos proveedores llegan" },
} as const;

const maps = ["pedidos", "sin-nadie", "proveedores"] as const;

function picture(query: Readonly<Record<string, string | undefined>>, rows: readonly Row[]): Content {
  const requested = rows.some((row) => row.requests > 0);
  const chosen = oneOf(maps, query["mapa"]) ?? (requested ? "pedidos" : "proveedores");
  const { of, name } = drawn[chosen];
  const most = Math.max(1, ...rows.map(of));
  const dots = rows.flatMap((row) => {
    const district = findDistrict(row.districtCode);
    if (!district || of(row) === 0 || !programme.includes(row.districtCode.slice(0, 2))) return [];
    return [{ district, radius: Math.round(4 + 12 * Math.sqrt(of(row) / most)) }];
  });
  return html`${chips(
      "Qué muestra el mapa",
      Object.entries(drawn).map(([value, { words }]) => ({
        href: withQuery(path, { ...query, mapa: value }),
        words,
        current: value === chosen,
      })),
    )}
    ${
      dots.length === 0
        ? empty("De esto no hay nada que dibujar.")
        : schematicMap({ name: `Mapa: ${name}. La tabla dice lo mismo.`, dots, chosen: null })
    }
    <p class="quiet">Cada círculo es un distrito; mientras más grande, más hay.</p>`;
}

export const coverageFile = signedFile(
  `${path}.csv`,
  async (visit) => {
    const rows = await readRows(visit);
    return csvFile(
      `cobertura-${askedOf(visit, "tipo", kinds) ? kindWords[askedOf(visit, "tipo", kinds) ?? "assistance"] : "todo"}-${visit.today}`,
      ["Código del distrito", ...columns.map(({ title }) => title)],
      rows.map((row) => [row.districtCode, ...columns.map(({ of }) => of(row))]),
    );
  },
  "operator",
);
