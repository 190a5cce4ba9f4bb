import type { CreditProduct } from "@minka/contracts/credit-products";
import type { compareProducts, Credit } from "@minka/contracts/credits";
import type { Answer } from "@minka/contracts/endpoint";
import { word } from "@minka/language/texts";
import { actionButton } from "../../design/fields.ts";
import { html, type Content, type Html } from "../../design/html.ts";
import { empty, row, rows, withQuery } from "../../design/parts.ts";
import { formState, type Attempt } from "../../forms/attempt.ts";
import type { View } from "../../visits/page.ts";
import type { SignedVisit } from "../../visits/visit.ts";
import { capitalized, dayWords, joinWords, soles } from "../../words/field-words.ts";
import { askedWords, instalmentWords, monthsCount, wayWords } from "./say-credit.ts";

type Products = Answer<typeof compareProducts>;

/** What lenders would lend, what each costs in all, and what is missing for it. */
export function compareView(
  visit: SignedVisit,
  { credit, products }: { credit: Credit; products: Products },
  attempt: Attempt | null,
): View {
  const { eligible, nearly, others } = products;
  const list = (all: readonly CreditProduct[]) =>
    rows(all.map((product) => productRow(visit, { credit, product }, attempt)));
  return {
    title: "Comparar créditos",
    main: html`<h1>${heading(products, credit)}</h1>
      <p class="lead">
        Usted pide ${askedWords(credit)} para ${word("purpose", credit.purpose)}.
        <a href="/mi/credito/${credit.id}/cambiar">Cambiar</a>
      </p>
      ${
        eligible.length > 0
          ? html`<h2>Puede pedirlos ya</h2>
              ${list(eligible)}`
          : null
      }
      ${
        nearly.length > 0
          ? html`<h2>Le falta poco</h2>
              ${list(nearly)}`
          : null
      }
      ${
        others.length > 0
          ? html`<details ${eligible.length + nearly.length === 0 ? html` open` : null}>
              <summary>Otros que hoy no le alcanzan (${others.length})</summary>
              ${list(others)}
            </details>`
          : null
      }
      ${
        eligible.length + nearly.length + others.length === 0
          ? empty("Ninguna entidad de Minka presta para eso en su distrito. Pruebe otro monto o plazo.", {
              href: `/mi/credito/${credit.id}/cambiar`,
              words: "Cambiar lo que pide",
            })
          : null
      }
      ${actionButton(visit, formState(attempt, "retirar"), "Ya no quiero este crédito", { quiet: true })}`,
  };
}

function heading({ eligible, nearly }: Products, credit: Credit): string {
  const count = eligible.length;
  if (count > 0)
    return `${count === 1 ? "1 crédito que puede" : `${count} créditos que puede`} pedir ya para sus ${soles(credit.amountCentimos)}`;
  if (nearly.length > 0)
    return `Le falta poco para ${nearly.length === 1 ? "1 crédito" : `${nearly.length} créditos`} de ${soles(credit.amountCentimos)}`;
  return "Hoy ningún crédito le alcanza así";
}

function productRow(
  visit: SignedVisit,
  { credit, product }: { credit: Credit; product: CreditProduct },
  attempt: Attempt | null,
): Html {
  const { offerId, title, lenderName, totalCentimos } = product;
  const isChosen = credit.chosen?.offerId === offerId;
  return row({
    title: lenderName,
    side: html`${soles(totalCentimos)}<small class="quiet">devuelve en todo</small>`,
    lines: [`${title}.`, costWords(product), whenWords(product, visit.today), outsideWords(product)],
    more: html`${needs(product)}
    ${
      isChosen
        ? html`<p><a class="more" href="${withQuery(visit.path, {})}">Seguir con este</a></p>`
        : actionButton(
            visit,
            formState(attempt, "elegir", {}, { oferta: offerId }),
            `Elegir este y revisar · devuelve ${soles(totalCentimos)}`,
            { values: { oferta: offerId }, quiet: true },
          )
    }`,
  });
}

/** "Recibe S/ 800. 2 cuotas de hasta S/ 413.31. Le cuesta S/ 26.62 (TCEA 35.4 %)." */
function costWords({
  receivedCentimos,
  instalments,
  instalmentCentimos,
  costCentimos,
  fullCostPercent,
}: CreditProduct): string {
  return `Recibe ${soles(receivedCentimos)}. ${capitalized(instalmentWords(instalments, instalmentCentimos))}. Le cuesta ${soles(costCentimos)} (TCEA ${fullCostPercent.toFixed(1)} %).`;
}

function whenWords({ firstDueOn, lastDueOn }: CreditProduct, today: string): string {
  if (firstDueOn === lastDueOn) return `Se paga el ${dayWords(firstDueOn, today)}.`;
  return `Primera cuota el ${dayWords(firstDueOn, today)}, la última el ${dayWords(lastDueOn, today)}.`;
}

/** A product lends for other sums or terms: its figures are then of the nearest that it lends. */
function outsideWords({ reasons }: CreditProduct): string | null {
  const said = reasons.flatMap(({ code, parameters: { least, most } }) => {
    if (code === "outside-amount") return [`presta de ${soles(Number(least))} a ${soles(Number(most))}`];
    if (code === "outside-months") return [`presta de ${String(least)} a ${monthsCount(Number(most))}`];
    return [];
  });
  return said.length > 0 ? `No calza con lo que pide: ${joinWords(said)}.` : null;
}

/** What the lender asks for: what is there, what does in its place, what is missing and how to get it. */
export function needs({ requirements, forWomenFirst }: CreditProduct): Content {
  if (requirements.length === 0 && !forWomenFirst) return null;
  const there = requirements.filter(({ met }) => met);
  const missing = requirements.filter(({ met }) => !met);
  return html`${forWomenFirst ? html`<p class="quiet">Es para mujeres, o primero para ellas.</p>` : null}
  ${
    there.length > 0
      ? html`<p class="quiet">
          Pide, y usted ya tiene:
          ${joinWords(
            there.map(({ requirement, by }) =>
              by === null || by === requirement
                ? word("requirement", requirement)
                : `${word("requirement", requirement)} (vale ${word("requirement", by)})`,
            ),
          )}.
        </p>`
      : null
  }
  ${missing.map(({ requirement, wouldDo }) => {
    // Of the thing itself nobody has to be told that it would do.
    const own = wouldDo.some((way) => way.requirement === requirement && way.how === "say_you_have_it");
    const others = wouldDo.filter((way) => way.requirement !== requirement || way.how !== "say_you_have_it");
    const ways = others.map(wayWords).filter((words) => words !== null);
    return html`<p>
      <strong>Falta: ${word("requirement", requirement)}.</strong>
      ${own ? "Si ya es así, dígalo." : null} ${ways.length > 0 ? `Sirve ${joinWords(ways, "o")}.` : null}
      ${own || ways.length > 0 ? null : "Por Minka no se consigue."}
    </p>`;
  })}`;
}
