import { z } from "zod";
import * as kinds from "../../forms/field-kinds.ts";

const fields = {
  sacos: kinds.wholeNumber({ least: 1, most: 100_000 }).required,
  minimo: kinds.wholeNumber({ least: 1, most: 100_000 }).optional,
  maximo: kinds.wholeNumber({ least: 1, most: 100_000 }).optional,
  punto: kinds.optionalId(),
  // How many one takes without a question, as the page has said it; and of how many it has asked whether they are right.
  comun: kinds.wholeNumber().optional,
  preguntado: kinds.wholeNumber().optional,
  seguro: kinds.tick(),
};
type Wish = z.output<z.ZodObject<typeof fields>>;

/**
 * What somebody wants of a joint purchase, in the fields of a form with others: the least is no more than what they
 * ask for, the most no less, and both at most half of it away. More than a farm has use for is asked about once: a zero
 * too many would change the price for all.
 */
export const wish = <More extends z.ZodRawShape>(more: More) =>
  z.object({ ...fields, ...more }).superRefine((values, context) => {
    const { sacos, minimo = sacos, maximo = sacos, comun, preguntado, seguro } = values as Wish;
    const wrong = (path: keyof Wish, message: string) =>
      context.addIssue({ code: "custom", path: [path], message });
    if (comun !== undefined && sacos > comun && !(seguro && preguntado === sacos))
      wrong("seguro", "Es mucho más de lo que usa una chacra. ¿Está bien el número?");
    const least = Math.ceil(sacos / 2);
    const most = sacos + Math.floor(sacos / 2);
    const crossed = "Lo menos no puede pasar de lo que pide, ni lo más ser menos.";
    const range = `Lo menos, desde ${least}; lo más, hasta ${most}.`;
    if (minimo > sacos || minimo < least) wrong("minimo", minimo > sacos ? crossed : range);
    if (maximo < sacos || maximo > most) wrong("maximo", maximo < sacos ? crossed : range);
  });

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
