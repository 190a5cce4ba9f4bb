import { providerDecided } from "@minka/contracts/events";
import { contactCards } from "@minka/contracts/profiles";
import { readProviderDecision, type ProviderTransition } from "@minka/contracts/provider-decisions";
import { said, type TextKey } from "@minka/language/texts";
import { on, type EventHandler } from "@minka/service/define-service";
import { shortName } from "../conversations/say-match.ts";
import { tell, type NewsKit } from "./tell.ts";

const texts: Partial<Record<ProviderTransition, TextKey>> = {
  verify: "provider_verified",
  reject: "provider_rejected",
  revise: "provider_back_to_draft",
  suspend: "provider_suspended",
  reinstate: "provider_reinstated",
  close: "provider_closed",
  expel: "provider_closed",
};

/** As much of a reason as one message has room for. */
const longestReason = 70;

/** What an operator decided on a provider, told to its contact person. What a provider does itself is no news to it. */
export function providerNews(kit: NewsKit): EventHandler[] {
  return [
    on(providerDecided, async ({ payload: { decisionId, by }, trace, once }) => {
      // Nor is what follows a complaint: told at once it would point at whoever has just been there.
      if (by !== "operator") return;
      const { decision } = await kit.call(readProviderDecision, { params: { decisionId } }, { trace });
      const { contacts } = await kit.call(
        contactCards,
        { body: { personIds: [decision.personId] } },
        { trace },
      );
      await once(async (tx) => {
        const [to] = contacts;
        const text = texts[decision.transition];
        // Who never heard that they were held hears of no end of it.
        if (decision.from === "held" && decision.transition === "reinstate") return;
        // Decided otherwise meanwhile: that has news of its own.
        if (!to || !text || decision.state !== decision.to) return;
        const words = {
          provider: shortName(decision.providerName),
          reason: shortName(decision.reason ?? "", longestReason),
        };
        await tell({ tx, at: kit.clock(), trace }, to, said(text, words));
      });
    }),
  ];
}
