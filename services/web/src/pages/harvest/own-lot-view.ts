import type { Pledge, readPledge } from "@minka/contracts/lot-pledges";
import type { Statement } from "@minka/contracts/lot-settlements";
import type { Lot } from "@minka/contracts/lots";
import type { Answer } from "@minka/contracts/endpoint";
import { actionButton, form, hidden, submit } from "../../design/fields.ts";
import { html, type Content, type Html } from "../../design/html.ts";
import { actionLink, facts, notice, progress, waits } from "../../design/parts.ts";
import { formState, type Attempt } from "../../forms/attempt.ts";
import type { View } from "../../visits/page.ts";
import type { SignedVisit } from "../../visits/visit.ts";
import { capitalized, dayWords, joinWords, soles } from "../../words/field-words.ts";
import { onDay } from "../credit/say-credit.ts";
import {
  certificateWords,
  feeWords,
  harvestWords,
  kilosWords,
  lackingOf,
  leftWords,
  limitWords,
  placeName,
  priceWords,
  qualityWords,
} from "../lots/lot-words.ts";
import { pledgeDefaults, pledgeFields } from "../lots/pledge-fields.ts";
import { behindWord } from "../own-data/behind-word.ts";
import { accountPath } from "../payments/payment-words.ts";
import { whereItIs } from "./own-harvest-page.ts";

type Data = {
  readonly lot: Lot;
  readonly pledge: Pledge | null;
  readonly details: Answer<typeof readPledge> | null;
  /** Certificates that they have entered, while they have not offered. */
  readonly held: readonly string[];
  readonly statement: Statement | null;
  /** What they get is not shown to whoever has the shared phone in hand. */
  readonly isBehindWord: boolean;
};

export function ownLotView(visit: SignedVisit, data: Data, attempt: Attempt | null): View {
  const { lot, pledge, statement, isBehindWord } = data;
  return {
    title: lot.title,
    // What they get tells also what they owe; before that, harvest is offered from where there is no signal.
    fleeting: statement !== null,
    main: html`<h1>${heading(data)}</h1>
      ${statement ? statementPart(statement) : null} ${isBehindWord ? behindWord(visit.path) : null}
      ${lacking(data)} ${pledge && !statement ? waits(whereItIs(pledge, lot, visit.today)) : null}
      ${lot.state === "open" ? progress({ part: lot.pledgedGrams, whole: lot.maximumGrams, words: `Ya hay ${kilosWords(lot.pledgedGrams)}. Se vende desde ${kilosWords(lot.minimumGrams)}.` }) : null}
      ${offering(visit, data, attempt)} ${brought(data, visit.today)} ${about(lot, visit.today)}
      ${takeBack(visit, data, attempt)}`,
  };
}

function heading({ lot, pledge, statement }: Data): string {
  if (statement) return `Le tocan ${soles(statement.netCentimos)} por su cosecha`;
  if (pledge) return `Usted puso ${kilosWords(pledge.weighedGrams ?? pledge.grams)} en ${lot.title}`;
  return lot.state === "open" ? `¿Cuánto pone en ${lot.title}?` : `${lot.title} ya no recibe más`;
}

/** What they get, and why so much. */
function statementPart(statement: Statement): Html {
  const { paidCentimos, netCentimos, lineId, owedBack } = statement;
  const off = (words: string, centimos: number) =>
    centimos > 0 ? ([`Menos ${words}`, soles(centimos)] as const) : null;
  return html`${
    paidCentimos >= netCentimos
      ? html`<p>Usted ya dijo que recibió todo.</p>`
      : html`${waits(`Falta que le paguen ${soles(netCentimos - paidCentimos)}. Cuando llegue, dígalo aquí o por SMS.`)}
        ${actionLink(accountPath("/mi/pagos", { kind: "settlement", id: lineId }), "Ver mi pago")}`
  }
  ${facts([
    [
      `Su cosecha: ${kilosWords(statement.grams)} a ${soles(statement.centimosPerKg)} el kilo`,
      soles(statement.grossCentimos),
    ],
    statement.premiumCentimos > 0 && ["Premio por cosecha de mujeres", soles(statement.premiumCentimos)],
    off("su adelanto", statement.advanceCentimos),
    off("lo que cobra la organización", statement.feeCentimos),
    off("cuota de su crédito", statement.creditCentimos),
    ["Le toca", soles(netCentimos)],
  ])}
  ${owedBack.map(
    ({ advanceId, centimos }) =>
      html`<p>
        De su adelanto faltó descontar ${soles(centimos)}.
        <a href="${accountPath("/mi/pagos", { kind: "advance", id: advanceId })}">Devolverlo</a>, o se
        descuenta la próxima vez.
      </p>`,
  )}`;
}

