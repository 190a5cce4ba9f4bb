import { readPremiumReport } from "@minka/contracts/lot-settlements";
import { readMemberFigures, smallestCell } from "@minka/contracts/memberships";
import type { Answer } from "@minka/contracts/endpoint";
import { readPoolReport, type PoolReport } from "@minka/contracts/pool-reports";
import { listPools } from "@minka/contracts/pools";
import { addMonths } from "@minka/domain/lima-time";
import { districtLabel, findDistrict } from "@minka/geography/districts";
import { html, type Content, type Html } from "../../design/html.ts";
import { progress, row, rows } from "../../design/parts.ts";
import { table } from "../../design/table.ts";
import { signedPage } from "../../visits/page.ts";
import { dayWords, soles } from "../../words/field-words.ts";
import { packsOf, type Listed } from "../purchases/purchase-words.ts";
import { ofHundred, peopleWords, sizeWords } from "./desk-words.ts";
import { deskPath, isBroker, isManager, readDesk, type DeskVisit } from "./own-organization.ts";

type Figures = Answer<typeof readMemberFigures>;
type Purchase = { readonly pool: Listed; readonly report: PoolReport };

const monthsBack = 12;
/** Each is a report of its own; older ones are in the list of purchases. */
const mostPurchases = 10;

async function readFigures(visit: DeskVisit) {
  const { params, today } = visit;
  const { organizationId } = params;
  const desk = await readDesk(visit);
  const from = addMonths(today, -monthsBack);
  const [figures, purchases, premium] = await Promise.all([
    visit.call(readMemberFigures, { params }),
    isBroker(desk) ? readPurchases(visit) : [],
    isManager(desk)
      ? visit.callIfAny(readPremiumReport, { query: { organizationId, from, until: today } })
      : null,
  ]);
  return { desk, figures, purchases, premium, from };
}
type Data = Awaited<ReturnType<typeof readFigures>>;

async function readPurchases(visit: DeskVisit): Promise<Purchase[]> {
  const { organizationId: organizerId } = visit.params;
  const found = await Promise.all(
    (["ordered", "completed"] as const).map((state) =>
      visit.callIfAny(listPools, { query: { organizerId, state, limit: mostPurchases } }),
    ),
  );
  const pools = found
    .flatMap((page) => page?.items ?? [])
    .toSorted((one, other) => boughtAt(other).localeCompare(boughtAt(one)))
    .slice(0, mostPurchases);
  const reports = await Promise.all(
    pools.map(async (pool) => {
      const answer = await visit.callIfAny(readPoolReport, { params: { poolId: pool.id } });
      return answer ? [{ pool, report: answer.report }] : [];
    }),
  );
  return reports.flat();
}

const boughtAt = ({ orderedAt, openedAt }: Listed): string => orderedAt ?? openedAt;

/** An organization in figures: its members, women's part in everything, what it bought, what lots paid as premium. */
export const figuresPage = signedPage("/mi-organizacion/:organizationId/cifras")({
  read: readFigures,
  show: (visit: DeskVisit, data) => ({
    title: `Cifras de ${data.desk.organization.name}`,
    desk: true,
    main: html`<h1>${heading(data)}</h1>
      <div class="columns">
        <section>${women(data)} ${sizes(data.figures)}</section>
        <section>${districts(visit, data.figures)}</section>
      </div>
      ${bought(visit, data)} ${premium(visit, data)}`,
  }),
});

function heading({ figures: { members, women: count } }: Data): string {
  if (members === 0) return "Todavía no hay socias ni socios que contar";
  return `${peopleWords(members)}, ${count === 1 ? "1 mujer" : `${count} mujeres`}`;
}

function women({ figures, desk }: Data): Content {
  const { members, women: count, men } = figures;
  const known = count + men;
  if (members === 0) return null;
  const { seats, womenShare } = desk.organization.board;
  return html`<h2>Mujeres y hombres</h2>
    ${
      known === 0
        ? html`<p>Nadie dijo todavía si es mujer u hombre.</p>`
        : progress({
            part: count,
            whole: known,
            words: `Entre las socias y los socios: ${count} de ${known} son mujeres${members > known ? `. De ${members - known} no se sabe` : ""}.`,
          })
    }
    ${
      seats === null || womenShare === null
        ? html`<p>
            La directiva no está anotada.
            <a class="more" href="/mi-organizacion/${desk.organization.id}/directiva">Anotar la directiva</a>
          </p>`
        : progress({
            part: womenShare,
            whole: 1,
            words: `En la directiva: ${ofHundred(womenShare)} cargos son de mujeres.`,
          })
    }`;
}

