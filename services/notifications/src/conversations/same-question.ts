import { isDeepStrictEqual } from "node:util";
import type { PromptSubject } from "./prompt-kinds.ts";

/** What a question is about, in one string: the same one is never put twice at a time. */
export function aboutOf(subject: PromptSubject, personId: string | null = null): string {
  switch (subject.kind) {
    case "consent":
    case "place":
    case "needs":
      return personId ? `${subject.kind}:${personId}` : subject.kind;
    case "speaker":
    case "newcomer":
    case "erasure":
    case "organizations":
    case "joining":
    case "pools":
    case "pool-packs":
    case "lots":
    case "lot-amount":
    case "sure":
    case "call-off":
    case "payment":
    case "credit":
    case "credit-refusal":
    case "leaving":
      return subject.kind;
    case "choice":
    // One takes the other's place: a list is what the question of who may come leads to.
    case "attendance":
      return `request:${subject.requestId}:choice`;
    case "offer":
      return `request:${subject.requestId}:offer:${subject.matchId}`;
    case "confirmation":
      return `confirmation:${subject.service}:${subject.what}:${subject.id}`;
    case "block":
      return `request:${subject.requestId}:block:${subject.matchId}`;
    case "visit":
      return `request:${subject.requestId}:visit:${subject.engagementId}`;
    case "outcome":
    case "rating":
      return `request:${subject.requestId}:after:${subject.engagementId}${subject.by ? ":provider" : ""}`;
    case "quote":
      return `request:${subject.requestId}:quote:${subject.matchId}`;
    case "rework":
      return `request:${subject.requestId}:rework:${subject.engagementId}`;
    case "help":
      return `request:${subject.requestId}:help:${subject.engagementId}`;
  }
}

/** What is not put again after something more pressing: who serves many would be asked for marks all day. */
export function askedOnce(subject: PromptSubject): boolean {
  return subject.kind === "rating" && subject.by === "provider";
}

/**
 * Whether an answer to the one is an answer to the other, so that they are one question, put twice: whoever has
 * read it the first time may answer while the second SMS is on its way. YES to being kept is YES, whatever for.
 */
export function asksTheSame(one: PromptSubject, other: PromptSubject): boolean {
  if (one.kind === "consent" && other.kind === "consent") return true;
  // As it comes back from the database: without what is undefined.
  return isDeepStrictEqual(JSON.parse(JSON.stringify(one)), JSON.parse(JSON.stringify(other)));
}
