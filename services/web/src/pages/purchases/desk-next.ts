import type { PoolAward } from "@minka/contracts/pool-awards";
import {
  actionButton,
  areaField,
  form,
  hidden,
  numberField,
  optionsField,
  submit,
} from "../../design/fields.ts";
import { html, type Content, type Html } from "../../design/html.ts";
import { notice, waits } from "../../design/parts.ts";
import { formState, type Attempt } from "../../forms/attempt.ts";
import { soles } from "../../words/field-words.ts";
import { shortOfMinimum } from "./purchase-parts.ts";
import { cancelledWords, packsOf, untilWords } from "./purchase-words.ts";
import type { Desk, DeskVisit } from "./read-desk.ts";

/** What is to be done now, or who has the ball and until when. */
export function nextStep(visit: DeskVisit, desk: Desk, attempt: Attempt | null): Content {
  const { pool, award, orders, suppliers, quotes } = desk;
  const until = pool.answerBy ? ` ${untilWords(pool.answerBy, visit.now)}` : "";
  switch (pool.state) {
    case "open": {
      const quoted = pool.quotes ?? quotes?.filter(({ state }) => state === "standing").length ?? 0;
      const asked = suppliers.length;
      const prices = asked > 0 ? `Ya dieron precio ${quoted} de ${asked} invitados.` : quotedWords(quoted);
      return html`${waits(
        `La gente se apunta y los proveedores dan precio ${untilWords(pool.deadline, visit.now)}. ${prices}`,
      )}${shortOfMinimum(pool)}`;
    }
    case "closed":
      return waits("Cerró. Minka calcula el reparto más barato: tarda unos minutos.");
    case "proposed":
      return award ? deciding(visit, { ...desk, award }, attempt) : waits("El reparto se calcula otra vez.");
    case "asking_suppliers": {
      const silent = award?.suppliers.filter(({ state }) => state === "asked" || state === "waiting").length;
      return waits(`Los proveedores dicen si lo llevan${until}.${silent ? ` Faltan ${silent}.` : ""}`);
    }
    case "asking_members": {
      const silent = orders.items.filter(({ state }) => state === "asked").length;
      return waits(
        `La gente dice si está de acuerdo con el precio final${until}. Sin respuesta todavía: ${silent}.`,
      );
    }
    case "undecided":
      return html`${notice(`Salió gente en dos vueltas. Decidan${until} si siguen con los que quedan.`)}
      ${actionButton(visit, formState(attempt, "seguir"), "Seguir con los que quedan")}
      ${actionButton(visit, formState(attempt, "noSeguir"), "No seguir: cancelar la compra", { danger: true })}`;
    case "ordered":
      return waits(
        "El pedido está hecho. Pongan el día de cada entrega, digan cuando llegue y anoten los pagos en las cuentas.",
      );
    case "completed":
      return html`<p>Todo llegó y está pagado.</p>`;
    case "cancelled":
      return pool.cancelled ? notice(cancelledWords(pool.cancelled)) : null;
  }
}

/** Where nobody is invited any supplier may give a price. */
const quotedWords = (quoted: number): string =>
  quoted > 0 ? `Ya dieron precio: ${quoted}.` : "Todavía nadie dio precio: avise a proveedores que conozca.";

/** An award that a second person approves: who made it is told who can. */
function deciding(visit: DeskVisit, desk: Desk & { award: PoolAward }, attempt: Attempt | null): Html {
  const { pool, award } = desk;
  const { person } = visit;
  const own = [person.personId, person.actedBy].some((id) => id !== null && award.makers.includes(id));
  return html`${
    own
      ? notice(
          "Usted abrió esta compra o pidió calcularla otra vez: la aprueba otra persona de la organización. Ya le preguntamos por SMS.",
        )
      : html`${notice("Revise el reparto y apruébelo: después confirman los proveedores y la gente.")}
        ${actionButton(
          visit,
          formState(attempt, "aprobar"),
          `Aprobar: ${packsOf(award.packs, pool)} por ${soles(award.totalCentimos)}`,
          { values: { reparto: award.id } },
        )}`
  }
  ${sendBack(visit, desk, attempt)}`;
}

function sendBack(
  visit: DeskVisit,
  { award, quotes }: Desk & { award: PoolAward },
  attempt: Attempt | null,
): Html {
  const state = formState(attempt, "devolver", { dias: 7, luego: "recompute" });
  const standing = (quotes ?? []).filter((quote) => quote.state === "standing");
  return html`<details ${attempt?.action === "devolver" ? html` open` : null}>
    <summary>No aprobarlo así</summary>
    ${form(
      visit,
      state,
      html`${hidden("reparto", award.id)}
      ${areaField(state, { name: "motivo", label: "¿Por qué?", rows: 2, maxlength: 200 })}
      ${optionsField(state, {
        name: "luego",
        label: "¿Qué se hace?",
        options: [
          { value: "recompute", words: "Calcular otra vez" },
          { value: "extend", words: "Dar más días" },
          { value: "cancel", words: "Cancelar la compra" },
        ],
      })}
      ${
        standing.length > 0
          ? optionsField(state, {
              name: "sin",
              label: "Calcular sin estos proveedores",
              optional: true,
              many: true,
              options: standing.map(({ id, providerName }) => ({ value: id, words: providerName })),
            })
          : null
      }
      ${numberField(state, { name: "dias", label: "Si se dan más días, ¿cuántos?", inputmode: "numeric", unit: "días", maxlength: 2 })}
      ${submit("Devolver el reparto", { danger: true })}`,
    )}
  </details>`;
}

/** Until it is ordered the organizer may call it off. */
export function cancelPart(visit: DeskVisit, { pool }: Desk, attempt: Attempt | null): Content {
  if (["ordered", "completed", "cancelled"].includes(pool.state)) return null;
  const state = formState(attempt, "cancelar");
  return html`<details ${attempt?.action === "cancelar" ? html` open` : null}>
    <summary>Cancelar esta compra</summary>
    ${form(
      visit,
      state,
      html`${areaField(state, { name: "motivo", of: "cancelar", label: "¿Por qué? Se lo decimos a todos los que están dentro.", rows: 2, maxlength: 200 })}${submit("Cancelar la compra y avisar", { danger: true })}`,
    )}
  </details>`;
}
