import type { Need } from "@minka/contracts/need";
import { describeNeed } from "@minka/language/texts";
import { capitalized } from "./field-words.ts";

/** A search for a buyer, with another word in its place: who reads it looks for none. */
const saleAs = (need: Need, said: { some: string; any: string }): string =>
  describeNeed(need).replace(/^comprador( de)?/, need.crop ? said.some : said.any);

/** As who asked says it: who sells a harvest does not ask for "a buyer of 5 quintals". */
export const ownNeedTitle = ({ need }: { need: Need }): string =>
  need.kind === "purchase"
    ? saleAs(need, { some: "Vender", any: "Vender mi cosecha" })
    : capitalized(describeNeed(need));

/** As who is asked reads it: a buyer is offered a harvest. */
export const askedNeedTitle = ({ need }: { need: Need }): string =>
  need.kind === "purchase"
    ? saleAs(need, { some: "Venta de", any: "Venta de cosecha" })
    : capitalized(describeNeed(need));
