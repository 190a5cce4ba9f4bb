import { listPools, type listedPool } from "@minka/contracts/pools";
import { districtLabel, findDistrict } from "@minka/geography/districts";
import type { z } from "zod";
import { html, type Content, type Html } from "../../design/html.ts";
import { empty, pager, progress } from "../../design/parts.ts";
import { publicPage } from "../../visits/page.ts";
import { counted, joinWords, shortened, soles } from "../../words/field-words.ts";
import { isEstimate } from "../purchases/purchase-parts.ts";
import { packsOf, untilWords } from "../purchases/purchase-words.ts";
import { districtOf, everywhereLink, placeField, readPlace } from "../market/place-query.ts";

const path = "/compras-juntas";

type Pool = z.output<typeof listedPool>;
type List = { readonly items: readonly Pool[]; readonly next: string | null };

/** Joint purchases that neighbours may enter too: what one pays today, and how many more lower the price for all. */
export const openPurchasesPage = publicPage(path)({
  async read(visit) {
    const place = await readPlace(visit);
    const districtCode = districtOf(place)?.code;
    const cursor = visit.query["desde"];
    const list =
      (cursor ? await visit.callIfAny(listPools, { query: { districtCode, cursor } }) : null) ??
      (await visit.call(listPools, { query: { districtCode } }));
    return { place, list };
  },
  show(visit, { place, list }) {
    const district = districtOf(place);
    const where = district ? ` para ${district.name}` : "";
    const address = {
      distrito: district?.code ?? visit.query["distrito"],
      lugar: visit.query["lugar"] === "todo" ? "todo" : undefined,
      desde: visit.query["desde"],
    };
    return {
      title: `Compras en grupo${where}`,
      description: `Compras de abono y herramientas en grupo${where}: precio de hoy, cuánto falta para que baje y hasta cuándo se puede entrar.`,
      canonical: district ? `${path}?distrito=${district.code}` : path,
      main: html`<h1>${heading(list, visit.query["desde"], where)}</h1>
        <p class="lead">Mientras más sacos se juntan, más baja el precio para todos. Entrar no cuesta.</p>
        ${
          list.items.length === 0
            ? empty(
                "Cuando una organización abra una compra, la verá aquí. También puede comprar por su cuenta.",
                { href: "/ofertas?tipo=input", words: "Ver abonos e insumos" },
              )
            : html`<h2>Se puede entrar ahora</h2>
                <ul class="rows">
                  ${list.items.map((pool) => poolRow(pool, visit.now))}
                </ul>`
        }
        ${pager(path, address, list.next)}
        <h2>Buscar en otro distrito</h2>
        <form action="${path}" method="get" role="search">
          ${placeField(place, path, address)}
          <button class="quiet-button">Ver compras</button>
        </form>
        ${everywhereLink(place, path, address, "Ver en todos los distritos")}`,
    };
  },
});

function heading({ items, next }: List, cursor: string | undefined, where: string): string {
  // A later page of the list says nothing about the whole.
  if (cursor) return `Compras en grupo abiertas${where}`;
  const count = items.length;
  if (count === 0) return `Ahora no hay compras en grupo abiertas${where}`;
  return count === 1
    ? `Hay 1 compra en grupo abierta${where}`
    : `Hay ${next === null ? "" : "más de "}${count} compras en grupo abiertas${where}`;
}

function poolRow(pool: Pool, now: Date): Html {
  const { id, title, organizer, price, points, deadline, people, minimumPacks, packs } = pool;
  return html`<li>
    <div class="line">
      <div>
        <h3><a href="/mi/compras/${id}">${title}</a></h3>
        <p>Junta: ${organizer.name}</p>
      </div>
      <p class="price">
        ${price?.priceCentimos ? soles(price.priceCentimos) : null}
        <small
          >${price?.priceCentimos ? `${isEstimate(pool) ? "más o menos" : "hoy"}, cada uno` : "aún no hay precio"}</small
        >
      </p>
    </div>
    ${steps(pool)}
    <p class="quiet">
      ${packs < minimumPacks ? `Se hace desde ${minimumPacks} en total. ` : ""}${people === null ? "" : `${people === 1 ? "Ya entró 1 persona" : `Ya entraron ${people} personas`}. `}Se
      entrega en
      ${shortened(
        points.map(({ name }) => name),
        3,
        (count) => counted(count, "lugar más", "lugares más"),
      )}.
      Para ${districtsWords(pool)}. Se entra ${untilWords(deadline, now)}.
    </p>
  </li>`;
}

function districtsWords({ districts }: Pool): string {
  const named = districts.map((code) => findDistrict(code)).filter((district) => district !== undefined);
  const [only] = named;
  if (named.length === 1 && only) return districtLabel(only);
  return joinWords([
    shortened(
      named.map(({ name }) => name),
      3,
      (count) => counted(count, "distrito más", "distritos más"),
    ),
  ]);
}

/** As far as the next price. */
function steps(pool: Pool): Content {
  const { packs, price } = pool;
  const joined = `${packs === 1 ? "Va" : "Van"} ${packsOf(packs, pool)}`;
  if (!price?.next) return html`<p>${joined}${price?.priceCentimos ? ": ya es el mejor precio." : "."}</p>`;
  const { missingPacks, priceCentimos } = price.next;
  return progress({
    part: packs,
    whole: packs + missingPacks,
    words: html`${joined}: <strong>${missingPacks === 1 ? "falta 1" : `faltan ${missingPacks}`}</strong> para
      que baje a ${isEstimate(pool) ? "más o menos " : null}${soles(priceCentimos)} para todos.`,
  });
}
