import type { LotComposition } from "@minka/contracts/lot-compositions";
import type { LotContract } from "@minka/contracts/lot-contracts";
import type { listLotPledges, Pledge } from "@minka/contracts/lot-pledges";
import type { LotSettlement } from "@minka/contracts/lot-settlements";
import type { Lot } from "@minka/contracts/lots";
import type { Answer } from "@minka/contracts/endpoint";
import { actionButton, dayField, form, submit, tickField } from "../../design/fields.ts";
import { html, type Content, type Html } from "../../design/html.ts";
import { actionLink, empty, facts, pager, progress, stateMark, steps, waits } from "../../design/parts.ts";
import { table } from "../../design/table.ts";
import { formState, type Attempt } from "../../forms/attempt.ts";
import type { View } from "../../visits/page.ts";
import { capitalized, dayWords, joinWords, soles } from "../../words/field-words.ts";
import { onDay } from "../credit/say-credit.ts";
import { silentPart, type Silent } from "../invitations/silent-part.ts";
import { compositionView } from "./composition-view.ts";
import {
  gatheringWords,
  certificateWords,
  feeWords,
  flagWords,
  harvestWords,
  kilosWords,
  lackingOf,
  limitWords,
  lotMark,
  placeName,
  qualityWords,
  saidAmount,
} from "./lot-words.ts";
import { lotPath, type LotVisit } from "./own-lot.ts";

type LotData = {
  readonly lot: Lot;
  readonly contract: LotContract | null;
  readonly composition: LotComposition | null;
  readonly settlement: LotSettlement | null;
  readonly pledges: Answer<typeof listLotPledges>;
  readonly names: ReadonlyMap<string, string>;
  /** Members who have not answered, while it is open. */
  readonly silent: Silent | null;
};

export function lotView(visit: LotVisit, data: LotData, attempt: Attempt | null): View {
  const { lot } = data;
  return {
    title: lot.title,
    desk: true,
    main: html`<h1>${lot.title}</h1>
      <p>
        ${lotMark(lot.state)} · ${harvestWords(lot)} ·
        ${lot.demand ? `para ${lot.demand.providerName}` : "sin comprador todavía"}
      </p>
      <div class="columns">
        <div>${nextStep(visit, data, attempt)}</div>
        <div>${path(data)}</div>
      </div>
      ${data.composition ? compositionView(visit, data, attempt) : null} ${offered(visit, data)}
      ${silentPart(visit, data.silent, attempt)} ${about(lot, visit.today)} ${more(visit, data, attempt)}`,
  };
}

/** Who has to do what now, and until when. */
function nextStep(visit: LotVisit, data: LotData, attempt: Attempt | null): Content {
  const { lot, contract, composition, settlement } = data;
  const { pledgedGrams, weighedGrams, minimumGrams, maximumGrams } = lot;
  const compute = (words: string) =>
    actionButton(visit, formState(attempt, "calcular"), words, { quiet: composition !== null });
  switch (lot.state) {
    case "open":
      return html`${waits(`Las socias y los socios ofrecen hasta el ${onDay(lot.pledgeUntil, visit.today)}.`)}
      ${progress({ part: pledgedGrams, whole: maximumGrams, words: `Ofrecieron ${kilosWords(pledgedGrams)}. Lo mínimo son ${kilosWords(minimumGrams)}, entran hasta ${kilosWords(maximumGrams)}.` })}
      ${actionLink(lotPath(visit, "/anotar"), "Anotar lo que ofrece alguien")}`;
    case "collecting":
      if (composition?.state === "proposed")
        return waits("Falta que otra persona apruebe qué entra al lote.");
      return html`${waits(`Reciban y pesen la cosecha, ${lot.collectFrom === lot.collectUntil ? "el" : "del"} ${gatheringWords(lot, visit.today)}. Después calculen qué entra.`)}
      ${progress({ part: weighedGrams, whole: Math.max(pledgedGrams, 1), words: `Pesaron ${kilosWords(weighedGrams)} de ${kilosWords(pledgedGrams)} ofrecidos.` })}
      ${lot.freeSince ? waits(`Desde el ${onDay(lot.freeSince, visit.today)} cada quien puede llevarse lo que trajo, porque nadie decidió qué entra.`) : null}
      ${weighedGrams > 0 ? compute("Calcular qué entra al lote") : null}`;
    case "composed":
      if (contract?.state !== "signed")
        return html`${waits(contract ? "Falta el contrato firmado por las dos partes." : "Falta acordar el contrato con un comprador.")}
        ${actionLink(lotPath(visit, "/contrato"), contract ? "Ver el contrato" : "Proponer un contrato")}`;
      return html`${waits(
        settlement?.state === "proposed"
          ? "Falta que otra persona apruebe la liquidación."
          : contract.deliveries.some(({ state }) => state === "recorded")
            ? `${contract.buyer.name} tiene que confirmar lo que recibió.`
            : contract.deliveries.length === 0
              ? "Lleven el lote al comprador y anoten la entrega."
              : "Cuando todo esté entregado, hagan la liquidación.",
      )}
      ${actionLink(lotPath(visit, "/contrato"), "Entregas y contrato", { quiet: contract.deliveries.length > 0 })}
      ${contract.deliveries.length > 0 ? actionLink(lotPath(visit, "/liquidacion"), "Ver la liquidación") : null}`;
    case "settled":
      return html`${waits("Paguen a cada quien lo suyo y anótenlo: la persona confirma por SMS.")}
      ${actionLink(lotPath(visit, "/liquidacion"), "Ver la liquidación y pagar")}`;
    case "cancelled":
      return html`<p>Este lote se canceló. Lo ofrecido quedó libre.</p>`;
  }
}

