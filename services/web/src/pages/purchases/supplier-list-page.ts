import { listProviderPools } from "@minka/contracts/pool-quotes";
import { readDemand } from "@minka/contracts/demand";
import { readProvider } from "@minka/contracts/providers";
import { allDistricts } from "@minka/geography/districts";
import { html, type Content, type Html } from "../../design/html.ts";
import { empty, pager, row, rows, stateMark, type Tone } from "../../design/parts.ts";
import { signedPage } from "../../visits/page.ts";
import type { SignedVisit } from "../../visits/visit.ts";
import { soles } from "../../words/field-words.ts";
import { demandPart } from "./demand-part.ts";
import { packsOf, stateWords, untilWords } from "./purchase-words.ts";
import { waitsForSupplier, type Invited } from "./supplier-todo.ts";

/** Joint purchases that a supplier may sell to: what it has to answer first. */
export const supplierListPage = signedPage("/mi-servicio/:providerId/compras")({
  async read(visit) {
    const { providerId } = visit.params;
    const cursor = visit.query["desde"];
    const [list, asked, known] = await Promise.all([
      visit.call(listProviderPools, {
        params: { providerId },
        query: { limit: 50, ...(cursor ? { cursor } : {}) },
      }),
      visit.callIfAny(readDemand, { query: { providerId } }),
      visit.callIfAny(readProvider, { params: { providerId } }),
    ]);
    return { list, demand: asked?.demand ?? null, district: known?.provider.districtCode ?? null };
  },
  show: (visit, { list, demand, district }) => {
    const base = `/mi-servicio/${visit.params.providerId}/compras`;
    const todo = list.items.filter((one) => waitsForSupplier(one, visit.now));
    const rest = list.items.filter((one) => !todo.includes(one));
    return {
      title: "Compras en grupo",
      desk: true,
      main: html`<h1>${heading(todo.length)}</h1>
        <p class="lead">
          La gente se junta para comprar y usted da un precio que baja con la cantidad. Vende más de una vez y
          a pocos lugares.
        </p>
        ${
          todo.length > 0
            ? html`<h2>Esperan por usted</h2>
                ${rows(todo.map((one) => invitedRow(visit, base, one)))}`
            : null
        }
        ${
          rest.length > 0
            ? html`<h2>${todo.length > 0 ? "Las demás" : "En las que usted está"}</h2>
                ${rows(rest.map((one) => invitedRow(visit, base, one)))}`
            : null
        }
        ${
          list.items.length === 0
            ? empty(
                "Todavía no le invitaron a una compra en grupo. Minka invita a quien publica lo que la gente junta y llega a su distrito: tenga sus ofertas al día.",
                { href: `/mi-servicio/${visit.params.providerId}/ofertas`, words: "Ver mis ofertas" },
              )
            : null
        }
        ${pager(base, visit.query, list.next)}
        ${
          demand && district
            ? demandPart({
                path: null,
                demand,
                near: allDistricts().filter(({ code }) => code.startsWith(district.slice(0, 2))),
                where: allDistricts().find(({ code }) => code === district)?.region ?? "",
              })
            : null
        }`,
    };
  },
});

function heading(todo: number): string {
  if (todo === 0) return "Compras en grupo a las que puede vender";
  return todo === 1 ? "1 compra en grupo espera por usted" : `${todo} compras en grupo esperan por usted`;
}

function invitedRow(visit: SignedVisit, base: string, one: Invited): Html {
  const { pool, supply } = one;
  const [words, tone, line] = standing(visit, one);
  return row({
    title: pool.title,
    href: `${base}/${pool.id}`,
    side: supply ? soles(supply.totalCentimos) : packsOf(pool.packs, pool),
    lines: [`La junta ${pool.organizer.name}.`, line],
    more: html`<p>${stateMark(words, tone)}</p>`,
  });
}

/** How a supplier stands in a purchase, and what that means. */
function standing(
  { now }: SignedVisit,
  { pool, quote, supply }: Invited,
): readonly [words: string, tone: Tone, line: Content] {
  if (supply?.answerBy)
    return [
      "Le compran: falta su sí",
      "waiting",
      `${packsOf(supply.packs, pool)}. Responda ${untilWords(supply.answerBy, now)}.`,
    ];
  if (supply && pool.orderedAt) return ["Usted lo lleva", "good", packsOf(supply.packs, pool)];
  if (supply) return ["Usted dijo que lo lleva", "good", "Le avisamos cuando quede firme."];
  if (pool.state === "open")
    return quote
      ? ["Ya dio su precio", "good", `Puede cambiarlo ${untilWords(pool.deadline, now)}.`]
      : ["Falta su precio", "waiting", `Puede darlo ${untilWords(pool.deadline, now)}.`];
  if (pool.state === "cancelled") return [...stateWords.cancelled, null];
  return quote && !pool.orderedAt
    ? ["Se decide a quién compran", "waiting", "Le avisamos por SMS."]
    : ["No vende en esta", "over", null];
}
