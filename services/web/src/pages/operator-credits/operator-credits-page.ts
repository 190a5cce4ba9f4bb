import { listProviders } from "@minka/contracts/catalog";
import { listLenderCredits } from "@minka/contracts/credit-decisions";
import { decidedNouns, decisionParts, readDecisionMakers } from "@minka/contracts/decision-makers";
import { readExposure } from "@minka/contracts/endorsements";
import type { Answer } from "@minka/contracts/endpoint";
import { listAttention } from "@minka/contracts/notifications";
import { findOrganizations } from "@minka/contracts/organizations";
import { addMonths } from "@minka/domain/lima-time";
import { districtLabel, findDistrict } from "@minka/geography/districts";
import { resolvePlace } from "@minka/geography/resolve-place";
import { html, type Content } from "../../design/html.ts";
import { empty, notice } from "../../design/parts.ts";
import { filters, table } from "../../design/table.ts";
import { askedDay, withMisread } from "../../visits/asked.ts";
import { operatorPage } from "../../visits/page.ts";
import type { SignedVisit } from "../../visits/visit.ts";
import { dayWords, soles } from "../../words/field-words.ts";

/** More than so many waiting are not counted one by one. */
const mostCounted = 100;

/** Lenders and what waits for them, what organizations vouch for, and who decides: counts, and nobody's credit. */
export const operatorCreditsPage = operatorPage("/operador/creditos")({
  read: async (visit) => {
    const until = askedDay(visit, "hasta") ?? visit.today;
    const asked = askedDay(visit, "de") ?? addMonths(until, -3);
    const from = asked > until ? until : asked;
    const [lenders, makers, waiting, vouching] = await Promise.all([
      readLenders(visit),
      visit.callIfAny(readDecisionMakers, { query: { from, until } }),
      countAttention(visit),
      readVouching(visit),
    ]);
    return { from, until, lenders, makers: makers?.rows ?? [], waiting, vouching };
  },
  show: (visit, { from, until, lenders, makers, waiting, vouching }) => ({
    title: "Créditos",
    desk: true,
    main: html`<h1>${heading(waiting)}</h1>
      ${
        waiting > 0
          ? html`<p>
              <a class="more" href="/operador/conversaciones">Ver a quién llamar</a>
            </p>`
          : null
      }
      <h2>Entidades que prestan</h2>
      ${lendersTable(visit, lenders)}
      <h2>Avales de las organizaciones</h2>
      ${filters(visit.path, visit.query, [{ name: "distrito", label: "Distrito", type: "text" }])}
      ${vouchingTable(visit, vouching)}
      <h2>Quién decide</h2>
      <p class="quiet">
        Del ${dayWords(from, visit.today)} al ${dayWords(until, visit.today)}. Menos de cinco personas no se
        dice.
      </p>
      ${filters(visit.path, withMisread(visit, { ...visit.query, de: from, hasta: until }), [
        { name: "de", label: "Desde", type: "date" },
        { name: "hasta", label: "Hasta", type: "date" },
      ])}
      ${makersTable(visit, makers)}`,
  }),
});

function heading(waiting: number): string {
  if (waiting === 0) return "Ningún crédito ni aval está sin atender";
  return waiting === 1
    ? "1 crédito o aval está sin atender"
    : `${waiting} créditos o avales están sin atender`;
}

async function countAttention(visit: SignedVisit): Promise<number> {
  const counted = await Promise.all(
    (["credit_unattended", "endorsement_unattended"] as const).map((kind) =>
      visit.callIfAny(listAttention, { query: { kind, limit: mostCounted } }),
    ),
  );
  return counted.reduce((sum, found) => sum + (found?.items.length ?? 0), 0);
}

async function readLenders(visit: SignedVisit) {
  const { items } = await visit.call(listProviders, {
    query: { providerKind: "lender", sort: "name", limit: 20 },
  });
  return Promise.all(
    items.map(async ({ id, name }) => {
      const count = async (state: "submitted" | "in_review" | "accepted" | "in_arrears") =>
        (
          await visit.callIfAny(listLenderCredits, {
            params: { providerId: id },
            query: { state, limit: mostCounted },
          })
        )?.items.length ?? 0;
      const [submitted, reviewed, accepted, late] = await Promise.all([
        count("submitted"),
        count("in_review"),
        count("accepted"),
        count("in_arrears"),
      ]);
      return { id, name, submitted, reviewed, accepted, late };
    }),
  );
}

const atMost = (count: number): Content => (count >= mostCounted ? `${mostCounted} o más` : count);

