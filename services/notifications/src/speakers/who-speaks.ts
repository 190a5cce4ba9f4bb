import { identifyPhone, readPerson, type Person } from "@minka/contracts/profiles";
import { listSharers, recogniseWord } from "@minka/contracts/shared-phones";
import { readCourtesy } from "@minka/language/read-courtesy";
import type { Conversation, InboundMessage } from "../conversations/conversation-lease.ts";
import type { ConversationKit } from "../conversations/turn.ts";

export type Speaking = {
  /** Null for somebody unknown, and for a shared phone of whose people none has said who they are. */
  readonly person: Person | null;
  readonly shared: boolean;
  readonly phoneKnown: boolean;
  /** What was written, without the private word before it. */
  readonly text: string;
  /** The message began with a private word, which must be kept nowhere. */
  readonly saidWord: boolean;
  /** At a shared phone: the person has a private word, so that nobody else of the house passes for them. */
  readonly knownByWord: boolean;
  /** So many wrong words were tried that none is heard for a while. */
  readonly blocked: boolean;
};

/** As private words are made: letters and digits, perhaps with a comma after it. */
const couldBeWord = /^([\p{L}\d]{4,20})[.,:;!]?(?:\s+|$)([\s\S]*)$/u;

/** Who writes: the phone's only person, or at a shared phone who said their word now or a little while ago. */
export async function whoSpeaks(
  kit: ConversationKit,
  held: Conversation,
  message: InboundMessage,
): Promise<Speaking> {
  const { phone, trace } = message;
  const text = message.body ?? "";
  const { person, shared } = await kit.call(identifyPhone, { body: { phone } }, { trace });
  const nothingSaid = {
    shared,
    phoneKnown: person !== null,
    text,
    saidWord: false,
    knownByWord: false,
    blocked: false,
  };
  if (!shared) return { ...nothingSaid, person };
  const [, word, rest = ""] = couldBeWord.exec(text.trim()) ?? [];
  const heard = word ? await kit.call(recogniseWord, { body: { phone, word } }, { trace }) : null;
  if (heard?.person)
    return { ...nothingSaid, person: heard.person, text: rest, saidWord: true, knownByWord: true };
  const current = currentSpeaker(held, message.receivedAt);
  // HOLA is how somebody without a word takes the phone over.
  if (!current || readCourtesy(text) === "greeting")
    return { ...nothingSaid, person: null, blocked: heard?.blocked ?? false };
  const known = await kit.call(readPerson, { params: { personId: current } }, { trace });
  const { people } = await kit.call(listSharers, { body: { phone } }, { trace });
  const knownByWord = people.some(({ personId, hasWord }) => personId === current && hasWord);
  return { ...nothingSaid, person: known.person, knownByWord };
}

/** Who said their word lately enough that what is written now is taken for theirs. */
export function currentSpeaker(
  { speakerPersonId, speakerUntil }: Pick<Conversation, "speakerPersonId" | "speakerUntil">,
  at: Date,
): string | null {
  return speakerUntil && speakerUntil > at ? speakerPersonId : null;
}
