import type { Pledge } from "@minka/contracts/lot-pledges";
import type { Lot } from "@minka/contracts/lots";
import { harvestStates, harvestUnits } from "@minka/domain/harvest-weights";
import { certificates, cropStates } from "@minka/domain/vocabulary";
import { word } from "@minka/language/texts";
import { z } from "zod";
import { numberField, optionsField, selectField } from "../../design/fields.ts";
import { html, type Content, type Html } from "../../design/html.ts";
import type { FormState } from "../../forms/attempt.ts";
import * as kinds from "../../forms/field-kinds.ts";
import { capitalized } from "../../words/field-words.ts";
import { harvestWords, placeName } from "./lot-words.ts";

/** What somebody offers to a lot. */
export const pledgeShape = {
  cantidad: kinds.decimal({ least: 0.1, most: 1_000_000 }).required,
  unidad: kinds.choice(harvestUnits).required,
  estado: kinds.choice(cropStates).optional,
  lugar: kinds.optionalId(),
  certificados: kinds.choices(certificates),
};

const pledgeFieldPaths: Readonly<Record<string, string>> = {
  "body.amount": "cantidad",
  "body.amount.amount": "cantidad",
  "body.cropState": "estado",
  "body.pointId": "lugar",
};
export const pledgeFieldOf = (path: string) => pledgeFieldPaths[path];

export const offeredOf = ({
  cantidad,
  unidad,
  estado,
  lugar,
  certificados,
}: z.output<z.ZodObject<typeof pledgeShape>>) => ({
  amount: { amount: cantidad, unit: unidad },
  ...(estado ? { cropState: estado } : {}),
  certificates: certificados,
  pointId: lugar ?? null,
});

/** `held`: as what a harvest of theirs is certified, where that is known. */
export const pledgeDefaults = (lot: Lot, pledge: Pledge | null, held: readonly string[] = []) =>
  pledge
    ? {
        cantidad: pledge.amount.amount,
        unidad: pledge.amount.unit,
        estado: pledge.cropState,
        lugar: pledge.pointId,
        certificados: pledge.certificates,
      }
    : {
        unidad: "quintal",
        estado: lot.cropState,
        lugar: lot.points.length === 1 ? lot.points[0]?.id : null,
        certificados: held,
      };

const unitHints = {
  kg: "kilos",
  quintal: "quintales (46 kg)",
  arroba: "arrobas (11.5 kg)",
  tonne: "toneladas",
};

export function pledgeFields(state: FormState, lot: Lot, asks: { readonly ownWords: boolean }): Content {
  const { ownWords } = asks;
  return html`${numberField(state, { name: "cantidad", label: ownWords ? "¿Cuánto pone?" : "¿Cuánto pone la persona?", maxlength: 12 })}
  ${selectField(state, {
    name: "unidad",
    label: "¿En qué lo cuenta?",
    options: harvestUnits.map((unit) => ({ value: unit, words: capitalized(unitHints[unit]) })),
  })}
  ${stateField(state, lot)}
  ${
    lot.points.length > 1
      ? selectField(state, {
          name: "lugar",
          label: "¿Dónde se lleva?",
          none: "Después lo digo",
          options: lot.points.map(({ id, name, districtCode }) => ({
            value: id,
            words: `${name}, ${placeName(districtCode)}`,
          })),
        })
      : null
  }
  ${lot.certificates.length > 0 ? certificatesField(state, lot, { label: "¿Qué certificados tiene esa cosecha?" }) : null}`;
}

export const certificatesField = (
  state: FormState,
  { certificates: asked }: Lot,
  { label, of = "" }: { label: string; of?: string },
): Html =>
  optionsField(state, {
    name: "certificados",
    of,
    label,
    hint: "Para este lote hacen falta todos.",
    many: true,
    options: asked.map((one) => ({ value: one, words: capitalized(word("certificate", one)) })),
  });

/** In which state it is weighed: the lot's unless said. */
export const stateField = (state: FormState, { crop, cropState }: Lot): Html =>
  selectField(state, {
    name: "estado",
    label: "¿Cómo está?",
    hint: `El lote se pesa en ${harvestWords({ crop, cropState })}: lo demás se calcula.`,
    options: harvestStates(crop).map((one) => ({
      value: one,
      words: capitalized(harvestWords({ crop, cropState: one })),
    })),
  });
