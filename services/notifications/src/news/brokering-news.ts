import { brokeringTold, readBrokeringNews } from "@minka/contracts/brokering-news";
import { contactCards } from "@minka/contracts/profiles";
import { saidWording } from "@minka/language/say-wording";
import { on, type EventHandler } from "@minka/service/define-service";
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
      await once(async (tx) => {
        const at = kit.clock();
        const told = news.flatMap(({ personId, until, toMany, ...wording }) => {
          const to = byPerson.get(personId);
          const over = until !== null && new Date(until) <= at;
          return to && !over ? [{ to, until, toMany, text: saidWording(wording, at) }] : [];
        });
        // In the order in which all tellings take phones.
        for (const { to, until, toMany, text } of told.toSorted((a, b) => (a.to.phone < b.to.phone ? -1 : 1)))
          await tell({ tx, at, trace }, to, text, until === null ? undefined : new Date(until), toMany);
      });
    }),
  ];
}
