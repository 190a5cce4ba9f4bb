import type { HandlerAnswer, HandlerInput } from "@minka/contracts/endpoint";
import type { quoteOffer as contract } from "@minka/contracts/offers";
import { meetsRequirements } from "@minka/domain/credit/meets-requirements";
import { quoteLoan } from "@minka/domain/credit/quote-loan";
import { DomainError, type FieldError } from "@minka/domain/errors";
import { addDays, limaDay } from "@minka/domain/lima-time";
import { formatSoles } from "@minka/domain/money";
import type { ServiceKit } from "@minka/service/define-service";
import { findPublicOffer } from "./read-offer.ts";

/** Terms do not hold longer. */
const farthestStartDays = 366;

/**
 * What a loan of a published offer costs, and which of its requirements are met. Throws `offer-unknown` (404),
 * `not-a-loan` (422) for an offer of another kind, and `outside-the-offer` (422) with the fields.
 */
export async function quoteOffer(
  { db, clock }: Pick<ServiceKit, "db" | "clock">,
  { params: { offerId }, body }: HandlerInput<typeof contract>,
): Promise<HandlerAnswer<typeof contract>> {
  const { version, terms } = await findPublicOffer(db.read, offerId);
  if (terms.kind !== "credit") {
    throw new DomainError("invalid", "not-a-loan", "Only an offer of credit is quoted.");
  }
  const today = limaDay(clock());
  const { amountCentimos, months, startsOn = today, has } = body;
  const errors: FieldError[] = [];
  if (amountCentimos < terms.minimumCentimos || amountCentimos > terms.maximumCentimos) {
    const [least, most] = [formatSoles(terms.minimumCentimos), formatSoles(terms.maximumCentimos)];
    errors.push({ path: "body.amountCentimos", message: `this offer lends from ${least} to ${most}` });
  }
  if (months < terms.minimumMonths || months > terms.maximumMonths) {
    errors.push({
      path: "body.months",
      message: `this offer lends for ${terms.minimumMonths} to ${terms.maximumMonths} months`,
    });
  }
  if (startsOn < today) errors.push({ path: "body.startsOn", message: "is over already" });
  if (startsOn > addDays(today, farthestStartDays)) {
    errors.push({ path: "body.startsOn", message: "is more than a year away" });
  }
  if (errors.length > 0) {
    throw new DomainError("invalid", "outside-the-offer", "This offer does not lend so.", { errors });
  }
  const quote = quoteLoan(terms, { amountCentimos, months, startsOn });
  return {
    offerId,
    version,
    ...quote,
    instalments: [...quote.instalments],
    requirements: has === undefined ? null : copyOf(meetsRequirements(terms.requirements, has)),
  };
}

/** Answers are written with arrays that may change. */
function copyOf({ met, requirements }: ReturnType<typeof meetsRequirements>) {
  return { met, requirements: requirements.map((one) => ({ ...one, wouldDo: [...one.wouldDo] })) };
}
