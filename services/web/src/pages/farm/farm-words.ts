import type { Plot, Season } from "@minka/contracts/plots";
import type { AreaUnit } from "@minka/domain/area-units";
import type { HarvestUnit } from "@minka/domain/harvest-weights";
import type { SizeClass } from "@minka/domain/size-class";
import {
  certificates,
  crops,
  type Crop,
  type CropState,
  type LandDocument,
  type Tenure,
} from "@minka/domain/vocabulary";
import { formatCount, word } from "@minka/language/texts";
import type { Option } from "../../design/fields.ts";
import { capitalized } from "../../words/field-words.ts";

export const farmPath = "/mi/chacra";

const optionsOf = <Value extends string>(words: Readonly<Record<Value, string>>): Option[] =>
  Object.entries<string>(words).map(([value, said]) => ({ value, words: said }));

const areaWords: Readonly<Record<AreaUnit, readonly [one: string, many: string]>> = {
  ha: ["hectárea", "hectáreas"],
  m2: ["metro cuadrado", "metros cuadrados"],
  yugada: ["yugada", "yugadas"],
  topo: ["topo", "topos"],
};
export const areaOptions: Option[] = Object.entries(areaWords).map(([value, [, many]]) => ({
  value,
  words: many,
}));

/** "2.5 hectáreas" */
export function areaSaid({ amount, unit }: Pick<Plot["area"], "amount" | "unit">): string {
  const [one, many] = areaWords[unit];
  return `${formatCount(amount)} ${amount === 1 ? one : many}`;
}

export const tenureOptions = optionsOf<Tenure>({
  own: "Es mía",
  possession: "La poseo, sin título",
  communal: "Es de la comunidad",
  leased: "La alquilo",
  borrowed: "Me la prestan",
  shared: "A medias con otra persona",
});

export const documentOptions = optionsOf<LandDocument>({
  none: "Ninguno todavía",
  title: "Título",
  possession_certificate: "Constancia de posesión",
  other: "Otro papel",
});

export const sizeWords: Readonly<Record<SizeClass, string>> = {
  small: "chacra pequeña",
  medium: "chacra mediana",
  large: "chacra grande",
};

export const cropOptions: Option[] = crops.map((value) => ({
  value,
  words: capitalized(word("crop", value)),
}));
export const certificateOptions: Option[] = certificates.map((value) => ({
  value,
  words: capitalized(word("certificate", value)),
}));

export const harvestUnitOptions: Option[] = (["kg", "quintal", "arroba", "tonne"] as const).map((value) => ({
  value,
  words: word("unit_many", value),
}));

export const stateOptions = optionsOf<CropState>({
  dry: "Seco",
  wet: "Fresco: en baba o en cereza",
  parchment: "Pergamino (café)",
  green: "Oro verde (café)",
});

/** "café pergamino", "cacao en baba" */
function harvested(crop: Crop, state: CropState | null): string {
  if (!state) return word("crop", crop);
  return `${word("crop", crop)} ${word("crop_state", crop === "coffee" && state === "wet" ? "cherry" : state)}`;
}

/** "12 quintales de café pergamino" */
export function productionSaid({ crop, production }: Pick<Season, "crop" | "production">): string | null {
  if (!production) return null;
  const { amount, unit, state } = production;
  const measure = word(amount === 1 ? "unit_one" : "unit_many", unit satisfies HarvestUnit);
  return `${formatCount(amount)} ${measure} de ${harvested(crop, state)}`;
}
