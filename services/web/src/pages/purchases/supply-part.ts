import type { listProviderPools } from "@minka/contracts/pool-quotes";
import type { Answer } from "@minka/contracts/endpoint";
import type { Pool } from "@minka/contracts/pools";
import { actionButton, form, hidden, submit, textField } from "../../design/fields.ts";
import { html, type Content } from "../../design/html.ts";
import { actionLink, waits } from "../../design/parts.ts";
import { formState, type Attempt } from "../../forms/attempt.ts";
import type { SignedVisit } from "../../visits/visit.ts";
import { soles } from "../../words/field-words.ts";
import { packsOf, untilWords } from "./purchase-words.ts";

type Supply = Answer<typeof listProviderPools>["items"][number]["supply"];

/** What is bought of a supplier: its yes or no, and then what it is paid. */
export function supplyPart(
  visit: SignedVisit<{ readonly providerId: string }>,
  { pool, supply }: { pool: Pool; supply: Supply },
  attempt: Attempt | null,
): Content {
  if (!supply) return null;
  const what = `${packsOf(supply.packs, pool)} por ${soles(supply.totalCentimos)}, con la entrega`;
  if (supply.answerBy === null)
    return html`<p>Usted lleva <strong>${what}</strong>.</p>
      ${
        supply.invoiceId
          ? html`<p>
              ${actionLink(`/mi-servicio/${visit.params.providerId}/pagos/proveedor/${supply.invoiceId}`, "Lo que le deben y lo que le pagaron", { quiet: true })}
            </p>`
          : waits("Falta que la gente confirme el precio. Le avisamos por SMS cuando quede firme.")
      }`;
  const of = { reparto: supply.awardId, cotizacion: supply.quoteId };
  const no = formState(attempt, "responder", {}, { respuesta: "no" });
  return html`<h2>Le compran ${packsOf(supply.packs, pool)}. ¿Los lleva?</h2>
    ${waits(`${what}. Responda ${untilWords(supply.answerBy, visit.now)}. Sin respuesta se busca a otro.`)}
    ${actionButton(visit, formState(attempt, "responder", {}, { respuesta: "si" }), `Sí, llevo ${packsOf(supply.packs, pool)} por ${soles(supply.totalCentimos)}`, { values: { ...of, respuesta: "si" } })}
    <details>
      <summary>No puedo llevarlo</summary>
      ${form(
        visit,
        no,
        html`${Object.entries(of).map(([name, value]) => hidden(name, value))}${hidden("respuesta", "no")}
        ${textField(no, { name: "motivo", label: "¿Por qué?", maxlength: 200, optional: true })}
        ${submit("No lo llevo", { danger: true })}`,
      )}
    </details>`;
}
