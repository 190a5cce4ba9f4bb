import { checkOfferTerms } from "@minka/contracts/check-offer-terms";
import type { OfferTerms } from "@minka/contracts/offer-terms";
import { DomainError } from "@minka/domain/errors";
import { limaDay } from "@minka/domain/lima-time";
import { findDistrict } from "@minka/geography/districts";
import type { ProviderRow } from "../providers/provider-rights.ts";

/** Throws `offer-terms-wrong` (422), with the fields, for terms that break a rule over several fields. */
export function refuseWrongTerms(terms: OfferTerms, provider: ProviderRow, at: Date): void {
  const errors = checkOfferTerms(terms, {
    providerKinds: provider.kinds,
    registeredLender: provider.lenderRegister !== null,
    today: limaDay(at),
    isDistrict: (code) => findDistrict(code) !== undefined,
  });
  if (errors.length === 0) return;
  throw new DomainError("invalid", "offer-terms-wrong", "The terms of this offer do not hold together.", {
    errors: errors.map(({ path, message }) => ({ path: `body.terms.${path}`, message })),
  });
}
