import { measures, type measured, type Pledge, type receipt } from "@minka/contracts/lot-pledges";
import type { Lot } from "@minka/contracts/lots";
import { harvestUnits } from "@minka/domain/harvest-weights";
import { word } from "@minka/language/texts";
import type { z } from "zod";
import {
  actionButton,
  dayField,
  form,
  hidden,
  numberField,
  selectField,
  submit,
  textField,
} from "../../design/fields.ts";
import { html, type Content, type Html } from "../../design/html.ts";
import { facts, notice, stateMark } from "../../design/parts.ts";
import { table } from "../../design/table.ts";
import { formState, type Attempt, type FormState } from "../../forms/attempt.ts";
import type { View } from "../../visits/page.ts";
import { capitalized, dayWords } from "../../words/field-words.ts";
import { onDay } from "../credit/say-credit.ts";
import type { ContributionVisit } from "./contribution-page.ts";
import {
  certificateWords,
  flagWords,
  harvestWords,
  kilosWords,
  lackingOf,
  leftWords,
  measureTitles,
  measureValue,
  placeName,
  saidAmount,
} from "./lot-words.ts";
import { lotPath } from "./own-lot.ts";
import { certificatesField, pledgeDefaults, pledgeFields, stateField } from "./pledge-fields.ts";

type Receipt = z.output<typeof receipt>;
type Measured = z.output<typeof measured>;
type Data = {
  readonly lot: Lot;
  readonly pledge: Pledge;
  readonly receipts: readonly Receipt[];
  readonly measured: readonly Measured[];
  readonly names: ReadonlyMap<string, string>;
  readonly alike: readonly Lot[];
};

export function contributionView(visit: ContributionVisit, data: Data, attempt: Attempt | null): View {
  const { lot, pledge, names } = data;
  const name = names.get(pledge.personId) ?? "Alguien que ya no está en Minka";
  return {
    title: `${name}, ${lot.title}`,
    desk: true,
    main: html`<p><a class="more" href="${lotPath(visit)}">${lot.title}</a></p>
      <h1>${name} ofreció ${kilosWords(pledge.grams)}</h1>
      ${pledge.confirmed ? null : notice("Lo anotó otra persona, y falta que diga por SMS si es así.")}
      ${lackingNotice(data)} ${pledge.flags.map((flag) => notice(flagWords(flag)))}
      <div class="columns">
        <div>${collecting(visit, data, attempt)} ${certifying(visit, data, attempt)}</div>
        <div>
          ${facts([
            [
              "Lo dijo así",
              `${saidAmount(pledge.amount)} de ${harvestWords({ crop: lot.crop, cropState: pledge.cropState })}`,
            ],
            ["Ofreció el", onDay(pledge.pledgedAt, visit.today)],
            pledge.pointId !== null && ["Lo lleva a", pointName(lot, pledge.pointId)],
            pledge.weighedGrams !== null && ["Pesado", kilosWords(pledge.weighedGrams)],
            pledge.takenGrams !== null && ["Entra al lote", kilosWords(pledge.takenGrams)],
            pledge.certificates.length > 0 && [
              "Certificados",
              capitalized(certificateWords(pledge.certificates)),
            ],
            (pledge.leftGrams ?? 0) > 0 && ["Queda", kilosWords(pledge.leftGrams ?? 0)],
            pledge.leftBecause !== null && ["Por qué queda", leftWords(pledge.leftBecause)],
            pledge.carriedGrams > 0 && ["Pasó a otro lote", kilosWords(pledge.carriedGrams)],
          ])}
          ${carrying(visit, data, attempt)}
        </div>
      </div>
      ${receiptList(visit, data, attempt)} ${measureList(visit, data)} ${changing(visit, data, attempt)}`,
  };
}

const pointName = ({ points }: Lot, pointId: string): string => {
  const point = points.find(({ id }) => id === pointId);
  return point ? `${point.name}, ${placeName(point.districtCode)}` : "";
};

function weightFields(state: FormState, lot: Lot, of = ""): Html {
  return html`${numberField(state, { name: "peso", label: "Peso en la balanza", maxlength: 12, of })}
  ${selectField(state, {
    name: "unidad",
    label: "Unidad",
    of,
    options: harvestUnits.map((unit) => ({ value: unit, words: capitalized(word("unit_many", unit)) })),
  })}
  ${of ? hidden("estado", state.value("estado")) : stateField(state, lot)}`;
}

function collecting(visit: ContributionVisit, { lot, pledge }: Data, attempt: Attempt | null): Content {
  if (lot.state !== "collecting")
    return html`<p>
      ${lot.state === "open" ? "Se pesa cuando se deje de ofrecer." : "El acopio ya terminó."}
    </p>`;
  const weighing = formState(attempt, "pesar", {
    unidad: "kg",
    estado: lot.cropState,
    lugar: pledge.pointId ?? lot.points[0]?.id,
  });
  const measuring = formState(attempt, "medir", { dia: visit.today });
  return html`<h2>Pesar</h2>
    ${form(
      visit,
      weighing,
      html`${weightFields(weighing, lot)}
      ${selectField(weighing, {
        name: "lugar",
        label: "¿Dónde?",
        options: lot.points.map(({ id }) => ({ value: id, words: pointName(lot, id) })),
      })}
      ${submit("Guardar el peso y mandar el recibo")}`,
    )}
    <h2>Anotar la calidad</h2>
    ${form(
      visit,
      measuring,
      html`${measures.map((name) =>
        numberField(measuring, {
          name,
          label: measureTitles[name],
          unit: measureValue(name, 0).replace(/^0\s*/, ""),
          optional: true,
          maxlength: 8,
        }),
      )}
      ${dayField(measuring, { name: "dia", label: "¿Qué día se midió?" })}
      ${textField(measuring, { name: "laboratorio", label: "Laboratorio", hint: "En blanco: lo midió la organización.", optional: true, maxlength: 80 })}
      ${submit("Guardar la calidad", { quiet: true })}`,
    )}`;
}

