import type { readDemand } from "@minka/contracts/demand";
import type { Answer } from "@minka/contracts/endpoint";
import { html, type Content } from "../../design/html.ts";
import { empty, withQuery } from "../../design/parts.ts";
import { table } from "../../design/table.ts";
import { capitalized } from "../../words/field-words.ts";
import { productName } from "./purchase-words.ts";

type Cell = Answer<typeof readDemand>["demand"][number];
type Line = { product: Cell["product"]; requests: number; open: number; packs: number };

/** What was looked for in some districts, all months together, the most first. */
function summed(demand: readonly Cell[], codes: ReadonlySet<string>): Line[] {
  const lines = new Map<string, Line>();
  for (const { districtCode, product, requests, openRequests, orderedPacks } of demand) {
    if (!codes.has(districtCode)) continue;
    const line = lines.get(product) ?? { product, requests: 0, open: 0, packs: 0 };
    line.requests += requests ?? 0;
    line.open += openRequests ?? 0;
    line.packs += orderedPacks ?? 0;
    lines.set(product, line);
  }
  return [...lines.values()].toSorted((a, b) => b.requests + b.packs - a.requests - a.packs);
}

/** What people asked for somewhere in the last six months; what fewer than five asked for is not told. */
export function demandPart({
  path,
  demand,
  near,
  where,
}: {
  /** Where a purchase of a product is opened; null for who sells. */
  readonly path: string | null;
  readonly demand: readonly Cell[];
  readonly near: readonly { readonly code: string }[];
  readonly where: string;
}): Content {
  const lines = summed(demand, new Set(near.map(({ code }) => code)));
  const name = ({ product }: Line) => capitalized(productName(product));
  return html`<h2>Lo que la gente pidió en ${where}</h2>
    ${
      lines.length > 0
        ? table(
            {
              caption: "Últimos seis meses: pedidos, y sacos o unidades en compras en grupo",
              path: path ?? "",
              query: {},
            },
            [
              {
                title: "Producto",
                cell: (line: Line) =>
                  path === null
                    ? name(line)
                    : html`<a href="${withQuery(path, { producto: line.product })}">${name(line)}</a>`,
              },
              { title: "Pedidos", cell: ({ requests }) => requests || "—", number: true },
              { title: "Abiertos", cell: ({ open }) => open || "—", number: true },
              { title: "En compras", cell: ({ packs }) => packs || "—", number: true },
            ],
            lines,
          )
        : empty("Todavía pidieron menos de cinco personas. Con tan pocas no se dice, para cuidar a cada una.")
    }`;
}
