import { creditUnattended } from "@minka/contracts/credits";
import { contactCards } from "@minka/contracts/profiles";
import { on, type EventHandler } from "@minka/service/define-service";
import { raiseAttention } from "../attention/raise-attention.ts";
import type { NewsKit } from "./tell.ts";

/** A lender does not answer, though it was reminded: an operator hears of it. */
export function creditNews(kit: NewsKit): EventHandler[] {
  return [
    on(creditUnattended, async ({ payload: { creditId, personId }, trace, once }) => {
      const { contacts } = await kit.call(contactCards, { body: { personIds: [personId] } }, { trace });
      await once(async (tx) => {
        const [lender] = contacts;
        if (!lender) return;
        const about = { kind: "credit_unattended", phone: lender.phone, subject: creditId } as const;
        await raiseAttention(tx, { ...about, at: kit.clock() });
      });
    }),
  ];
}
