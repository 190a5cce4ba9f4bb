import type { organizationKinds } from "@minka/contracts/organizations";
import type { Centimos } from "@minka/domain/money";
import { soles } from "./field-words.ts";

/** What an organization is, as people call it. */
export const organizationKindWords: Record<(typeof organizationKinds)[number], string> = {
  association: "asociación",
  cooperative: "cooperativa",
  committee: "comité",
  native_community: "comunidad nativa",
  community_committee: "comité de comunidad",
  informal_group: "grupo de vecinos",
};

/** What joining costs: "entrar cuesta S/ 30", "entrar es gratis". */
export function entryFeeWords(fee: Centimos | null): string {
  if (fee === null) return "pregunte cuánto cuesta entrar";
  return fee === 0 ? "entrar es gratis" : `entrar cuesta ${soles(fee)}`;
}
