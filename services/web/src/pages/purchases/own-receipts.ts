import {
  answerPoolReceipt,
  claimReasons,
  type ClaimReason,
  type PoolReceipt,
} from "@minka/contracts/pool-deliveries";
import type { Pool } from "@minka/contracts/pools";
import { z } from "zod";
import { actionButton, form, hidden, numberField, selectField, submit } from "../../design/fields.ts";
import { html, type Content, type Html } from "../../design/html.ts";
import { stateMark } from "../../design/parts.ts";
import { formState, type Attempt } from "../../forms/attempt.ts";
import * as kinds from "../../forms/field-kinds.ts";
import type { SignedVisit } from "../../visits/visit.ts";
import {
  claimReasonWords,
  claimWords,
  onDayWords,
  packsOf,
  pointWords,
  receiptWords,
} from "./purchase-words.ts";

/** What may be wrong with what came; what did not come is said by how many did. */
const problems = claimReasons.filter((reason): reason is Exclude<ClaimReason, "short"> => reason !== "short");

export const receiptFields = z
  .object({
    recibo: kinds.id(),
    llegaron: kinds.wholeNumber({ most: 1_000_000 }).required,
    problema: kinds.choice(problems as [(typeof problems)[number], ...typeof problems]).optional,
    malos: kinds.wholeNumber({ least: 1, most: 1_000_000 }).optional,
  })
  .refine(({ problema, malos }) => problema === undefined || malos !== undefined, {
    path: ["malos"],
    message: "Escriba cuántos vinieron mal.",
  })
  .refine(({ problema, malos }) => malos === undefined || problema !== undefined, {
    path: ["problema"],
    message: "Elija qué está mal.",
  });

export async function answerReceipt(
  visit: SignedVisit,
  { recibo, llegaron, problema, malos }: z.output<typeof receiptFields>,
): Promise<void> {
  const complaints =
    problema === undefined || malos === undefined ? [] : [{ reason: problema, packs: malos }];
  await visit.call(answerPoolReceipt, {
    params: { receiptId: recibo },
    body: { packs: llegaron, complaints },
  });
}

/** What comes for somebody, and whether it came as it should. */
export function ownReceipts(
  visit: SignedVisit,
  { pool, receipts }: { pool: Pool; receipts: readonly PoolReceipt[] },
  attempt: Attempt | null,
): Content {
  if (receipts.length === 0) return null;
  return html`<h2 id="llego">Lo que le llega</h2>
    <ul class="rows">
      ${receipts.map((receipt) => receiptRow(visit, { pool, receipt }, attempt))}
    </ul>`;
}

function receiptRow(
  visit: SignedVisit,
  { pool, receipt }: { pool: Pool; receipt: PoolReceipt },
  attempt: Attempt | null,
): Html {
  const { delivery, packs, cameSound } = receipt;
  const [words, tone] = receiptWords[receipt.state];
  const day = delivery.day ? onDayWords(delivery.day, visit.today) : "falta decir el día";
  return html`<li>
    <h3>${packsOf(packs, pool)} de ${delivery.providerName}</h3>
    <p class="quiet">
      ${delivery.state === "planned" ? `Llega: ${day}` : `Día: ${day}`}, en
      ${pointWords({ name: delivery.pointName, districtCode: delivery.districtCode })}.
    </p>
    <p>${stateMark(words, tone)}</p>
    ${receipt.state === "some" && cameSound !== null ? html`<p class="quiet">Llegaron bien: ${packsOf(cameSound, pool)}.</p>` : null}
    ${receipt.claims.map((claim) => html`<p class="quiet">${claimWords(claim, pool, visit.today)}</p>`)}
    ${mayAnswer(visit, pool, receipt) ? answering(visit, { pool, receipt }, attempt) : null}
  </li>`;
}

/** From when it came, or its day is over, and until all is settled. */
function mayAnswer({ today }: SignedVisit, pool: Pool, { delivery }: PoolReceipt): boolean {
  if (pool.state !== "ordered") return false;
  return delivery.state !== "planned" || (delivery.day !== null && delivery.day < today);
}

function answering(
  visit: SignedVisit,
  { pool, receipt }: { pool: Pool; receipt: PoolReceipt },
  attempt: Attempt | null,
): Html {
  const { id, packs, state } = receipt;
  const said = state === "all" || state === "some";
  const other = formState(attempt, "recibir", {}, { recibo: id });
  const wrong = Object.keys(other.errors).length > 0 || other.problem !== null;
  return html`${
      said
        ? null
        : actionButton(visit, formState(null, "recibir"), `Llegó todo bien: ${packsOf(packs, pool)}`, {
            values: { recibo: id, llegaron: packs },
          })
    }
    <details ${wrong ? html` open` : null}>
      <summary>${said ? "Corregir lo que dije" : "Faltó algo o vino mal"}</summary>
      ${form(
        visit,
        other,
        html`${hidden("recibo", id)}${numberField(other, { name: "llegaron", of: id, label: "¿Cuántos llegaron en total?", hint: `Debían llegar ${packs}. Si no llegó nada, escriba 0.`, inputmode: "numeric", maxlength: 7 })}
        ${selectField(other, { name: "problema", of: id, label: "¿Algo vino mal?", none: "No, lo que llegó está bien", options: problems.map((value) => ({ value, words: claimReasonWords[value] })) })}
        ${numberField(other, { name: "malos", of: id, label: "¿Cuántos vinieron mal?", inputmode: "numeric", maxlength: 7, optional: true })}
        ${submit("Avisar al proveedor")}`,
      )}
    </details>`;
}
