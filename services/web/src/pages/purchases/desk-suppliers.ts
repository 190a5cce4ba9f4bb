import type { PoolQuote } from "@minka/contracts/pool-quotes";
import type { Pool } from "@minka/contracts/pools";
import { form, selectField, submit } from "../../design/fields.ts";
import { html, type Content, type Html } from "../../design/html.ts";
import { empty, row, rows, stateMark, type Tone } from "../../design/parts.ts";
import { formState, type Attempt } from "../../forms/attempt.ts";
import { dayWords, soles } from "../../words/field-words.ts";
import { limaDay } from "@minka/domain/lima-time";
import type { Desk, DeskVisit } from "./read-desk.ts";

const quoteWords: Record<PoolQuote["state"], readonly [string, Tone]> = {
  standing: ["Vale", "good"],
  replaced: ["La cambió", "over"],
  declined: ["No lo lleva", "over"],
  excluded: ["Fuera de este reparto", "over"],
  withdrawn: ["Ya no está en Minka", "over"],
};

/** "desde 1 a S/ 118; desde 60 a S/ 112": the first one from its least order. */
const tierWords = (tiers: PoolQuote["tiers"]): string =>
  tiers
    .map(({ minimumPacks, priceCentimos }) => `desde ${minimumPacks} a ${soles(priceCentimos)}`)
    .join("; ");

/** "Plaza de Uchiza: S/ 150": what bringing it costs, by place. */
const deliveryWords = ({ points }: Pool, { deliveryCentimos }: Pick<PoolQuote, "deliveryCentimos">): string =>
  points
    .map(({ id, name }) => {
      const cost = deliveryCentimos[id];
      if (cost === undefined) return `${name}: no llega`;
      return `${name}: ${cost === 0 ? "gratis" : soles(cost)}`;
    })
    .join("; ");

/** A quote of a whole day ends as the next one begins. */
export const lastValidDay = ({ validUntil }: Pick<PoolQuote, "validUntil">): string =>
  limaDay(new Date(new Date(validUntil).getTime() - 1));

export function quoteLines(pool: Pool, quote: PoolQuote, today: string): Content[] {
  return [
    `Cada uno: ${tierWords(quote.tiers)}.`,
    `Llevarlo: ${deliveryWords(pool, quote)}.`,
    [
      quote.casePacks > 1 ? `Vende de ${quote.casePacks} en ${quote.casePacks}.` : "",
      quote.stockPacks === null ? "" : `Tiene hasta ${quote.stockPacks}.`,
      `Vale hasta el ${dayWords(lastValidDay(quote), today)}.`,
    ].join(" "),
  ];
}

/** Who was invited and what they quote, as far as it may be seen already. */
export function suppliersPart(visit: DeskVisit, desk: Desk, attempt: Attempt | null): Html {
  const { pool, suppliers, quotes } = desk;
  return html`<h2 id="proveedores">Proveedores y precios</h2>
    ${
      quotes === null
        ? html`<p>
            Los precios están en sobre cerrado.
            ${pool.quotes === null ? null : `Ya dieron precio: ${pool.quotes}.`}
          </p>`
        : null
    }
    ${
      suppliers.length > 0
        ? rows(
            suppliers.map(({ providerId, name, found }) => {
              const own = quotes?.filter(
                (quote) => quote.providerId === providerId && quote.state !== "replaced",
              );
              const [quote] = own ?? [];
              return row({
                title: name,
                lines: [
                  found ? "Lo encontró Minka." : "Lo invitaron ustedes.",
                  ...(quote ? quoteLines(pool, quote, visit.today) : []),
                ],
                more: quote
                  ? html`<p>${stateMark(...quoteWords[quote.state])}</p>`
                  : quotes
                    ? html`<p>${stateMark("Todavía no da precio", "waiting")}</p>`
                    : null,
              });
            }),
          )
        : empty(
            "Minka busca proveedores que vendan esto y lleguen a esos lugares. También pueden invitar a uno.",
          )
    }
    ${pool.state === "open" ? inviting(visit, desk, attempt) : null}`;
}

function inviting(visit: DeskVisit, { invitable }: Desk, attempt: Attempt | null): Content {
  if (invitable.length === 0) return null;
  const state = formState(attempt, "invitar");
  return html`<details ${attempt?.action === "invitar" ? html` open` : null}>
    <summary>Invitar a otro proveedor</summary>
    ${form(
      visit,
      state,
      html`${selectField(state, { name: "proveedor", label: "¿A quién?", none: "Elija", options: invitable.map(({ id, name }) => ({ value: id, words: name })) })}${submit("Invitar a dar precio")}`,
    )}
  </details>`;
}
