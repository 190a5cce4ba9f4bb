import { onceMore } from "../../design/fields.ts";
import type { Html } from "../../design/html.ts";
import type { FormState } from "../../forms/attempt.ts";
import type { SignedVisit } from "../../visits/visit.ts";

/** A credit that is taken back does not come again: who is about to do so reads that first. */
export const withdrawPart = (
  visit: SignedVisit,
  state: FormState,
  {
    first = "Ya no quiero este crédito",
    values = {},
  }: { first?: string; values?: Readonly<Record<string, string>> } = {},
): Html =>
  onceMore(visit, state, {
    first,
    says: "Su pedido termina aquí y la entidad no le presta. No debe nada por él. Si después lo quiere, tiene que pedirlo de nuevo.",
    words: "Sí, ya no quiero este crédito",
    values,
  });
