import type { ContractSide, LotContract } from "@minka/contracts/lot-contracts";
import { measures } from "@minka/contracts/lot-pledges";
import type { Lot } from "@minka/contracts/lots";
import { z } from "zod";
import { actionButton, dayField, form, numberField, submit } from "../../design/fields.ts";
import { html, type Content, type Html } from "../../design/html.ts";
import { facts, row, rows, stateMark, waits } from "../../design/parts.ts";
import { formState, type Attempt } from "../../forms/attempt.ts";
import * as kinds from "../../forms/field-kinds.ts";
import type { SignedVisit } from "../../visits/visit.ts";
import { dayWords, soles } from "../../words/field-words.ts";
import { onDay } from "../credit/say-credit.ts";
import { accountPath } from "../payments/payment-words.ts";
import { contractStateWords, deliveryMark, deliveryWords, termsFacts } from "./contract-words.ts";
import { harvestWords, kilosWords, measureTitles, measureValue } from "./lot-words.ts";

type ContractData = {
  readonly lot: Lot;
  readonly contract: LotContract | null;
  /** Whose page it is. */
  readonly side: ContractSide;
  readonly paymentsBase: string;
  /** The form for other terms. */
  readonly proposal: Html;
};

const result = (most: number) => kinds.decimal({ least: 0, most }).optional;

export const deliveryShape = z.object({
  kilos: kinds.decimal({ least: 0.001, most: 10_000_000 }).required,
  moisturePercent: result(100),
  defectsPercent: result(100),
  fermentationPercent: result(100),
  cupPoints: result(100),
  cadmiumMgPerKg: result(10),
  dia: kinds.day().required,
});
export const deliveryFieldOf = (path: string) => ({ "body.kg": "kilos", "body.deliveredOn": "dia" })[path];

export const contractNotices = {
  propuesto: "Propuesto. La otra parte recibe un SMS y responde.",
  acordado: "Acordado. Ahora firman las dos partes: tienen 14 días.",
  "no-acordado": "Dijo que no a esos términos. Pueden proponer otros.",
  firmado: "Firmado por su parte.",
  "no-firmado": "No se firma. El contrato terminó.",
  entregado: "Entrega anotada. El comprador tiene que confirmarla.",
  recibido: "Anotado como lo midieron. Con esto se calcula lo que se paga.",
  confirmado: "Confirmado. Con esto se calcula lo que se paga.",
  "no-confirmado": "Anotado que no es así. Le avisamos a quien arma el lote.",
} as const;

/** Proposals, signatures and deliveries of a lot, as one of both sides sees them. */
export function contractMain(visit: SignedVisit, data: ContractData, attempt: Attempt | null): Content {
  const { lot, contract, side, proposal } = data;
  const other = side === "organizer" ? (contract?.buyer.name ?? "El comprador") : lot.organizer.name;
  if (contract === null)
    return html`<h1>
        ${side === "organizer" ? "¿En qué términos lo venden?" : `¿En qué términos compra ${lot.title}?`}
      </h1>
      <p class="lead">
        ${side === "organizer" ? "Propongan, y el comprador acepta o propone otros." : `Proponga, y ${lot.organizer.name} acepta o propone otros.`}
        Cada parte puede proponer cinco veces.
      </p>
      ${proposal}`;
  const mayPropose = contract.state === "negotiating" && lot.state !== "settled" && lot.state !== "cancelled";
  return html`<h1>
      ${side === "organizer" ? `Contrato con ${contract.buyer.name}` : `Contrato por ${lot.title}`}
    </h1>
    <p>${stateMark(...contractStateWords[contract.state])} · ${harvestWords(lot)}</p>
    ${openQuote(visit, { ...data, contract, other }, attempt)}
    ${signing(visit, { ...data, contract, other }, attempt)}
    ${
      contract.terms
        ? html`<h2>Lo acordado</h2>
            ${termsFacts(contract.terms, visit.today)}`
        : null
    }
    ${contract.state === "signed" ? deliveries(visit, { ...data, contract }, attempt) : null}
    ${
      mayPropose
        ? html`<details ${attempt?.action === "proponer" ? html` open` : null}>
            <summary>Proponer otros términos</summary>
            ${proposal}
          </details>`
        : null
    }
    ${earlier(contract, side, visit.today)}`;
}

type Standing = ContractData & { readonly contract: LotContract; readonly other: string };

function openQuote(
  visit: SignedVisit,
  { contract, side, other }: Standing,
  attempt: Attempt | null,
): Content {
  const open = contract.quotes.find(({ state }) => state === "open");
  if (!open || contract.state !== "negotiating") return null;
  const isOver = new Date(open.validUntil) <= visit.now;
  const until = onDay(open.validUntil, visit.today);
  if (open.by === side)
    return html`${waits(isOver ? `Su propuesta venció el ${until} sin respuesta. Pueden proponer otra vez.` : `${other} tiene hasta el ${until} para responder a su propuesta.`)}
    ${termsFacts(open.terms, visit.today)}`;
  const answer = (acepta: "si" | "no", words: string) =>
    actionButton(visit, formState(attempt, "responder", {}, { propuesta: open.id, acepta }), words, {
      values: { propuesta: open.id, acepta },
      quiet: acepta === "no",
    });
  return html`${waits(isOver ? `La propuesta de ${other} venció el ${until}. Propongan ustedes.` : `${other} propone. Respondan hasta el ${until}.`)}
  ${termsFacts(open.terms, visit.today)}
  ${isOver ? null : html`${answer("si", `Aceptar a ${soles(open.terms.centimosPerKg)} por kilo`)}${answer("no", "No aceptar")}`}`;
}

