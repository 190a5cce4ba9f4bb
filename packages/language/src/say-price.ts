import { formatSoles } from "@minka/domain/money";
import { phrase } from "./texts.ts";

/** "S/ 104", or of an estimate "más o menos S/ 104". */
export function sayPrice(
  { centimos, about }: { centimos: number; about?: boolean | undefined },
  language?: string,
): string {
  const price = formatSoles(centimos);
  return about ? phrase("about_price", { price }, language) : price;
}
