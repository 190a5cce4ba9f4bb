import { confirmPledge, listOwnPledges, type Pledge } from "@minka/contracts/lot-pledges";
import { listLots, readLot, type Lot } from "@minka/contracts/lots";
import { z } from "zod";
import { actionButton } from "../../design/fields.ts";
import { html, type Content, type Html } from "../../design/html.ts";
import { actionLink, empty, pager, row, rows, stateMark } from "../../design/parts.ts";
import { formState, type Attempt } from "../../forms/attempt.ts";
import * as kinds from "../../forms/field-kinds.ts";
import { goTo } from "../../visits/destination.ts";
import { action, signedPage } from "../../visits/page.ts";
import { askedCursor } from "../../visits/asked.ts";
import type { SignedVisit } from "../../visits/visit.ts";
import { capitalized } from "../../words/field-words.ts";
import { lotRefusals } from "../../words/refusals/lots.ts";
import { onDay } from "../credit/say-credit.ts";
import { harvestWords, kilosWords, lotMark, priceWords } from "../lots/lot-words.ts";

const path = "/mi/cosecha";

type Data = {
  /** Open ones to which they have offered nothing. */
  readonly open: readonly Lot[];
  readonly moreOpen: boolean;
  /** Those that they are in. */
  readonly lots: readonly Lot[];
  readonly pledges: readonly Pledge[];
  readonly next: string | null;
};

/** Lots that ask for my harvest, and what I put in which. */
export const ownHarvestPage = signedPage(path)({
  read: async (visit): Promise<Data> => {
    const { personId } = visit.person;
    const [open, lots, pledges] = await Promise.all([
      visit.call(listLots, { query: { personId, state: "open", pledged: "no", limit: 50 } }),
      visit.call(listLots, { query: { personId, pledged: "yes", limit: 50 } }),
      visit.call(listOwnPledges, {
        params: { personId },
        query: { state: "open", cursor: askedCursor(visit), limit: 20 },
      }),
    ]);
    const known = new Set(lots.items.map(({ id }) => id));
    const others = [...new Set(pledges.items.map(({ lotId }) => lotId))].filter((id) => !known.has(id));
    const read = await Promise.all(others.map((lotId) => visit.callIfAny(readLot, { params: { lotId } })));
    return {
      open: open.items,
      moreOpen: open.next !== null,
      lots: [...lots.items, ...read.flatMap((found) => (found ? [found.lot] : []))],
      pledges: pledges.items,
      next: pledges.next,
    };
  },
  show: (visit, data, attempt) => {
    const { open } = data;
    return {
      title: "Mi cosecha",
      main: html`<h1>${heading(data)}</h1>
        ${toConfirm(visit, data, attempt)}
        ${
          open.length > 0
            ? html`<p class="lead">
                  Juntos venden más y a mejor precio. Ofrece lo que quiera, y lo cambia hasta el cierre.
                </p>
                ${rows(open.map((lot) => lotRow(lot, visit.today)))}`
            : null
        }
        ${mine(visit, data)}
        ${
          open.length === 0 && data.pledges.length === 0
            ? empty("Cuando su organización junte cosecha para vender, le avisamos por SMS y se ve aquí.")
            : null
        }
        ${actionLink("/pedir?tipo=purchase", "Vender por mi cuenta", { quiet: open.length > 0 })}`,
    };
  },
  refusals: lotRefusals,
  actions: {
    confirmar: action(
      z.object({
        aporte: kinds.id(),
        gramos: kinds.wholeNumber({ most: 2_000_000_000 }).required,
        acepta: kinds.choice(["si", "no"]).required,
      }),
      async (visit: SignedVisit, { aporte, gramos, acepta }) => {
        const accepted = acepta === "si";
        await visit.call(confirmPledge, {
          params: { pledgeId: aporte },
          body: { accepted, grams: gramos },
        });
        return goTo(path, accepted ? "confirmado" : "no-era");
      },
    ),
  },
  notices: {
    confirmado: "Anotado: es así. Le avisamos dónde y cuándo llevarlo.",
    "no-era": "Anotado: no era así. Ya no está en el lote.",
    retirado: "Listo: su cosecha ya no está en ese lote.",
  },
});