function signing(visit: SignedVisit, { contract, side, other }: Standing, attempt: Attempt | null): Content {
  if (contract.state !== "agreed") return null;
  const mine = side === "organizer" ? contract.signedByOrganizerAt : contract.signedByBuyerAt;
  const theirs = side === "organizer" ? contract.signedByBuyerAt : contract.signedByOrganizerAt;
  if (mine !== null)
    return waits(`Ustedes firmaron el ${onDay(mine, visit.today)}. Falta que firme ${other}.`);
  const answer = (firma: "si" | "no", words: string) =>
    actionButton(visit, formState(attempt, "firmar", {}, { contrato: contract.id, firma }), words, {
      values: { contrato: contract.id, firma },
      quiet: firma === "no",
    });
  return html`${waits(theirs === null ? "Faltan las dos firmas. Sin ellas, en 14 días el acuerdo termina." : `${other} ya firmó. Falta su firma.`)}
  ${side === "organizer" ? html`<p class="quiet">Firma una persona distinta de quien propuso o aceptó.</p>` : null}
  ${answer("si", "Firmar el contrato")}${answer("no", "No firmar")}`;
}

function deliveries(
  visit: SignedVisit,
  { lot, contract, side, paymentsBase }: ContractData & { contract: LotContract },
  attempt: Attempt | null,
): Content {
  const payments = accountPath(paymentsBase, { kind: "lot-invoice", id: contract.id });
  const mayDeliver = lot.state === "composed";
  return html`<h2>Entregas</h2>
    ${
      contract.deliveries.length > 0
        ? rows(
            contract.deliveries.map((one) =>
              row({
                title: `${kilosWords(one.grams)}, el ${dayWords(one.deliveredOn, visit.today)}`,
                side: html`${soles(one.valueCentimos + one.womenPremiumCentimos)}<small
                    >${deliveryMark(one.state)}</small
                  >`,
                lines: [deliveryWords(one)],
                more:
                  side === "buyer" && one.state === "recorded"
                    ? html`${deliveryAnswer(visit, { id: one.id, confirma: "si", words: "Sí, es así" }, attempt)}${deliveryAnswer(visit, { id: one.id, confirma: "no", words: "No es así" }, attempt)}`
                    : null,
              }),
            ),
          )
        : html`<p>
            Todavía no hay ninguna.
            ${lot.state === "collecting" || lot.state === "open" ? "Primero se decide qué entra al lote." : null}
          </p>`
    }
    ${
      contract.valueCentimos > 0 || (contract.terms?.advanceCentimos ?? 0) > 0
        ? html`${facts([["Lo confirmado vale", soles(contract.valueCentimos)]])}
            <p>
              <a class="more" href="${payments}"
                >${side === "buyer" ? "Ver y pagar lo que deben" : "Ver lo que pagó el comprador"}</a
              >
            </p>`
        : null
    }
    ${mayDeliver ? deliveryForm(visit, side, attempt) : null}`;
}

const deliveryAnswer = (
  visit: SignedVisit,
  { id, confirma, words }: { id: string; confirma: "si" | "no"; words: string },
  attempt: Attempt | null,
): Html =>
  actionButton(visit, formState(attempt, "confirmar", {}, { entrega: id, confirma }), words, {
    values: { entrega: id, confirma },
    quiet: confirma === "no",
  });

function deliveryForm(visit: SignedVisit, side: ContractSide, attempt: Attempt | null): Html {
  const state = formState(attempt, "entregar", { dia: visit.today });
  return html`<details ${attempt?.action === "entregar" ? html` open` : null}>
    <summary>${side === "buyer" ? "Anotar lo que recibimos" : "Anotar una entrega"}</summary>
    ${form(
      visit,
      state,
      html`${numberField(state, { name: "kilos", label: "Peso en la balanza del comprador", unit: "kg", maxlength: 12 })}
      ${dayField(state, { name: "dia", label: "¿Qué día?" })}
      ${measures.map((name) =>
        numberField(state, {
          name,
          label: measureTitles[name],
          unit: measureValue(name, 0).replace(/^0\s*/, ""),
          optional: true,
          maxlength: 8,
        }),
      )}
      ${submit(side === "buyer" ? "Guardar lo que recibimos" : "Guardar, y que el comprador confirme", { quiet: true })}`,
    )}
  </details>`;
}

const quoteWords = {
  open: "abierta",
  accepted: "aceptada",
  refused: "no aceptada",
  superseded: "cambiada por otra",
} as const;

function earlier({ quotes, buyer }: LotContract, side: ContractSide, today: string): Content {
  const past = quotes.filter(({ state }) => state !== "open");
  if (past.length === 0) return null;
  return html`<details>
    <summary>Propuestas anteriores (${past.length})</summary>
    ${rows(
      past.map(({ by, state, terms, at }) =>
        row({
          title: `${soles(terms.centimosPerKg)} por kilo`,
          side: quoteWords[state],
          lines: [
            `${by === side ? "Ustedes" : by === "buyer" ? buyer.name : "La organización"}, el ${onDay(at, today)}`,
          ],
        }),
      ),
    )}
  </details>`;
}
