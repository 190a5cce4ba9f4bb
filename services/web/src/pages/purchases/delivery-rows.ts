import type { PoolDelivery } from "@minka/contracts/pool-deliveries";
import type { Pool } from "@minka/contracts/pools";
import { actionButton, dayField, form, hidden, optionsField, submit } from "../../design/fields.ts";
import { html, type Content, type Html } from "../../design/html.ts";
import { stateMark, type Tone } from "../../design/parts.ts";
import { formState, type Attempt } from "../../forms/attempt.ts";
import type { SignedVisit } from "../../visits/visit.ts";
import { claimWords, onDayWords, packsOf, pointWords } from "./purchase-words.ts";
import type { Claims } from "./read-desk.ts";

type Shown = {
  readonly deliveries: readonly PoolDelivery[];
  readonly claims: ReadonlyMap<string, Claims>;
  readonly pool: Pick<Pool, "pack" | "state">;
  readonly by: "organizer" | "supplier";
};

const deliveryWords: Record<PoolDelivery["state"], readonly [string, Tone]> = {
  planned: ["Por llegar", "waiting"],
  brought: ["Llegó", "good"],
  missed: ["No llegó", "bad"],
};

/** What comes where and when, for who brings it and who waits for it. */
export function deliveriesPart(visit: SignedVisit, shown: Shown, attempt: Attempt | null): Html {
  return html`<h2 id="entregas">Entregas</h2>
    <ul class="rows">
      ${shown.deliveries.map((delivery) => deliveryRow(visit, delivery, shown, attempt))}
    </ul>`;
}

function deliveryRow(
  visit: SignedVisit,
  delivery: PoolDelivery,
  { claims, pool, by }: Shown,
  attempt: Attempt | null,
): Html {
  const { id, day, state, part } = delivery;
  const said = claims.get(id) ?? [];
  const when = day ? onDayWords(day, visit.today) : "falta decir el día";
  return html`<li>
    <div class="line">
      <div><h3>${pointWords({ name: delivery.pointName, districtCode: delivery.districtCode })}</h3></div>
      <div class="side">${packsOf(delivery.packs, pool)}</div>
    </div>
    <p class="quiet">
      ${by === "organizer" ? `Trae ${delivery.providerName}: ` : "Día: "}${when}.${part > 1 ? " Es lo que faltó antes." : null}
    </p>
    <p>${stateMark(...deliveryWords[state])}</p>
    ${said.map((claim) => html`<p class="quiet">${claimWords(claim, pool, visit.today)}</p>`)}
    ${state === "planned" ? planned(visit, delivery, { by, attempt }) : null}
    ${by === "organizer" && state === "brought" ? absence(visit, delivery, attempt) : null}
    ${by === "supplier" && delivery.openClaims > 0 ? answering(visit, id, attempt) : null}
  </li>`;
}

function planned(
  visit: SignedVisit,
  delivery: PoolDelivery,
  { by, attempt }: { by: Shown["by"]; attempt: Attempt | null },
): Content {
  const { id, day } = delivery;
  const dayState = formState(attempt, "dia", { dia: day }, { entrega: id });
  const due = day === null || day <= visit.today;
  const over = day === null || day < visit.today;
  const open = day === null || Object.keys(dayState.errors).length > 0;
  return html`${
      due
        ? actionButton(
            visit,
            formState(attempt, "llego", {}, { entrega: id }),
            "Ya llegó: preguntar a la gente si recibió todo",
            {
              values: { entrega: id },
              quiet: day === null,
            },
          )
        : null
    }
    ${over && by === "organizer" ? absence(visit, delivery, attempt) : null}
    <details ${open ? html` open` : null}>
      <summary>${day === null ? "Poner el día" : "Cambiar el día"}</summary>
      ${form(visit, dayState, html`${hidden("entrega", id)}${dayField(dayState, { name: "dia", of: id, label: "¿Qué día llega?" })}${submit("Guardar el día y avisar")}`)}
    </details>`;
}

/** Also where it was said that it came, while no member has said so. */
const absence = (visit: SignedVisit, { id, state }: PoolDelivery, attempt: Attempt | null): Html =>
  html`<details>
    <summary>${state === "brought" ? "Se anotó por error: no llegó" : "No llegó nada"}</summary>
    ${actionButton(
      visit,
      formState(attempt, "noLlego", {}, { entrega: id }),
      "Anotar que no llegó y reclamar",
      {
        values: { entrega: id },
        danger: true,
      },
    )}
  </details>`;

/** What was missing or wrong: the supplier brings it, or takes it off what is paid. */
function answering(visit: SignedVisit, id: string, attempt: Attempt | null): Html {
  const state = formState(attempt, "reclamo", { respuesta: "bring" }, { entrega: id });
  return form(
    visit,
    state,
    html`${hidden("entrega", id)}
    ${optionsField(state, {
      name: "respuesta",
      of: id,
      label: "¿Qué hace con lo que faltó o vino mal?",
      options: [
        { value: "bring", words: "Lo traigo otro día" },
        { value: "credit", words: "Lo descuento de lo que me pagan" },
      ],
    })}
    ${dayField(state, { name: "dia", of: `reclamo-${id}`, label: "Si lo trae, ¿qué día?", optional: true })}
    ${submit("Responder los reclamos")}`,
  );
}
