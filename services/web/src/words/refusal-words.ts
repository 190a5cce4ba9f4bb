import type { DomainError, ErrorCategory } from "@minka/domain/errors";
import { creditRefusals } from "./refusals/credit.ts";
import { farmRefusals } from "./refusals/farm.ts";
import { fieldWorkRefusals } from "./refusals/field-work.ts";
import { generalRefusals } from "./refusals/general.ts";
import { lotRefusals } from "./refusals/lots.ts";
import { operatorRefusals } from "./refusals/operators.ts";
import { organizationRefusals } from "./refusals/organizations.ts";
import { ownDataRefusals } from "./refusals/own-data.ts";
import { providerRefusals } from "./refusals/providers.ts";
import { purchaseRefusals } from "./refusals/purchases.ts";
import { requestRefusals } from "./refusals/requests.ts";

/** By desk; a test sees to it that no code stands in two of them, unless the general words have it. */
const desks = [
  creditRefusals,
  farmRefusals,
  fieldWorkRefusals,
  lotRefusals,
  operatorRefusals,
  organizationRefusals,
  ownDataRefusals,
  providerRefusals,
  purchaseRefusals,
  requestRefusals,
];

/** What a service refuses with, in words that say what to do; by the refusal's code. */
const words: ReadonlyMap<string, string> = new Map(
  // The general words come last: to a page without words of its own a desk's say nothing.
  [...desks, generalRefusals].flatMap((part) => Object.entries(part)),
);

const byCategory: Record<ErrorCategory, string> = {
  invalid: "Hay un dato que no sirve así. Revíselo y envíe otra vez.",
  unauthenticated: "Entre otra vez para seguir.",
  forbidden: "Esto lo puede hacer otra persona, no usted.",
  "not-found": "Esto ya no está.",
  conflict: "Esto cambió mientras usted lo veía. Mire cómo está ahora.",
  "too-many": "Son muchos intentos seguidos. Espere un poco y pruebe otra vez.",
  unavailable: "Ahora no pudimos guardar esto. Pruebe otra vez en un minuto: no se hace dos veces.",
};

/** A refusal as a person reads it: in the words of the page, else in those for any page, else by its category. */
export function refusalWords(
  { code, category }: Pick<DomainError, "code" | "category">,
  own: Readonly<Record<string, string>> = {},
): string {
  return own[code] ?? words.get(code) ?? byCategory[category];
}
