import type { BlockingSide } from "@minka/contracts/blocks";
import type { Need } from "@minka/contracts/need";
import type { Crop } from "@minka/domain/vocabulary";
import type { HamletMention } from "@minka/geography/find-hamlet-in-text";
import type { HarvestSaid } from "@minka/language/read-lot-words";
import type { PacksSaid } from "@minka/language/read-packs";
import type { CreditQuestion, CreditRefusalQuestion } from "../credit/credit-questions.ts";
import type { Leaving, SureAct } from "./ask-sure.ts";
import type { AskedKind, AskingService } from "./confirmations.ts";
import type { PaymentQuestion } from "./payment-question.ts";
import type { PlanMonthQuestion, PlanVisitQuestion } from "./plan-questions.ts";

/** What else somebody came for, to go on with once they have agreed and their district is known. */
type Next =
  | { kind: "join"; organizationId: string }
  | { kind: "organizations"; crop: Crop | null }
  /** The message that names the neighbours: they are read there, so that nothing of them is kept here. */
  | { kind: "group"; messageId: string }
  /** The message that says how many packs of a joint purchase. */
  | { kind: "pool"; messageId: string }
  /** In so many months a loan, which the need states, is to be paid back. */
  | { kind: "credit"; months: number };

/** What somebody came for: a need, a place or a name; several places when a name was shared. */
export type Wish = {
  need: Need | null;
  districtCode: string | null;
  places: string[];
  name: string | null;
  /** The words that may name a hamlet. */
  hamlet?: HamletMention | null;
  /** Said with it that a woman should attend them, or that anybody may. */
  wantsWoman?: boolean | null;
  next?: Next | null;
};

/** The questions that Minka asks, and what each has to remember to make sense of the answer. */
export type PromptSubject =
  /** May we keep your number? Then go on with what they came for. */
  | ({ kind: "consent" } & Wish)
  /** Which district? Numbered options when the name was shared. */
  | {
      kind: "place";
      need: Need | null;
      options: string[];
      hamlet?: HamletMention | null;
      next?: Next | null;
    }
  /** Several needs in one message: which one first? With the place that was said for all. */
  | ({ kind: "needs"; needs: Need[] } & Pick<Wish, "districtCode" | "places" | "hamlet">)
  /** A numbered list of matches. */
  | { kind: "choice"; requestId: string; round: number; matchIds: string[] }
  /** No woman is near who could come: may anybody? */
  | { kind: "attendance"; requestId: string }
  /** To a provider: will you do it? */
  | {
      kind: "offer";
      requestId: string;
      matchId: string;
      /** The news of the agreement went out while the turn with the SI was still being written down. */
      told?: boolean;
    }
  /** To the producer, the day after, and to the provider where nobody answers: did it take place? */
  | { kind: "outcome"; requestId: string; engagementId: string; by?: "provider" }
  /** To a provider, before the day: shall it be called off? */
  | { kind: "visit"; requestId: string; engagementId: string; step: "drop" }
  /** A numbered list of organizations near by. */
  | { kind: "organizations"; organizationIds: string[]; districtCode?: string }
  /** A numbered list of joint purchases, for who has said how many packs or has not. */
  | { kind: "pools"; poolIds: string[]; packs: PacksSaid | null }
  /** How many packs of it? */
  | { kind: "pool-packs"; poolId: string }
  /** A numbered list of lots, for who has said how much harvest or has not. */
  | { kind: "lots"; lotIds: string[]; said: HarvestSaid | null }
  /** How much goes into it? */
  | { kind: "lot-amount"; lotId: string }
  /** What was written may mean something else: is that what they want? */
  | { kind: "sure"; act: SureAct }
  /** A numbered list of the purchases, lots and credits that they are in: which do they leave? */
  | { kind: "call-off"; leavings: Leaving[] }
  /** What is not said yet of a payment somebody made: for which debt, how much, how. */
  | PaymentQuestion
  /** What somebody is asked about their own credit, and a lender about what it does not lend. */
  | CreditQuestion
  | CreditRefusalQuestion
  /** Shall we ask this organization to admit you? */
  | { kind: "joining"; organizationId: string; districtCode?: string }
  /** Which organization to leave, or whether they are sure. */
  | { kind: "leaving"; membershipIds: string[] }
  /** At a shared phone: who writes? Then the message that came before is answered. */
  | { kind: "speaker"; messageId: string; personIds: string[] }
  /** Name and private word of another person at a phone that is somebody's; the name, when only the word is missing. */
  | { kind: "newcomer"; name?: string }
  /** SI or NO to what another service asks: an organization, an invitation, an offer that may be stale. */
  | {
      kind: "confirmation";
      service: AskingService;
      what: AskedKind;
      id: string;
      personId: string;
      /** What is proposed anew under the same id is another question. */
      version?: string | undefined;
    }
  /** SI or NO of a producer to a planned visit, and of an agent to their month. */
  | PlanVisitQuestion
  | PlanMonthQuestion
  /** Nothing more of that provider, or to that provider of whoever asked: are they sure? */
  | { kind: "block"; by: BlockingSide; requestId: string; matchId: string }
  /** Erase everything of theirs: are they sure? Before that, perhaps, whether BAJA is what they want. */
  | { kind: "erasure"; personId: string; step: "choose" | "confirm" }
  /** From 1 to 5: the producer of the provider, and the provider of the producer. */
  | { kind: "rating"; requestId: string; engagementId: string; by?: "provider" }
  /** What the other side proposes: a price or a day before an agreement, another day after it. */
  | { kind: "quote"; requestId: string; matchId: string; quoteId: string }
  /** To a provider: will you do it again? */
  | { kind: "rework"; requestId: string; engagementId: string }
  /** To the producer, a month after: did it help? */
  | { kind: "help"; requestId: string; engagementId: string };

export type PromptKind = PromptSubject["kind"];
