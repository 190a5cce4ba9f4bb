import type { Match } from "@minka/contracts/matches";
import { readRequest, type Request } from "@minka/contracts/matching";
import { contactCards } from "@minka/contracts/profiles";
import type { Transaction } from "@minka/database/connect";
import type { CallOptions, Caller } from "@minka/http/caller";
import type { Language } from "@minka/domain/vocabulary";
import { languageTag, renderLine, type Line } from "@minka/language/texts";
import { lockConversation, type Conversation } from "../conversations/conversation-lease.ts";
import { putQuestion, type Question } from "../conversations/prompts.ts";
import { findMatch } from "../conversations/say-match.ts";
import { hoursFrom } from "../conversations/turn.ts";
import { enqueueMessage } from "../sending/enqueue-message.ts";
import { giveNotice, holdMessage } from "../speakers/hold-message.ts";
import { currentSpeaker } from "../speakers/who-speaks.ts";

export type NewsKit = { readonly call: Caller; readonly clock: () => Date };

/** Somebody with the phone that reaches them, which others may use too. */
export type Contact = {
  personId: string;
  name: string | null;
  phone: string;
  shared: boolean;
  language?: Language | null | undefined;
  /** Is written to only in reply. */
  withdrawn: boolean;
};

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

/** News that nobody could act on after a day is not sent late, unless it says until when it is worth something. */
const newsHours = 24;

/**
 * One message to one person, unless they no longer agree to be written to; at a phone that others use too it waits
 * until they say their word. `bulk`: one of many alike, which leaves by day and behind everything else.
 */
export async function tell(
  { tx, at, trace }: Telling,
  to: Contact,
  line: Line,
  worthUntil?: Date,
  bulk = false,
): Promise<void> {
  if (to.withdrawn) return;
  const text = renderLine(line, languageTag(to.language));
  const { phone } = to;
  const conversation = await lockConversation(tx, phone, trace);
  const aDay = hoursFrom(at, newsHours);
  const expiresAt = worthUntil && worthUntil > aDay ? worthUntil : aDay;
  const { personId } = to;
  if (isTheirs(conversation, to, at))
    await enqueueMessage(tx, { phone, text, at, trace, expiresAt, bulk, personId });
  else await holdMessage(tx, to, { text, expiresAt }, { at, trace });
}

function isTheirs(conversation: Conversation, { personId, shared }: Contact, at: Date): boolean {
  return !shared || currentSpeaker(conversation, at) === personId;
}

/** A message to each of several phones, locked in one order so that two such tellings never wait in a ring. */
export async function tellEach(
  telling: Telling,
  messages: readonly { to: Contact; text: Line }[],
  worthUntil?: Date,
): Promise<void> {
  for (const { to, text } of messages.toSorted((a, b) => (a.to.phone < b.to.phone ? -1 : 1)))
    await tell(telling, to, text, worthUntil);
}

/** A question to one person, at once or when its turn comes; none to who no longer agrees to be written to. */
export async function ask({ tx, at, trace }: Telling, to: Contact, question: Question): Promise<void> {
  const { phone, personId, shared, withdrawn } = to;
  if (withdrawn) return;
  const conversation = await lockConversation(tx, phone, trace);
  await putQuestion(
    tx,
    phone,
    { ...question, personId: shared ? personId : null },
    { at, trace, threadOf: personId },
    languageTag(to.language),
  );
  if (!isTheirs(conversation, to, at)) await giveNotice(tx, to, { at, trace });
}
