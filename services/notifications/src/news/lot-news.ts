import { lotUnattended } from "@minka/contracts/lots";
import { on, type EventHandler } from "@minka/service/define-service";
import { raiseAttention } from "../attention/raise-attention.ts";
import { firstReached } from "./credit-news.ts";
import type { NewsKit } from "./tell.ts";

/** Nobody does what a lot waits for, though reminded: an operator hears of it. */
export function lotNews(kit: NewsKit): EventHandler[] {
  return [
    on(lotUnattended, async ({ payload: { lotId, personIds }, trace, once }) => {
      const phone = await firstReached(kit, personIds, trace);
      await once(async (tx) => {
        if (phone === undefined) return;
        const about = { kind: "lot_unattended", phone, subject: lotId } as const;
        await raiseAttention(tx, { ...about, at: kit.clock() });
      });
    }),
  ];
}
