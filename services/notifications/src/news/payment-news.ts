import { paymentUnattended } from "@minka/contracts/payments";
import { on, type EventHandler } from "@minka/service/define-service";
import { raiseAttention } from "../attention/raise-attention.ts";
import { firstReached } from "./credit-news.ts";
import type { NewsKit } from "./tell.ts";

/** Who got money does not say so, or who is to pay it on does not, though reminded: an operator hears of it. */
export function paymentNews(kit: NewsKit): EventHandler[] {
  return [
    on(paymentUnattended, async ({ payload: { id: subject, personIds }, trace, once }) => {
      const phone = await firstReached(kit, personIds, trace);
      await once(async (tx) => {
        if (phone === undefined) return;
        await raiseAttention(tx, { kind: "payment_unattended", phone, subject, at: kit.clock() });
      });
    }),
  ];
}
