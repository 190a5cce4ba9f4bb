import type { Job } from "@minka/queue/worker";
import { advanceConversation } from "./advance-conversation.ts";
import { dueConversations } from "./conversation-lease.ts";
import { giveUpAskJob } from "./give-up-ask.ts";
import { duePrompts, expirePrompt } from "./expire-prompt.ts";
import type { ConversationKit } from "./turn.ts";

export function conversationJobs(
  kit: ConversationKit,
): Record<"advance-conversation" | "expire-prompt" | "give-up-ask", Job> {
  const { db, clock } = kit;
  return {
    "advance-conversation": {
      due: (limit) => dueConversations(db, clock(), limit),
      run: (id) => advanceConversation(kit, id),
    },
    "expire-prompt": {
      due: (limit) => duePrompts(db, clock(), limit),
      run: (id, trace) => expirePrompt(db, id, { at: clock(), trace }),
    },
    "give-up-ask": giveUpAskJob(kit),
  };
}