function offering(visit: SignedVisit, { lot, pledge, held }: Data, attempt: Attempt | null): Content {
  if (lot.state !== "open") return null;
  if (!pledge) {
    const state = formState(attempt, "ofrecer", pledgeDefaults(lot, null, held));
    return form(
      visit,
      state,
      html`${pledgeFields(state, lot, { ownWords: true })}${submit("Poner mi cosecha en este lote")}`,
    );
  }
  const state = formState(attempt, "cambiar", pledgeDefaults(lot, pledge));
  return html`<details ${attempt?.action === "cambiar" ? html` open` : null}>
    <summary>Cambiar cuánto pongo</summary>
    ${form(visit, state, html`${hidden("aporte", pledge.id)}${pledgeFields(state, lot, { ownWords: true })}${submit("Guardar el cambio")}`)}
  </details>`;
}

/** Before it is decided, while it can still be mended. */
function lacking({ lot, pledge }: Data): Content {
  if (!pledge || pledge.takenGrams !== null) return null;
  const missing = lackingOf(lot, pledge);
  if (missing.length === 0) return null;
  const certificates = certificateWords(missing);
  return notice(
    lot.state === "open"
      ? `El lote pide certificado ${certificates}. Si su cosecha lo tiene, márquelo en «Cambiar cuánto pongo»; sin eso no entra.`
      : `El lote pide certificado ${certificates}. Si su cosecha lo tiene, muéstrelo a ${lot.organizer.name}; sin eso no entra.`,
  );
}

/** Until the deadline; and what was brought, once it waited too long for a decision. */
function takeBack(visit: SignedVisit, { lot, pledge }: Data, attempt: Attempt | null): Content {
  if (!pledge || !(lot.state === "open" || lot.freeSince !== null)) return null;
  return actionButton(
    visit,
    formState(attempt, "retirar"),
    lot.state === "open" ? "Sacar mi cosecha de este lote" : "Llevarme lo que traje",
    { values: { aporte: pledge.id }, quiet: true },
  );
}

function brought({ details, pledge }: Data, today: string): Content {
  if (!details || !pledge) return null;
  const receipts = details.receipts.filter(({ correctedAt }) => correctedAt === null);
  const quality = qualityWords(pledge.quality);
  if (receipts.length === 0 && quality === "") return null;
  return html`<h2>Lo que trajo</h2>
    ${facts([
      ...receipts.map(
        ({ number, grams, weighedAt }) =>
          [`Recibo ${number}, ${onDay(weighedAt, today)}`, kilosWords(grams)] as const,
      ),
      quality !== "" && ["Calidad", capitalized(quality)],
      pledge.takenGrams !== null && ["Entra al lote", kilosWords(pledge.takenGrams)],
      (pledge.leftGrams ?? 0) > 0 && ["Queda para usted", kilosWords(pledge.leftGrams ?? 0)],
      pledge.leftBecause !== null && ["Por qué", leftWords(pledge.leftBecause)],
    ])}`;
}

/** Once nothing can be offered any more, only for who looks for it. */
const about = (lot: Lot, today: string): Html =>
  lot.state === "open"
    ? html`<h2>El lote</h2>
        ${lotFacts(lot, today)}`
    : html`<details>
        <summary>Cómo era el lote</summary>
        ${lotFacts(lot, today)}
      </details>`;

function lotFacts(lot: Lot, today: string): Html {
  const { demand, limits, certificates, expectedCentimosPerKg } = lot;
  const limit = limitWords(limits);
  return html`${facts([
    ["Lo arma", lot.organizer.name],
    ["Cosecha", capitalized(harvestWords(lot))],
    demand !== null && ["Comprador", demand.providerName],
    demand?.price
      ? ["Paga", priceWords(demand.price)]
      : expectedCentimosPerKg !== null && ["Esperan", `${soles(expectedCentimosPerKg)} el kilo`],
    ["La organización cobra", feeWords(lot)],
    limit !== "" && ["El comprador pide", capitalized(limit)],
    certificates.length > 0 && ["Certificados", capitalized(certificateWords(certificates))],
    lot.state === "open" && ["Puede ofrecer hasta", onDay(lot.pledgeUntil, today)],
    ["Se lleva", `del ${dayWords(lot.collectFrom, today)} al ${dayWords(lot.collectUntil, today)}`],
    [
      "A",
      joinWords(
        lot.points.map(
          ({ name, districtCode, collectsOn }) =>
            `${name}, ${placeName(districtCode)}${collectsOn ? ` (${dayWords(collectsOn, today)})` : ""}`,
        ),
        "o",
      ),
    ],
  ])}`;
}
