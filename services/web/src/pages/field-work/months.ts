import { addMonths } from "@minka/domain/lima-time";
import { z } from "zod";
import { chips, withQuery } from "../../design/parts.ts";
import { asked, type Asking } from "../../visits/asked.ts";
import { capitalized, monthWords } from "../../words/field-words.ts";

const month = z
  .string()
  .regex(/^20\d\d-(0[1-9]|1[0-2])$/, { error: "Elija un mes de los de abajo." })
  .optional();

/** The month that an address asks for, or this one. */
export const monthOf = (visit: Asking & { readonly today: string }): string =>
  asked(visit, "mes", month) ?? visit.today.slice(0, 7);

export const isDay = (text: string): boolean =>
  /^20\d\d-\d\d-\d\d$/.test(text) && !Number.isNaN(Date.parse(`${text}T00:00:00Z`));

const monthsOn = (month: string, months: number) => addMonths(`${month}-01`, months).slice(0, 7);

/** Links to the months around one. */
export function monthChips(path: string, month: string, today: string, [back, on] = [1, 1]) {
  const months = Array.from({ length: back + on + 1 }, (_, index) => monthsOn(month, index - back));
  return chips(
    "Meses",
    months.map((each) => ({
      href: withQuery(path, { mes: each }),
      words: capitalized(monthWords(each, today)),
      current: each === month,
    })),
  );
}
