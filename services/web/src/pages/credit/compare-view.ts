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
import { forWomen } from "../../words/offer-words.ts";
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
        <a href="${changePath(credit)}">Cambiar</a>
      </p>
      ${eligible.length + nearly.length === 0 ? limits(others) : null}
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
          ? empty(
              `Ninguna entidad de Minka presta hoy para ${word("purpose", credit.purpose)} en su distrito, de ningún monto. Si el dinero es también para otra cosa, cámbielo.`,
              { href: changePath(credit), words: "Cambiar para qué es" },
            )
          : null
      }
      ${actionButton(visit, formState(attempt, "retirar"), "Ya no quiero este crédito", { quiet: true })}`,
  };
}

const changePath = ({ id }: Pick<Credit, "id">) => `/mi/credito/${id}/cambiar`;

/** Where one says what one has, beside what one asks for. */
const sayPath = (credit: Pick<Credit, "id">) => `${changePath(credit)}#tiene-ayuda`;

/** Of each reason of one kind, between what and what that lender lends. */
const rangesOf = (products: readonly CreditProduct[], wanted: "outside-amount" | "outside-months") =>
  products.flatMap(({ reasons }) =>
    reasons.flatMap(({ code, parameters: { least, most } }) =>
      code === wanted ? [{ least: Number(least), most: Number(most) }] : [],
    ),
  );

/** What all lenders together lend, where nobody lends what is asked for: without it one would change it blindly. */
function limits(others: readonly CreditProduct[]): Content {
  const said = (["outside-amount", "outside-months"] as const).flatMap((code) => {
    const ranges = rangesOf(others, code);
    // Where one of them lends it, it is not this that has to change.
    if (ranges.length === 0 || ranges.length < others.length) return [];
    const least = Math.min(...ranges.map((range) => range.least));
    const most = Math.max(...ranges.map((range) => range.most));
    return [rangeWords(code, { least, most })];
  });
  return said.length > 0 ? html`<p>Para eso las entidades prestan ${joinWords(said)}.</p>` : null;
}

const rangeWords = (code: "outside-amount" | "outside-months", { least, most }: Range) =>
  code === "outside-amount"
    ? `de ${soles(least)} a ${soles(most)}`
    : `a un plazo de ${least} a ${monthsCount(most)}`;

type Range = { readonly least: number; readonly most: number };

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
    more: html`${needs(credit, product)}
    ${
      isChosen
        ? html`<p><a class="more" href="${withQuery(visit.path, {})}">Seguir con este</a></p>`
        : (insteadLink(credit, product) ??
          actionButton(
            visit,
            formState(attempt, "elegir", {}, { oferta: offerId }),
            `Elegir este y revisar · devuelve ${soles(totalCentimos)}`,
            { values: { oferta: offerId }, quiet: true },
          ))
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
function outsideWords(product: CreditProduct): string | null {
  const said = (["outside-amount", "outside-months"] as const).flatMap((code) =>
    rangesOf([product], code).map((range) => rangeWords(code, range)),
  );
  return said.length > 0 ? `No calza con lo que pide: presta ${joinWords(said)}.` : null;
}

/** The nearest that it lends, written already where one changes what one asks for. */
function insteadLink(credit: Credit, product: CreditProduct): Html | null {
  const nearest = (code: "outside-amount" | "outside-months", wanted: number) => {
    const [range] = rangesOf([product], code);
    return range ? Math.min(Math.max(wanted, range.least), range.most) : null;
  };
  const [amount, months] = [
    nearest("outside-amount", credit.amountCentimos),
    nearest("outside-months", credit.months),
  ];
  if (amount === null && months === null) return null;
  const amountCentimos = amount ?? credit.amountCentimos;
  const asked = askedWords({ approved: null, amountCentimos, months: months ?? credit.months });
  const query = { monto: String(amountCentimos / 100), meses: String(months ?? credit.months) };
  return html`<p><a class="more" href="${withQuery(changePath(credit), query)}">Pedir mejor ${asked}</a></p>`;
}

/** What the lender asks for: what is there, what does in its place, what is missing and how to get it. */
export function needs(credit: Credit, { requirements, audience }: CreditProduct): Content {
  const there = requirements.filter(({ met }) => met);
  const missing = requirements.filter(({ met }) => !met);
  return html`${audience === "everyone" ? null : html`<p class="quiet">${capitalized(forWomen[audience])}.</p>`}
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
      ${own ? html`Si ya es así, <a href="${sayPath(credit)}">dígalo aquí</a>.` : null}
      ${ways.length > 0 ? `Sirve ${joinWords(ways, "o")}.` : null}
      ${!own && others.some(({ how }) => how === "say_you_have_it") ? html`<a href="${sayPath(credit)}">Decir que lo tengo</a>` : null}
      ${own || ways.length > 0 ? null : "Por Minka no se consigue."}
    </p>`;
  })}`;
}
