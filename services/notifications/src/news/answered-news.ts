import { answeredElsewhere } from "@minka/contracts/answered-elsewhere";
import { contactCards } from "@minka/contracts/profiles";
import type { Database } from "@minka/database/connect";
import { on, type EventHandler } from "@minka/service/define-service";
import { lockConversation } from "../conversations/conversation-lease.ts";
import { readUnanswered, type Prompt } from "../conversations/prompts.ts";
import { isStillAsked } from "../conversations/still-asked.ts";
import { takeBackOver } from "../conversations/take-back-questions.ts";
import type { NewsKit } from "./tell.ts";

/**
 * Somebody has said elsewhere what their phone is asked, or waits to be asked: those questions end, and what waited
 * behind them is put. Whatever is asked again meanwhile stays.
 */
export function answeredNews(kit: NewsKit & { readonly db: Database }): EventHandler[] {
  return Object.values(answeredElsewhere).map((event) =>
    on(event, async ({ payload: { personIds }, trace, once }) => {
      const body = { personIds, invited: true };
      const { contacts } = await kit.call(contactCards, { body }, { trace });
      const phones = [...new Set(contacts.map(({ phone }) => phone))];
      const over: Prompt[] = [];
      for (const prompt of await readUnanswered(kit.db, phones))
        if (!(await isStillAsked({ call: kit.call, trace }, prompt.subject))) over.push(prompt);
      await once(async (tx) => {
        const at = kit.clock();
        // In the order in which all tellings take phones.
        for (const phone of phones.toSorted()) {
          const its = over.filter((prompt) => prompt.phone === phone);
          if (its.length === 0) continue;
          await lockConversation(tx, phone, trace);
          await takeBackOver(tx, phone, its, { at, trace });
        }
      });
    }),
  );
}
