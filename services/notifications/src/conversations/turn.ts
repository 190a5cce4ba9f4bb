import type { Person } from "@minka/contracts/profiles";
import type { Database } from "@minka/database/connect";
import type { Clock } from "@minka/domain/clock";
import type { CallOptions, Caller } from "@minka/http/caller";
import type { Interpretation } from "@minka/language/interpret";
import { renderText, type TextKey, type TextParameters } from "@minka/language/texts";
import type { Logger } from "pino";
import type { attentionKinds } from "@minka/contracts/notifications";
import type { Prompt, Question } from "./prompts.ts";

export type ConversationKit = {
  readonly db: Database;
  readonly clock: Clock;
  readonly call: Caller;
  readonly log: Logger;
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
  /** The question that this message can answer: open, and put before the message was written. */
  readonly prompt: Prompt | undefined;
  readonly person: Person | null;
  /** Said BAJA and has not come back: answered when they write, but nothing is begun for them. */
  readonly optedOut: boolean;
  /** Options of a call made for this message: repeated after a crash, it is the same command. */
  step(name: string): CallOptions;
};

/** What a turn decides. It is written, with its messages, in one transaction. */
export type Outcome = {
  readonly say?: readonly string[];
  /** The open question has its answer. */
  readonly answered?: boolean;
  /** A question that had lapsed and has been settled by a late answer. */
  readonly settles?: Pick<Prompt, "id">;
  readonly ask?: Question;
  readonly optOut?: boolean;
  readonly optIn?: boolean;
  /** They do not want to be kept: what they have written is blanked. */
  readonly forget?: boolean;
  readonly attention?: (typeof attentionKinds)[number];
  /** Counts towards staying silent: two machines must not chat for ever. */
  readonly puzzled?: boolean;
  /** Said at most for some minutes, and kept nowhere. */
  readonly fleeting?: string;
};

/** Says one text and nothing more. */
export function say(key: TextKey, parameters?: TextParameters): Outcome {
  return { say: [renderText(key, parameters)] };
}

const hourMs = 60 * 60 * 1000;

export function hoursFrom(now: Date, hours: number): Date {
  return new Date(now.getTime() + hours * hourMs);
}
