import { errandNews as readNews, errandSettled } from "@minka/contracts/errands";
import { contactCards } from "@minka/contracts/profiles";
import { DomainError } from "@minka/domain/errors";
import type { CallOptions } from "@minka/http/caller";
import { said, textKey } from "@minka/language/texts";
import { on, type EventHandler } from "@minka/service/define-service";
import { tellEach, type NewsKit } from "./tell.ts";

/** How what a helper asked for somebody came out, told to the helper in one line. */
export function errandNews(kit: NewsKit): EventHandler[] {
  return [
    on(errandSettled, async ({ payload: { errandId }, trace, once }) => {
      const { news, until } = await read(kit, errandId, { trace });
      if (news.length === 0) return;
      const personIds = news.map(({ personId }) => personId);
      const { contacts } = await kit.call(contactCards, { body: { personIds } }, { trace });
      await once(async (tx) => {
        const at = kit.clock();
        if (new Date(until) <= at) return;
        const told = news.flatMap(({ personId, text, parameters }) => {
          const to = contacts.find((contact) => contact.personId === personId);
          return to ? [{ to, text: said(textKey(text), parameters) }] : [];
        });
        await tellEach({ tx, at, trace }, told);
      });
    }),
  ];
}

/** The helper may be gone, and the errand with them. */
async function read(kit: NewsKit, errandId: string, options: CallOptions) {
  try {
    return await kit.call(readNews, { params: { errandId } }, options);
  } catch (error) {
    if (error instanceof DomainError && error.category === "not-found") return { news: [], until: "" };
    throw error;
  }
}
