import type { z } from "zod";
import * as kinds from "../../forms/field-kinds.ts";

/** What somebody wants of a joint purchase, in the fields of a form. */
export const wish = {
  sacos: kinds.wholeNumber({ least: 1, most: 100_000 }).required,
  minimo: kinds.wholeNumber({ least: 1, most: 100_000 }).optional,
  maximo: kinds.wholeNumber({ least: 1, most: 100_000 }).optional,
  punto: kinds.optionalId(),
};
type Wish = z.output<z.ZodObject<typeof wish>>;

export const wishOf = ({ sacos, minimo, maximo, punto }: Wish) => ({
  packs: sacos,
  ...(minimo === undefined ? {} : { minimumPacks: minimo }),
  ...(maximo === undefined ? {} : { maximumPacks: maximo }),
  ...(punto === undefined ? {} : { pointId: punto }),
});

const names: Readonly<Record<string, string>> = {
  "body.packs": "sacos",
  "body.minimumPacks": "minimo",
  "body.maximumPacks": "maximo",
  "body.pointId": "punto",
};
export const wishField = (path: string): string | undefined => names[path];