function path({ lot, contract, composition, settlement }: LotData): Html {
  const order = ["open", "collecting", "composed", "settled"];
  const at = order.indexOf(lot.state);
  const state = (done: boolean, now: boolean) => (done ? "past" : now ? "now" : "next");
  const isChosen = at === 1 && composition !== null;
  const signed = contract?.state === "signed";
  const delivered = contract?.deliveries.some((one) => one.state === "confirmed") ?? false;
  if (lot.state === "cancelled") return html`<p class="quiet">Ya no sigue.</p>`;
  return steps([
    {
      words: "Ofrecen su cosecha",
      when: lot.pledges === 1 ? "1 persona" : `${lot.pledges} personas`,
      state: state(at > 0, at === 0),
    },
    {
      words: "Se pesa y se mide",
      when: kilosWords(lot.weighedGrams),
      state: state(at > 1 || isChosen, at === 1),
    },
    {
      words: "Se decide qué entra",
      when: composition?.state === "approved" ? kilosWords(composition.grams) : null,
      state: state(at > 1, isChosen),
    },
    {
      words: "Contrato firmado",
      when: signed ? contract.buyer.name : null,
      state: state(signed, at === 2 && !signed),
    },
    { words: "Se entrega al comprador", state: state(delivered || at === 3, signed) },
    {
      words: "Se liquida a cada quien",
      when: settlement?.state === "approved" ? soles(settlement.netCentimos) : null,
      state: state(at === 3, at === 2 && delivered),
    },
  ]);
}

function offered(visit: LotVisit, { lot, pledges, names }: LotData): Html {
  const mayAdd = lot.state === "open";
  if (pledges.items.length === 0)
    return html`<h2>Lo que ofrecieron</h2>
      ${empty("Todavía nadie ofreció. Reciben un SMS con el lote y contestan LOTE y los quintales.")}`;
  return html`<h2>Lo que ofrecieron</h2>
    ${mayAdd ? null : html`<p class="quiet">Entre a cada persona para pesar y anotar la calidad.</p>`}
    ${table(
      { caption: "En el orden en que ofrecieron", path: visit.path, query: visit.query },
      [
        {
          title: "Persona",
          cell: ({ id, personId }) =>
            html`<a href="${lotPath(visit, `/aportes/${id}`)}"
              >${names.get(personId) ?? "Ya no está en Minka"}</a
            >`,
        },
        { title: "Ofreció", cell: (one) => pledgeAmount(one), number: true },
        {
          title: "Pesado",
          cell: ({ weighedGrams }) => (weighedGrams === null ? "falta" : kilosWords(weighedGrams)),
          number: true,
        },
        { title: "Calidad", cell: ({ quality }) => capitalized(qualityWords(quality)) || "falta" },
        {
          title: "Entra",
          cell: ({ takenGrams }) => (takenGrams === null ? "" : kilosWords(takenGrams)),
          number: true,
        },
        { title: "Por mirar", cell: (pledge) => attention(lot, pledge) },
      ],
      pledges.items,
    )}
    ${pager(visit.path, visit.query, pledges.next)}`;
}