function heading({ open, moreOpen }: Data): string {
  const [first] = open;
  if (!first) return "Su cosecha";
  return open.length === 1
    ? `${first.organizer.name} junta ${harvestWords(first)}`
    : `${moreOpen ? "Más de " : ""}${open.length} lotes juntan cosecha ahora`;
}

const lotRow = (lot: Lot, today: string): Html =>
  row({
    title: lot.title,
    href: `${path}/${lot.id}`,
    side: lot.demand?.price ? priceWords(lot.demand.price) : null,
    lines: [
      `${lot.organizer.name} junta ${harvestWords(lot)}. Ya hay ${kilosWords(lot.pledgedGrams)} de ${lot.pledges === 1 ? "1 persona" : `${lot.pledges} personas`}.`,
      `Puede ofrecer hasta el ${onDay(lot.pledgeUntil, today)}.`,
    ],
  });

/** What somebody else wrote down for them. */
function toConfirm(visit: SignedVisit, { pledges, lots }: Data, attempt: Attempt | null): Content {
  const waiting = pledges.filter(({ confirmed, weighedGrams }) => !confirmed && weighedGrams === null);
  if (waiting.length === 0) return null;
  return html`<section>
    <h2>¿Es así?</h2>
    ${rows(
      waiting.map(({ id, lotId, grams }) => {
        const lot = lots.find((one) => one.id === lotId);
        const answer = (acepta: "si" | "no", words: string) =>
          actionButton(visit, formState(attempt, "confirmar", {}, { aporte: id, acepta }), words, {
            values: { aporte: id, gramos: grams, acepta },
            quiet: acepta === "no",
          });
        return row({
          title: `Usted pone ${kilosWords(grams)} en ${lot?.title ?? "un lote"}`,
          lines: [`Lo anotó ${lot?.organizer.name ?? "la organización"}.`],
          more: visit.person.actedBy
            ? html`<p class="quiet">Lo confirma la misma persona.</p>`
            : html`${answer("si", `Sí, pongo ${kilosWords(grams)}`)}${answer("no", "No es así")}`,
        });
      }),
    )}
  </section>`;
}

function mine(visit: SignedVisit, { pledges, lots, next }: Data): Content {
  if (pledges.length === 0) return pager(path, visit.query, next);
  return html`<section>
    <h2>Lo que usted puso</h2>
    ${rows(
      pledges.map((pledge) => {
        const lot = lots.find((one) => one.id === pledge.lotId);
        return row({
          title: lot?.title ?? "Un lote",
          href: `${path}/${pledge.lotId}`,
          side: kilosWords(pledge.weighedGrams ?? pledge.grams),
          lines: [whereItIs(pledge, lot, visit.today), lot ? lotMark(lot.state) : null],
        });
      }),
    )}
    ${pager(path, visit.query, next)}
  </section>`;
}

/** Who has the ball: what the member still has to do, or waits for. */
export function whereItIs(pledge: Pledge, lot: Lot | undefined, today: string): Content {
  if (!lot) return null;
  if (!pledge.confirmed && pledge.weighedGrams === null)
    return stateMark("falta que diga si es así", "waiting");
  switch (lot.state) {
    case "open":
      return `Se cierra el ${onDay(lot.pledgeUntil, today)}. Hasta ahí puede cambiarlo.`;
    case "collecting":
      return pledge.weighedGrams === null
        ? "Falta llevarlo y pesarlo."
        : "Ya está pesado. Ahora se decide qué entra al lote.";
    case "composed":
      return `Entran ${kilosWords(pledge.takenGrams ?? 0)} al lote${pledge.leftGrams ? ` y quedan ${kilosWords(pledge.leftGrams)} para usted` : ""}. Falta que el comprador reciba y pague.`;
    case "settled":
      return "Su liquidación está lista.";
    case "cancelled":
      return capitalized("el lote se canceló: su cosecha está libre.");
  }
}
