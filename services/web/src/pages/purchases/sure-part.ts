import type { Pool } from "@minka/contracts/pools";
import { farmUse } from "@minka/domain/farm-uses";
import { formatCount } from "@minka/language/texts";
import { hidden, tickField } from "../../design/fields.ts";
import { html, type Html } from "../../design/html.ts";
import type { FormState } from "../../forms/attempt.ts";
import * as kinds from "../../forms/field-kinds.ts";
import { packsOf } from "./purchase-words.ts";

const measures = { kg: "kilos", liter: "litros", unit: "unidades" } as const;

/**
 * Of more than a small farm has use for it is asked whether the number is right, with what it weighs: one zero too many
 * would lower the price for all, and then not be bought. The tick is good for the number beside it and no other.
 */
export function surePart(
  state: FormState,
  pool: Pool,
  { of, already = 0 }: { of?: string | undefined; already?: number | undefined },
): Html {
  const { most, perPack } = farmUse(pool, "small");
  const usual = Math.max(1, Math.floor(most / perPack), already);
  const told = hidden("comun", usual);
  const typed = kinds.wholeNumber().required.safeParse(state.value("sacos"));
  const asks = state.error("seguro") !== null;
  const isSure =
    typed.success && state.isChosen("seguro", "si") && state.value("preguntado") === String(typed.data);
  if (!typed.success || !(asks || isSure)) return told;
  const packs = packsOf(typed.data, pool);
  const { amount, unit } = pool.pack;
  const whole = amount === 1 ? "" : `: ${formatCount(typed.data * amount)} ${measures[unit]} en todo`;
  return html`${told}${hidden("preguntado", typed.data)}
  ${tickField(asks ? { ...state, isChosen: () => false } : state, { name: "seguro", ...(of ? { of } : {}), label: `Sí, son ${packs}${whole}` })}`;
}
