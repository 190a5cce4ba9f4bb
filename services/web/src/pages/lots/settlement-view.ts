import type { Pledge } from "@minka/contracts/lot-pledges";
import type { LotSettlement } from "@minka/contracts/lot-settlements";
import type { Lot } from "@minka/contracts/lots";
import { actionButton, form, moneyField, selectField, submit, textField } from "../../design/fields.ts";
import { html, type Content, type Html } from "../../design/html.ts";
import { facts, stateMark, waits } from "../../design/parts.ts";
import { table } from "../../design/table.ts";
import { formState, type Attempt } from "../../forms/attempt.ts";
import type { View } from "../../visits/page.ts";
import { soles } from "../../words/field-words.ts";
import { accountPath, methodOptions } from "../payments/payment-words.ts";
import { otherParts } from "../organization-desk/choose-member.ts";
import { kilosWords } from "./lot-words.ts";
import { lotPath, type LotVisit } from "./own-lot.ts";

type Data = {
  readonly lot: Lot;
  readonly settlement: LotSettlement | null;
  readonly pledges: { readonly items: readonly Pledge[]; readonly next: string | null };
  readonly names: ReadonlyMap<string, string>;
};

export function settlementView(visit: LotVisit, data: Data, attempt: Attempt | null): View {
  const { lot, settlement } = data;
  return {
    title: `Liquidación de ${lot.title}`,
    desk: true,
    main: html`<p><a class="more" href="${lotPath(visit)}">${lot.title}</a></p>
      <h1>
        ${settlement ? `A repartir: ${soles(settlement.netCentimos)}` : "¿Cuánto le toca a cada quien?"}
      </h1>
      ${settlement ? shown(visit, { ...data, settlement }, attempt) : begin(visit, lot, attempt)}
      ${lot.state === "settled" || lot.state === "cancelled" ? null : advances(visit, data, attempt)}`,
  };
}

function begin(visit: LotVisit, lot: Lot, attempt: Attempt | null): Content {
  if (lot.state !== "composed") return html`<p>Se liquida después de entregar el lote al comprador.</p>`;
  return html`<p>
      Se reparte lo que vale lo entregado, según el peso y la calidad de cada quien, menos adelantos, lo que
      cobra la organización y descuentos que cada quien aceptó.
    </p>
    ${actionButton(visit, formState(attempt, "calcular"), "Calcular la liquidación")}`;
}

function shown(visit: LotVisit, data: Data & { settlement: LotSettlement }, attempt: Attempt | null): Html {
  const { settlement, names, lot } = data;
  const { id, state } = settlement;
  const answer = (vale: "si" | "no", words: string) =>
    actionButton(visit, formState(attempt, "decidir", {}, { liquidacion: id, vale }), words, {
      values: { liquidacion: id, vale },
      quiet: vale === "no",
    });
  const base = `/mi-organizacion/${visit.params.organizationId}/pagos`;
  return html`<p>
      ${
        state === "proposed"
          ? stateMark("falta aprobar", "waiting")
          : state === "approved"
            ? stateMark("aprobada", "good")
            : stateMark("no aprobada", "over")
      }
    </p>
    ${
      state === "proposed"
        ? html`${waits("La aprueba una persona distinta de quien la calculó.")}${answer("si", "Aprobar y avisar a cada quien")}${answer("no", "No aprobar")}`
        : null
    }
    ${state === "rejected" && lot.state === "composed" ? actionButton(visit, formState(attempt, "calcular"), "Calcular otra vez") : null}
    ${facts([
      ["El comprador paga", soles(settlement.contractCentimos)],
      settlement.premiumCentimos > 0 && [
        "De ahí, premio por cosecha de mujeres",
        soles(settlement.premiumCentimos),
      ],
      settlement.advanceCentimos > 0 && ["Menos adelantos", soles(settlement.advanceCentimos)],
      settlement.feeCentimos > 0 && ["Menos lo que cobra la organización", soles(settlement.feeCentimos)],
      settlement.creditCentimos > 0 && [
        "Menos descuentos que cada quien aceptó",
        soles(settlement.creditCentimos),
      ],
      ["Se reparte", soles(settlement.netCentimos)],
    ])}
    ${table(
      { caption: "Lo de cada quien", path: visit.path, query: visit.query },
      [
        { title: "Persona", cell: ({ personId }) => names.get(personId) ?? "Ya no está en Minka" },
        { title: "Pesó", cell: ({ grams }) => kilosWords(grams), number: true },
        { title: "Cosecha (S/)", cell: ({ grossCentimos }) => soles(grossCentimos), number: true },
        { title: "Premio (S/)", cell: ({ premiumCentimos }) => soles(premiumCentimos), number: true },
        {
          // Each in one sum: who borrows is not for everybody who looks at this table.
          title: "Descuentos (S/)",
          cell: ({ advanceCentimos, feeCentimos, creditCentimos }) =>
            soles(advanceCentimos + feeCentimos + creditCentimos),
          number: true,
        },
        { title: "Recibe (S/)", cell: ({ netCentimos }) => soles(netCentimos), number: true },
        ...(state === "approved"
          ? [
              {
                title: "Pago",
                cell: ({ lineId }: { lineId: string }) =>
                  html`<a href="${accountPath(base, { kind: "settlement", id: lineId })}">Anotar o ver</a>`,
              },
            ]
          : []),
      ],
      settlement.lines,
    )}`;
}

function advances(visit: LotVisit, { pledges, names }: Data, attempt: Attempt | null): Content {
  const people = [...new Set(pledges.items.map(({ personId }) => personId))];
  if (people.length === 0) return null;
  const state = formState(attempt, "adelantar", { medio: "cash" });
  return html`<details ${attempt?.action === "adelantar" || visit.query["socios"] ? html` open` : null}>
    <summary>Dar un adelanto</summary>
    <p class="quiet">
      Se le paga antes de liquidar. La persona confirma por SMS, y después se descuenta de lo suyo.
    </p>
    ${otherParts(visit, pledges.next)}
    ${form(
      visit,
      state,
      html`${selectField(state, {
        name: "persona",
        label: "¿A quién?",
        none: "Elija",
        options: people.map((personId) => ({
          value: personId,
          words: names.get(personId) ?? "Ya no está en Minka",
        })),
      })}
      ${moneyField(state, { name: "monto", label: "¿Cuánto?", maxlength: 12 })}
      ${selectField(state, { name: "medio", label: "¿Cómo se pagó?", options: methodOptions })}
      ${textField(state, { name: "operacion", label: "Número de operación", hint: "En efectivo, en blanco.", optional: true, maxlength: 40 })}
      ${submit("Anotar el adelanto", { quiet: true })}`,
    )}
  </details>`;
}
