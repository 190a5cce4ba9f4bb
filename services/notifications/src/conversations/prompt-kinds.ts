import type { Need } from "@minka/contracts/need";

/** What somebody came for: a need, a place or a name; several places when a name was shared. */
export type Wish = { need: Need | null; districtCode: string | null; places: string[]; name: string | null };

/** The questions that Minka asks, and what each has to remember to make sense of the answer. */
export type PromptSubject =
  /** May we keep your number? Then go on with what they came for. */
  | ({ kind: "consent" } & Wish)
  /** Which district? Numbered options when the name was shared. */
  | { kind: "place"; need: Need | null; options: string[] }
  /** A numbered list of matches. */
  | { kind: "choice"; requestId: string; round: number; matchIds: string[] }
  /** To a provider: will you do it? */
  | { kind: "offer"; requestId: string; matchId: string }
  /** To the producer, the day after: did it take place? */
  | { kind: "outcome"; requestId: string; engagementId: string }
  /** From 1 to 5. */
  | { kind: "rating"; requestId: string; engagementId: string };

export type PromptKind = PromptSubject["kind"];