function sizes({ bySize, members }: Figures): Content {
  if (members === 0) return null;
  return html`<h2>Por tamaño de chacra</h2>
    ${
      bySize === null
        ? html`<p>
            En algún tamaño son menos de cinco personas. Con tan pocas no se dice, para cuidar a cada una.
          </p>`
        : bySize.map(({ sizeClass, members: count, women: ofThem }) =>
            progress({
              part: count,
              whole: members,
              words: `${sizeClass ? sizeWords[sizeClass] : "No se sabe su cosecha"}: ${peopleWords(count)}, ${ofThem} mujeres`,
            }),
          )
    }
    <p class="quiet">Según lo que cosecharon la última campaña de café o cacao.</p>`;
}

type OfDistrict = Figures["byDistrict"][number];

/** Districts with few people are told together, by the same rule as sizes, also to who could count them. */
function toldDistricts(all: Figures["byDistrict"]): OfDistrict[] {
  const isTold = ({ districtCode, members }: OfDistrict) => districtCode !== null && members >= smallestCell;
  const others = all.filter((one) => !isTold(one));
  const sum = (of: (one: OfDistrict) => number) => others.reduce((total, one) => total + of(one), 0);
  return [
    ...all.filter(isTold),
    ...(others.length > 0
      ? [{ districtCode: null, members: sum(({ members }) => members), women: sum((one) => one.women) }]
      : []),
  ];
}

function districts({ path, query }: DeskVisit, { byDistrict }: Figures): Content {
  if (byDistrict.length === 0) return null;
  return html`<h2>Por distrito</h2>
    ${table(
      { caption: "De más a menos personas", path, query },
      [
        {
          title: "Distrito",
          cell: ({ districtCode }) => {
            const place = findDistrict(districtCode ?? "");
            return place ? districtLabel(place) : "Otros distritos, o no se sabe";
          },
        },
        { title: "Personas", cell: ({ members }) => members, number: true },
        { title: "Mujeres", cell: ({ women: count }) => count, number: true },
      ],
      toldDistricts(byDistrict),
    )}
    <p class="quiet">Los distritos con menos de cinco personas van juntos, para cuidar a cada una.</p>`;
}

function bought(visit: DeskVisit, { purchases, desk }: Data): Content {
  if (!isBroker(desk)) return null;
  const spent = purchases.reduce((sum, { report }) => sum + report.totals.membersDueCentimos, 0);
  return html`<h2>Compras en grupo</h2>
    ${
      purchases.length === 0
        ? html`<p>
            Todavía no se compró nada en grupo.
            <a class="more" href="${deskPath(visit, "/compras/nueva")}">Abrir una compra en grupo</a>
          </p>`
        : html`<p>
              En las últimas ${purchases.length === 1 ? "se compró" : `${purchases.length} se compró`} por
              ${soles(spent)}.
            </p>
            ${table(
              { caption: "Lo comprado; mujeres, si son cinco o más", path: visit.path, query: visit.query },
              [
                {
                  title: "Compra",
                  cell: ({ pool }: Purchase) =>
                    html`<a href="${deskPath(visit, `/compras/${pool.id}/cuentas`)}">${pool.title}</a>`,
                },
                { title: "Personas", cell: ({ report }) => buyers(report).length, number: true },
                { title: "Cuánto", cell: ({ pool, report }) => packsOf(got(report), pool), number: true },
                {
                  title: "Por todo (S/)",
                  cell: ({ report }) => soles(report.totals.membersDueCentimos),
                  number: true,
                },
                {
                  title: "Mujeres",
                  cell: ({ report }) => womenOf(report, ({ members }) => String(members)),
                  number: true,
                },
                {
                  title: "De mujeres (S/)",
                  cell: ({ report }) => womenOf(report, ({ dueCentimos }) => soles(dueCentimos)),
                  number: true,
                },
              ],
              purchases,
            )}`
    }`;
}

const buyers = ({ members }: PoolReport) => members.filter(({ packs }) => (packs ?? 0) > 0);
const got = (report: PoolReport) => buyers(report).reduce((sum, { packs }) => sum + (packs ?? 0), 0);
type OfSex = NonNullable<PoolReport["bySex"]>[number];

function womenOf({ bySex }: PoolReport, say: (of: OfSex) => string): string {
  const of = bySex?.find(({ sex }) => sex === "f");
  return of ? say(of) : "no se dice";
}

function premium(visit: DeskVisit, { premium: report, from, desk }: Data): Html | null {
  if (!isManager(desk)) return null;
  return html`<h2>Premio a mujeres en los lotes</h2>
    ${
      report === null || report.lots.length === 0
        ? html`<p>
            Desde hace un año no se liquidó ningún lote.
            <a class="more" href="${deskPath(visit, "/lotes")}">Ver los lotes</a>
          </p>`
        : rows([
            row({
              title: soles(report.premiumCentimos),
              href: deskPath(visit, "/lotes/premio"),
              lines: [
                `En ${report.lots.length === 1 ? "1 lote" : `${report.lots.length} lotes`} desde el ${dayWords(from, visit.today)}${report.women === null ? "" : `, a ${report.women} mujeres`}.`,
              ],
            }),
          ])
    }`;
}