function lackingNotice({ lot, pledge }: Data): Content {
  const lacking = pledge.takenGrams === null ? lackingOf(lot, pledge) : [];
  if (lacking.length === 0) return null;
  return notice(
    `El lote pide certificado ${certificateWords(lacking)}, y falta anotar que esta cosecha lo tiene. Así no entra.`,
  );
}

/** While it may still change what gets in; nothing is asked where the buyer asks for none. */
function certifying(visit: ContributionVisit, { lot, pledge }: Data, attempt: Attempt | null): Content {
  const mayChange = (lot.state === "open" || lot.state === "collecting") && pledge.state === "open";
  if (lot.certificates.length === 0 || !mayChange) return null;
  const state = formState(attempt, "certificar", { certificados: pledge.certificates });
  return html`<h2>Certificados</h2>
    ${form(visit, state, html`${certificatesField(state, lot, { label: "¿Qué certificados tiene esta cosecha?", of: "anotado" })}${submit("Guardar los certificados", { quiet: true })}`)}`;
}

function receiptList(
  visit: ContributionVisit,
  { lot, receipts, names }: Data,
  attempt: Attempt | null,
): Content {
  if (receipts.length === 0) return null;
  const open = receipts.filter(({ correctedAt }) => correctedAt === null);
  return html`<h2>Recibos</h2>
    ${table(
      { caption: "Cada peso con su recibo", path: visit.path, query: visit.query },
      [
        { title: "Recibo", cell: ({ number }) => number },
        { title: "Peso", cell: ({ grams }) => kilosWords(grams), number: true },
        { title: "En el lote", cell: ({ lotGrams }) => kilosWords(lotGrams), number: true },
        { title: "Cuándo", cell: ({ weighedAt }) => onDay(weighedAt, visit.today) },
        { title: "Dónde", cell: ({ pointId }) => pointName(lot, pointId) },
        { title: "Pesó", cell: ({ weighedBy }) => names.get(weighedBy ?? "") ?? "" },
        {
          title: "Vale",
          cell: ({ correctedAt, correctsNumber, note }) =>
            html`${correctedAt ? stateMark("corregido por otro", "over") : stateMark("vale", "good")}
            ${correctsNumber ? html`<p class="quiet">Corrige el ${correctsNumber}: ${note ?? ""}</p>` : null}`,
        },
      ],
      receipts,
    )}
    ${lot.state === "collecting" ? open.map((one) => correction(visit, { lot, one }, attempt)) : null}`;
}

function correction(
  visit: ContributionVisit,
  { lot, one }: { lot: Lot; one: Receipt },
  attempt: Attempt | null,
): Html {
  const state = formState(
    attempt,
    "corregir",
    { peso: one.grams / 1000, unidad: "kg", estado: one.cropState },
    { recibo: one.id },
  );
  return html`<details
    ${attempt?.action === "corregir" && attempt.typed["recibo"] === one.id ? html` open` : null}
  >
    <summary>Corregir el recibo ${one.number}</summary>
    ${form(
      visit,
      state,
      html`${hidden("recibo", one.id)}${weightFields(state, lot, one.id)}
      ${textField(state, { name: "nota", label: "¿Qué estaba mal?", maxlength: 200, of: one.id })}
      ${submit("Guardar el peso correcto", { quiet: true })}`,
    )}
  </details>`;
}

function measureList(visit: ContributionVisit, { measured: all }: Data): Content {
  if (all.length === 0) return null;
  return html`<h2>Calidad medida</h2>
    ${table(
      { caption: "Todo lo que se midió", path: visit.path, query: visit.query },
      [
        { title: "Qué", cell: ({ measure }) => measureTitles[measure] },
        { title: "Resultado", cell: ({ measure, value }) => measureValue(measure, value), number: true },
        { title: "Día", cell: ({ measuredOn }) => dayWords(measuredOn, visit.today) },
        { title: "Quién", cell: ({ laboratory }) => laboratory ?? "la organización" },
        {
          title: "Vale",
          cell: ({ replacedAt }) =>
            replacedAt ? stateMark("se midió otra vez", "over") : stateMark("vale", "good"),
        },
      ],
      all,
    )}`;
}

function carrying(visit: ContributionVisit, { pledge, alike }: Data, attempt: Attempt | null): Content {
  const left = (pledge.leftGrams ?? 0) - pledge.carriedGrams;
  if (left <= 0 || alike.length === 0) return null;
  const state = formState(attempt, "llevar");
  return html`<h2>Quedan ${kilosWords(left)}</h2>
    ${form(
      visit,
      state,
      html`${selectField(state, {
        name: "lote",
        label: "Pasarlo a otro lote",
        options: alike.map(({ id, title }) => ({ value: id, words: title })),
      })}${submit("Pasar lo que queda", { quiet: true })}`,
    )}`;
}

function changing(visit: ContributionVisit, { lot, pledge }: Data, attempt: Attempt | null): Content {
  if (lot.state !== "open" || pledge.state !== "open") return null;
  const state = formState(attempt, "cambiar", pledgeDefaults(lot, pledge));
  return html`<details ${attempt?.action === "cambiar" ? html` open` : null}>
    <summary>Cambiar o retirar lo que ofreció</summary>
    ${form(visit, state, html`${pledgeFields(state, lot, { ownWords: false })}${submit("Guardar el cambio", { quiet: true })}`)}
    ${actionButton(visit, formState(attempt, "retirar"), "Retirarlo del lote", { danger: true })}
  </details>`;
}
