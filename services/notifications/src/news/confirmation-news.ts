import { contactCards } from "@minka/contracts/profiles";
import { on, type EventHandler } from "@minka/service/define-service";
import { askingServices, type AskingService } from "../conversations/confirmations.ts";
import { saidWording } from "@minka/language/say-wording";
import { said } from "@minka/language/texts";
import { isOfCredit } from "../credit/credit-questions.ts";
import { mayHearOfCredit } from "../credit/may-hear.ts";
import { ask, tell, type NewsKit } from "./tell.ts";

/** Puts the yes-or-no questions of other services to the phones of the people they are for. */
export function confirmationNews(kit: NewsKit): EventHandler[] {
  return (Object.keys(askingServices) as AskingService[]).map((service) => {
    const { asked, read } = askingServices[service];
    return on(asked, async ({ payload: { kind, id }, trace, once }) => {
      const { question } = await kit.call(read, { params: { kind, id } }, { trace });
      if (!question) return;
      const { contacts } = await kit.call(
        contactCards,
        // An invited person is shown to nobody yet, and is asked whether that may change.
        { body: { personIds: [question.personId], invited: true } },
        { trace },
      );
      const [contact] = contacts;
      const mayHear =
        !contact?.shared ||
        !isOfCredit(kind) ||
        (await mayHearOfCredit(kit.call, { phone: contact.phone, personId: question.personId, trace }));
      await once(async (tx) => {
        const at = kit.clock();
        const expiresAt = new Date(question.expiresAt);
        if (!contact || expiresAt <= at) return;
        if (!mayHear) return tell({ tx, at, trace }, contact, said("credit_word_first"), expiresAt);
        await ask({ tx, at, trace }, contact, {
          subject: {
            kind: "confirmation",
            service,
            what: kind,
            id,
            personId: question.personId,
            version: question.version,
          },
          text: saidWording(question, at),
          expiresAt,
        });
      });
    });
  });
}
