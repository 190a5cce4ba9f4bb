import { brokeringTold, readBrokeringNews } from "@minka/contracts/brokering-news";
import { contactCards } from "@minka/contracts/profiles";
import { said } from "@minka/language/texts";
import { saidWording } from "@minka/language/say-wording";
import { on, type EventHandler } from "@minka/service/define-service";
import { isOfCredit } from "../credit/credit-questions.ts";
import { mayHearOfCredit } from "../credit/may-hear.ts";
import { tell, type NewsKit } from "./tell.ts";

/** What happens to joint purchases, lots and credit, told to whom it concerns. */
export function brokeringNews(kit: NewsKit): EventHandler[] {
  return [
    on(brokeringTold, async ({ payload, trace, once }) => {
      const { news } = await kit.call(readBrokeringNews, { body: payload }, { trace });
      if (news.length === 0) return;
      const personIds = news.map(({ personId }) => personId);
      const { contacts } = await kit.call(contactCards, { body: { personIds } }, { trace });
      const byPerson = new Map(contacts.map((contact) => [contact.personId, contact]));
      const mayNot = new Set<string>();
      for (const { personId, phone, shared } of isOfCredit(payload.kind) ? contacts : [])
        if (shared && !(await mayHearOfCredit(kit.call, { phone, personId, trace }))) mayNot.add(personId);
      await once(async (tx) => {
        const at = kit.clock();
        const told = news.flatMap(({ personId, until, toMany, ...wording }) => {
          const to = byPerson.get(personId);
          const over = until !== null && new Date(until) <= at;
          const text = mayNot.has(personId) ? said("credit_word_first") : saidWording(wording, at);
          return to && !over ? [{ to, until, toMany, text }] : [];
        });
        // In the order in which all tellings take phones.
        for (const { to, until, toMany, text } of told.toSorted((a, b) => (a.to.phone < b.to.phone ? -1 : 1)))
          await tell({ tx, at, trace }, to, text, until === null ? undefined : new Date(until), toMany);
      });
    }),
  ];
}
