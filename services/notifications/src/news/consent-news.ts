import { consentWithdrawn } from "@minka/contracts/events";
import { contactCards } from "@minka/contracts/profiles";
import type { Transaction } from "@minka/database/connect";
import { on, type EventHandler } from "@minka/service/define-service";
import { and, asc, eq } from "@minka/database/query";
import { stopBulletinsTo } from "../bulletins/expand-bulletin.ts";
import { lockConversation } from "../conversations/conversation-lease.ts";
import { closeQuestionsTo } from "../conversations/take-back-questions.ts";
import { finishAttempt } from "../sending/finish-attempt.ts";
import { forgetHeld } from "../speakers/hold-message.ts";
import { outboundMessages } from "../tables.ts";
import type { NewsKit } from "./tell.ts";

/**
 * Who no longer agrees that Minka serves them is asked nothing more, and what had not left yet is not sent. That
 * nothing new is begun is `tell`'s and `ask`'s to see to, which look at what profiles says then.
 */
export function consentNews(kit: NewsKit): EventHandler[] {
  return [
    on(consentWithdrawn, async ({ payload: { personId, purpose }, trace, once }) => {
      if (purpose === "bulletins") return once((tx) => stopBulletinsTo(tx, personId, kit.clock()));
      if (purpose !== "service") return;
      const { contacts } = await kit.call(contactCards, { body: { personIds: [personId] } }, { trace });
      const [contact] = contacts;
      // Agreed again meanwhile, or erased.
      if (!contact?.withdrawn) return;
      await once(async (tx) => {
        await lockConversation(tx, contact.phone, trace);
        await closeQuestionsTo(tx, contact, { at: kit.clock(), trace });
        await stopBulletinsTo(tx, personId, kit.clock());
        if (contact.shared) await forgetHeld(tx, contact);
        else await withholdQueued(tx, contact.phone);
      });
    }),
  ];
}

async function withholdQueued(tx: Transaction, phone: string): Promise<void> {
  const queued = await tx
    .select()
    .from(outboundMessages)
    .where(
      and(
        eq(outboundMessages.phone, phone),
        eq(outboundMessages.state, "queued"),
        eq(outboundMessages.reply, false),
      ),
    )
    .orderBy(asc(outboundMessages.sequence))
    .for("update", { skipLocked: true });
  for (const message of queued) await finishAttempt(tx, message, { state: "withheld" });
}
