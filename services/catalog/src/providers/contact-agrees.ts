import { DomainError } from "@minka/domain/errors";
import type { ServiceKit } from "@minka/service/define-service";
import { eq, inArray } from "@minka/database/query";
import { offers, providers } from "../tables.ts";
import { agrees } from "./read-agreed-person.ts";

/**
 * Whether who would be asked about a provider's offers agrees that Minka serves them. Read before a transaction; of
 * what does not exist it says yes, since whoever looks for that in the transaction refuses it.
 */
export async function contactAgrees(
  { db, call }: Pick<ServiceKit, "db" | "call">,
  trace: string,
  of: { providerId: string } | { offerId: string },
): Promise<boolean> {
  const which =
    "providerId" in of
      ? eq(providers.id, of.providerId)
      : inArray(
          providers.id,
          db.read.select({ id: offers.providerId }).from(offers).where(eq(offers.id, of.offerId)),
        );
  const [contact] = await db.read.select({ personId: providers.personId }).from(providers).where(which);
  return contact === undefined || agrees(call, contact.personId, trace);
}

export const contactHasNotAgreed = () =>
  new DomainError(
    "conflict",
    "contact-has-not-agreed",
    "The provider's contact person took back that Minka serves them: nobody could be asked about this offer.",
  );
