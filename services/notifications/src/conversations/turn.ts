import type { Person } from "@minka/contracts/profiles";
import type { Database } from "@minka/database/connect";
import type { Clock } from "@minka/domain/clock";
import type { CallOptions, Caller } from "@minka/http/caller";
import type { Interpretation } from "@minka/language/interpret";
import { said, type Line, type TextKey, type TextParameters } from "@minka/language/texts";
import type { Environment } from "@minka/service/settings";
import type { Logger } from "pino";
import type { attentionKinds } from "@minka/contracts/notifications";
import type { FleetingKey } from "../sending/enqueue-message.ts";
import type { Prompt, Question } from "./prompts.ts";

export type ConversationKit = {
  readonly db: Database;
  readonly clock: Clock;
  readonly call: Caller;
  readonly log: Logger;
  readonly environment: Environment;
};

/** One message of one phone, and everything that is known when it is answered. */
export type Turn = {
  readonly kit: ConversationKit;
  readonly phone: string;
  readonly messageId: string;
  readonly text: string;
  /** When it arrived: what commands are made of, so that a repeated turn repeats them to the letter. */
  readonly writtenAt: Date;
  /** When it is answered, which may be much later. */
  readonly now: Date;
  readonly trace: string;
  readonly heard: Interpretation;
  /** The question that this message can answer: open, and with the phone before the message was written. */
  readonly prompt: Prompt | undefined;
  /** The open question, also when this message came before it could be read. */
  readonly asking: Prompt | undefined;
  /** Null at a shared phone while it is not known which of its people writes. */
  readonly person: Person | null;
  /** What to write to them in; Spanish while it is not known who writes. */
  readonly language: string;
  /** Several people are reached at this phone. */
  readonly shared: boolean;
  /** Somebody is reached at this phone, whoever writes now. */
  readonly phoneKnown: boolean;
  /** The message began with a private word, which `text` leaves away. */
  readonly saidWord: boolean;
  /** At a shared phone: who writes has a private word, so that nobody else of the house passes for them. */
  readonly knownByWord: boolean;
  /** So many wrong private words were tried that none is heard for a while. */
  readonly blocked: boolean;
  /** Said BAJA and has not come back: answered when they write, but nothing is begun for them. */
  readonly optedOut: boolean;
  /** Options of a call made for this message: repeated after a crash, it is the same command. */
  step(name: string): CallOptions;
};

/** What a turn decides. It is written, with its messages, in one transaction. */
export type Outcome = {
  /** Put into words when it is written down, in the language of the turn. */
  readonly say?: readonly Line[];
  /** The open question has its answer. */
  readonly answered?: boolean;
  /** What follows from that answer is told by the news, and the next question comes after it. */
  readonly newsFirst?: boolean;
  /** A question that had lapsed and has been settled by a late answer. */
  readonly settles?: Pick<Prompt, "id">;
  readonly ask?: Question;
  readonly optOut?: boolean;
  readonly optIn?: boolean;
  /** They want no messages to many any more: what waits of those does not leave. */
  readonly noBulletins?: boolean;
  /** They do not want to be kept: what they have written is blanked. */
  readonly forget?: boolean;
  readonly attention?: (typeof attentionKinds)[number];
  /** Id of what that is about, beside the message: of a provider that is complained of. */
  readonly attentionSubject?: string;
  /** Id of what an operator was to look at, and need not any more. */
  readonly answersAttention?: string;
  /** An operator has the conversation in hand: the message is theirs to answer. */
  readonly left?: boolean;
  /** Not this message is, but the one from before, whose writer is known only now. */
  readonly leftBefore?: string;
  /** Counts towards staying silent: two machines must not chat for ever. */
  readonly puzzled?: boolean;
  /** Who of a shared phone's people has said who they are; null: it is not the one who had the phone. */
  readonly speaker?: string | null;
  /** Another person has come to the phone: what was asked before is its first one's. */
  readonly joins?: boolean;
  /** Who is known at the phone from this message on, as its only person. */
  readonly registers?: string;
  /** The message holds a private word: its text is not kept. */
  readonly conceal?: boolean;
  /** So does the message from before, which is answered only now. */
  readonly concealBefore?: string;
  /** Said at most for some minutes, and written down nowhere. */
  readonly fleeting?: FleetingKey;
  /** Said once and not kept: it holds a secret, such as a link that opens somebody's data. */
  readonly secret?: string;
};

/** Says one text and nothing more. */
export function say(key: TextKey, parameters: TextParameters = {}): Outcome {
  return { say: [said(key, parameters)] };
}

const hourMs = 60 * 60 * 1000;

export function hoursFrom(now: Date, hours: number): Date {
  return new Date(now.getTime() + hours * hourMs);
}
