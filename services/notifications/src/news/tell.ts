import { readRequest, type Match, type Request } from "@minka/contracts/matching";
import { contactCards } from "@minka/contracts/profiles";
import type { Transaction } from "@minka/database/connect";
import type { CallOptions, Caller } from "@minka/http/caller";
import { lockConversation } from "../conversations/conversation-lease.ts";
import { putQuestion, type Question } from "../conversations/prompts.ts";
import { findMatch } from "../conversations/say-match.ts";
import { hoursFrom } from "../conversations/turn.ts";
import { enqueueMessage } from "../sending/enqueue-message.ts";

export type NewsKit = { readonly call: Caller; readonly clock: () => Date };

type Contact = { personId: string; name: string | null; phone: string };

/** What the news is about, read before the transaction that tells it. */
export async function readNews(
  kit: NewsKit,
  requestId: string,
  matchId: string | null,
  options: CallOptions,
): Promise<News> {
  const { request } = await kit.call(readRequest, { params: { requestId } }, options);
  const match = matchId ? findMatch(request, matchId) : undefined;
  const personIds = [request.personId, ...(match ? [match.providerPersonId] : [])];
  const { contacts } = await kit.call(contactCards, { body: { personIds } }, options);
  const contactOf = (personId: string): Contact | undefined =>
    contacts.find((contact) => contact.personId === personId);
  return {
    request,
    match,
    requester: contactOf(request.personId),
    provider: match && contactOf(match.providerPersonId),
  };
}
type News = {
  request: Request;
  match: Match | undefined;
  requester: Contact | undefined;
  provider: Contact | undefined;
};

type Telling = { tx: Transaction; at: Date; trace: string };

/** News that nobody could act on after a day is not sent late. */
const newsHours = 24;

/** One message to one phone. */
export async function tell({ tx, at, trace }: Telling, phone: string, text: string): Promise<void> {
  await lockConversation(tx, phone, trace);
  await enqueueMessage(tx, { phone, text, at, trace, expiresAt: hoursFrom(at, newsHours) });
}

/** A message to each of several phones, locked in one order so that two such tellings never wait in a ring. */
export async function tellEach(
  telling: Telling,
  messages: readonly { phone: string; text: string }[],
): Promise<void> {
  for (const { phone, text } of messages.toSorted((a, b) => (a.phone < b.phone ? -1 : 1)))
    await tell(telling, phone, text);
}

/** A question to one phone, at once or when its turn comes. */
export async function ask({ tx, at, trace }: Telling, phone: string, question: Question): Promise<void> {
  await lockConversation(tx, phone, trace);
  await putQuestion(tx, phone, question, { at, trace });
}
