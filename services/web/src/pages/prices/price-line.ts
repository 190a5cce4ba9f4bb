import type { Centimos } from "@minka/domain/money";
import { html, type Content } from "../../design/html.ts";
import { soles } from "../../words/field-words.ts";

const [width, height, margin] = [320, 64, 14];

/** What buyers pay, as dots on a line from the lowest to the highest price; the list beside it says the same. */
export function priceLine(prices: readonly Centimos[], name: string): Content {
  const [least, most] = [Math.min(...prices), Math.max(...prices)];
  if (prices.length < 2 || least === most) return null;
  const at = (price: Centimos) =>
    Math.round(margin + ((price - least) / (most - least)) * (width - 2 * margin));
  return html`<svg
    class="scale"
    viewBox="0 0 ${width} ${height}"
    role="img"
    aria-label="${name}: de ${soles(least)} a ${soles(most)} por kg"
  >
    <path d="M${margin} 24h${width - 2 * margin}" />
    ${prices.map((price) => html`<circle cx="${at(price)}" cy="24" r="8" />`)}
    <text x="4" y="56">${soles(least)}</text>
    <text x="${width - 4}" y="56" text-anchor="end">${soles(most)}</text>
  </svg>`;
}