function pledgeAmount({ amount, grams }: Pledge): Content {
  const said = saidAmount(amount);
  return amount.unit === "kg" ? kilosWords(grams) : html`${kilosWords(grams)} <small>(${said})</small>`;
}

function attention(lot: Lot, pledge: Pledge): Content {
  const { flags, confirmed, takenGrams } = pledge;
  const lacking = takenGrams === null ? lackingOf(lot, pledge) : [];
  return html`${confirmed ? null : stateMark("falta que diga sí", "waiting")}
  ${lacking.length > 0 ? html`<p>Sin certificado ${certificateWords(lacking)}.</p>` : null}
  ${flags.map((flag) => html`<p class="quiet">${flagWords(flag)}</p>`)}`;
}

function about(lot: Lot, today: string): Html {
  const { limits, certificates, demand } = lot;
  const limit = limitWords(limits);
  return html`<h2>Reglas del lote</h2>
    ${facts([
      ["Mínimo y máximo", `${kilosWords(lot.minimumGrams)} a ${kilosWords(lot.maximumGrams)}`],
      limit !== "" && ["Promedio de todo", capitalized(limit)],
      certificates.length > 0 && ["Certificados", capitalized(certificateWords(certificates))],
      lot.minimumWomenSharePercent > 0 && [
        "Cosecha de mujeres",
        `al menos ${lot.minimumWomenSharePercent} %`,
      ],
      ["La organización cobra", feeWords(lot)],
      demand !== null && ["Pedido", `${demand.providerName}: ${demand.title}`],
      ["Acopio", gatheringWords(lot, today)],
      [
        "Lugares",
        joinWords(
          lot.points.map(
            ({ name, districtCode, collectsOn }) =>
              `${name}, ${placeName(districtCode)}${collectsOn ? ` (${dayWords(collectsOn, today)})` : ""}`,
          ),
        ),
      ],
      ["Si no entra todo", lot.parts ? "se toma una parte" : "entra entero o no entra"],
    ])}`;
}

function more(visit: LotVisit, { lot, contract }: LotData, attempt: Attempt | null): Content {
  const extending = formState(attempt, "alargar");
  const cancelling = formState(attempt, "cancelar");
  const isOver = lot.state === "settled" || lot.state === "cancelled";
  return html`<h2>Más de este lote</h2>
    <p>
      <a class="more" href="${lotPath(visit, "/contrato")}">Contrato y entregas</a> ·
      <a class="more" href="${lotPath(visit, "/liquidacion")}">Adelantos y liquidación</a>
      ${lot.state === "composed" || lot.state === "settled" ? html` · <a class="more" href="${lotPath(visit, "/origen")}">De qué parcelas viene</a>` : null}
    </p>
    ${
      lot.state === "open"
        ? html`<details ${attempt?.action === "alargar" ? html` open` : null}>
            <summary>Dar más tiempo o cerrar antes</summary>
            ${form(visit, extending, html`${dayField(extending, { name: "hasta", label: "Se puede ofrecer hasta" })}${submit("Dar más tiempo", { quiet: true })}`)}
            ${actionButton(visit, formState(attempt, "cerrar"), "Cerrar ahora y avisar por SMS", { quiet: true })}
          </details>`
        : null
    }
    ${
      isOver || contract?.state === "signed"
        ? null
        : html`<details ${attempt?.action === "cancelar" ? html` open` : null}>
            <summary>Cancelar este lote</summary>
            ${form(
              visit,
              cancelling,
              html`${tickField(cancelling, { name: "seguro", label: "Sí, lo cancelamos: todo lo ofrecido queda libre" })}${submit("Cancelar el lote", { danger: true })}`,
            )}
          </details>`
    }`;
}
