import { creditUnattended } from "@minka/contracts/credit-events";
import { endorsementUnattended } from "@minka/contracts/endorsements";
import { contactCards } from "@minka/contracts/profiles";
import { on, type EventHandler } from "@minka/service/define-service";
import { raiseAttention } from "../attention/raise-attention.ts";
import type { NewsKit } from "./tell.ts";

/** A lender, or an organization that is to vouch, does not answer though it was reminded: an operator hears of it. */
export function creditNews(kit: NewsKit): EventHandler[] {
  return [
    on(creditUnattended, async ({ payload: { creditId, personIds }, trace, once }) => {
      const phone = await firstReached(kit, personIds, trace);
      await once(async (tx) => {
        if (phone === undefined) return;
        const about = { kind: "credit_unattended", phone, subject: creditId } as const;
        await raiseAttention(tx, { ...about, at: kit.clock() });
      });
    }),
    on(endorsementUnattended, async ({ payload: { endorsementId, personIds }, trace, once }) => {
      const phone = await firstReached(kit, personIds, trace);
      await once(async (tx) => {
        if (phone === undefined) return;
        const about = { kind: "endorsement_unattended", phone, subject: endorsementId } as const;
        await raiseAttention(tx, { ...about, at: kit.clock() });
      });
    }),
  ];
}

/** The phone of the first of these people who has one. */
export async function firstReached(
  { call }: NewsKit,
  personIds: readonly string[],
  trace: string,
): Promise<string | undefined> {
  if (personIds.length === 0) return undefined;
  const { contacts } = await call(contactCards, { body: { personIds: [...personIds] } }, { trace });
  const reached = personIds.map((personId) => contacts.find((contact) => contact.personId === personId));
  return reached.find((contact) => contact !== undefined)?.phone;
}
