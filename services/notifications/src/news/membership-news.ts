import { membershipNews as readNews, membershipSettled } from "@minka/contracts/memberships";
import { contactCards } from "@minka/contracts/profiles";
import { on, type EventHandler } from "@minka/service/define-service";
import { saidWording } from "@minka/language/say-wording";
import { tellEach, type NewsKit } from "./tell.ts";

/** How a membership that was asked for came out, told to whom it concerns. */
export function membershipNews(kit: NewsKit): EventHandler[] {
  return [
    on(membershipSettled, async ({ payload: { membershipId }, trace, once }) => {
      const { news, until } = await kit.call(readNews, { params: { membershipId } }, { trace });
      if (news.length === 0) return;
      const personIds = news.map(({ personId }) => personId);
      const { contacts } = await kit.call(contactCards, { body: { personIds } }, { trace });
      await once(async (tx) => {
        const at = kit.clock();
        if (new Date(until) <= at) return;
        const told = news.flatMap(({ personId, ...wording }) => {
          const to = contacts.find((contact) => contact.personId === personId);
          return to ? [{ to, text: saidWording(wording, at) }] : [];
        });
        await tellEach({ tx, at, trace }, told);
      });
    }),
  ];
}
