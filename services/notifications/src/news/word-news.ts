import { contactCards } from "@minka/contracts/profiles";
import { firstWordSet } from "@minka/contracts/shared-phones";
import { languageTag, renderText } from "@minka/language/texts";
import { on, type EventHandler } from "@minka/service/define-service";
import { lockConversation } from "../conversations/conversation-lease.ts";
import { shortName } from "../conversations/say-match.ts";
import { enqueueMessage } from "../sending/enqueue-message.ts";
import type { NewsKit } from "./tell.ts";

/**
 * That somebody's first word was set on a page. It is for whoever has the phone in hand, and does not wait for the
 * word like other news: who was forestalled does not know it.
 */
export function wordNews(kit: NewsKit): EventHandler[] {
  return [
    on(firstWordSet, async ({ payload: { personId }, trace, once }) => {
      const { contacts } = await kit.call(contactCards, { body: { personIds: [personId] } }, { trace });
      await once(async (tx) => {
        const [to] = contacts;
        if (!to || to.withdrawn) return;
        const { phone, name } = to;
        await lockConversation(tx, phone, trace);
        const language = languageTag(to.language);
        const text = name
          ? renderText("word_set_on_page", { name: shortName(name) }, language)
          : renderText("word_set_on_page_nameless", {}, language);
        await enqueueMessage(tx, { phone, text, at: kit.clock(), trace });
      });
    }),
  ];
}
