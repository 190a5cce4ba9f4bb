import { deliveryUnattended } from "@minka/contracts/pool-deliveries";
import { on, type EventHandler } from "@minka/service/define-service";
import { raiseAttention } from "../attention/raise-attention.ts";
import { firstReached } from "./credit-news.ts";
import type { NewsKit } from "./tell.ts";

/** Nobody says what became of a delivery, though reminded: an operator hears of it, with a phone that can say more. */
export function deliveryNews(kit: NewsKit): EventHandler[] {
  return [
    on(deliveryUnattended, async ({ payload: { deliveryId, personIds }, trace, once }) => {
      const phone = await firstReached(kit, personIds, trace);
      await once(async (tx) => {
        if (phone === undefined) return;
        const about = { kind: "delivery_unattended", phone, subject: deliveryId } as const;
        await raiseAttention(tx, { ...about, at: kit.clock() });
      });
    }),
  ];
}