function lendersTable(visit: SignedVisit, lenders: Awaited<ReturnType<typeof readLenders>>): Content {
  if (lenders.length === 0)
    return empty("Todavía no hay entidades revisadas.", {
      href: "/operador/proveedores",
      words: "Ver proveedores",
    });
  return table(
    { caption: "Entidades, por nombre", path: visit.path, query: visit.query },
    [
      {
        title: "Entidad",
        cell: ({ id, name }) => html`<a href="/mi-servicio/${id}/creditos">${name}</a>`,
      },
      { title: "Por revisar", cell: ({ submitted }) => atMost(submitted), number: true },
      { title: "En revisión", cell: ({ reviewed }) => atMost(reviewed), number: true },
      { title: "Por entregar", cell: ({ accepted }) => atMost(accepted), number: true },
      { title: "Atrasados", cell: ({ late }) => atMost(late), number: true },
    ],
    lenders,
  );
}

type Vouching =
  | { readonly kind: "none" }
  | { readonly kind: "unknown" }
  | {
      readonly kind: "found";
      readonly place: string;
      readonly organizations: readonly {
        readonly id: string;
        readonly name: string;
        readonly exposure: Answer<typeof readExposure>;
      }[];
    };

async function readVouching(visit: SignedVisit): Promise<Vouching> {
  const written = visit.query["distrito"];
  if (!written) return { kind: "none" };
  const place = resolvePlace(written);
  const district = findDistrict(written) ?? (place.kind === "one" ? place.district : undefined);
  if (!district) return { kind: "unknown" };
  const { organizations } = await visit.call(findOrganizations, {
    query: { districtCode: district.code, limit: 20 },
  });
  const read = await Promise.all(
    organizations.map(async ({ id, name }) => ({
      id,
      name,
      exposure: await visit.callIfAny(readExposure, { params: { organizationId: id } }),
    })),
  );
  return {
    kind: "found",
    place: districtLabel(district),
    organizations: read.flatMap(({ exposure, ...one }) => (exposure ? [{ ...one, exposure }] : [])),
  };
}

function vouchingTable(visit: SignedVisit, vouching: Vouching): Content {
  if (vouching.kind === "none")
    return html`<p class="quiet">Escriba un distrito para ver por cuánto responden sus organizaciones.</p>`;
  if (vouching.kind === "unknown")
    return notice("No conocemos ese lugar, o hay varios. Escriba el distrito y la provincia.");
  if (vouching.organizations.length === 0) return empty(`No hay organizaciones cerca de ${vouching.place}.`);
  return table(
    { caption: `Cerca de ${vouching.place}`, path: visit.path, query: visit.query },
    [
      {
        title: "Organización",
        cell: ({ id, name }) => html`<a href="/mi-organizacion/${id}/avales">${name}</a>`,
      },
      { title: "Avala (S/)", cell: ({ exposure }) => soles(exposure.exposureCentimos), number: true },
      { title: "Tope (S/)", cell: ({ exposure }) => soles(exposure.limitCentimos), number: true },
      { title: "Créditos", cell: ({ exposure }) => exposure.standing, number: true },
      { title: "No pagaron a tiempo", cell: ({ exposure }) => exposure.called, number: true },
      {
        title: "Tope propuesto (S/)",
        cell: ({ exposure: { proposed } }) => (proposed ? soles(proposed.limitCentimos) : ""),
        number: true,
      },
    ],
    vouching.organizations,
  );
}

const nounWords: Readonly<Record<(typeof decidedNouns)[number], string>> = {
  pool: "Compras en grupo",
  lot: "Lotes",
  credit: "Créditos",
  endorsement: "Avales",
  "exposure-limit": "Topes de avales",
};
const partWords: Readonly<Record<(typeof decisionParts)[number], string>> = {
  proposed: "propuso",
  negotiated: "negoció",
  approved: "aprobó",
};

function makersTable(visit: SignedVisit, rows: Answer<typeof readDecisionMakers>["rows"]): Content {
  if (rows.length === 0) return empty("En esos días nadie decidió nada.");
  const withheld = (count: number | null): Content => (count === null ? "menos de 5" : count);
  return table(
    { caption: "Personas y decisiones, por sexo", path: visit.path, query: visit.query },
    [
      { title: "Qué", cell: ({ noun }) => nounWords[noun] },
      { title: "Parte", cell: ({ part }) => partWords[part] },
      {
        title: "Quién",
        cell: ({ sex }) => (sex === "f" ? "mujeres" : sex === "m" ? "hombres" : "no se sabe"),
      },
      { title: "Personas", cell: ({ persons }) => withheld(persons), number: true },
      { title: "Decisiones", cell: ({ decisions }) => withheld(decisions), number: true },
    ],
    rows,
  );
}
