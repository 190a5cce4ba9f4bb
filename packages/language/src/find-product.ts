import {
  equipmentProducts,
  hiredServices,
  inputProducts,
  type EquipmentProduct,
  type HiredService,
  type InputProduct,
} from "@minka/domain/vocabulary";
import { foldCase } from "./fold.ts";
import { word } from "./texts.ts";
import { readMessage } from "./understanding/read-message.ts";

/** What can be on a price list. */
export type Product =
  | { readonly kind: "input"; readonly name: InputProduct }
  | { readonly kind: "equipment"; readonly name: EquipmentProduct }
  | { readonly kind: "service"; readonly name: HiredService };

const products: readonly Product[] = [
  ...inputProducts.map((name) => ({ kind: "input" as const, name })),
  ...equipmentProducts.map((name) => ({ kind: "equipment" as const, name })),
  ...hiredServices.map((name) => ({ kind: "service" as const, name })),
];
const byName = new Map(products.map((product) => [product.name as string, product]));
const byWord = new Map(products.map((product) => [foldCase(productWord(product)), product]));

/** The word for a product, as lists write it. */
export function productWord({ kind, name }: Product): string {
  return kind === "service" ? word("service", name) : word("product", name);
}

/** The product that a few words name ("Mancozeb 80 WP", "Mochila de 20 litros"); undefined for none, or for two. */
export function findProduct(text: string): Product | undefined {
  const exact = byWord.get(foldCase(text.trim()));
  if (exact) return exact;
  const named = readMessage(text, "")
    .spans.filter(({ name }) => ["input", "equipment", "service"].includes(name))
    .toSorted((a, b) => b.end - b.start - (a.end - a.start) || a.start - b.start);
  const longest = named[0];
  // "abono foliar" is an abono too: the longer term says more, and "abono" alone less than any other.
  const telling = named.filter(
    (span) =>
      span.value !== "fertilizer" &&
      !(longest && span !== longest && span.start >= longest.start && span.end <= longest.end),
  );
  const values = new Set((telling.length > 0 ? telling : named).map(({ value }) => value));
  const [only, ...others] = values;
  return only === undefined || others.length > 0 ? undefined : byName.get(only);
}
