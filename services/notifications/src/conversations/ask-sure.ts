import type { RefusalReason } from "@minka/contracts/credit-words";
import type { CropState } from "@minka/domain/vocabulary";
import type { HarvestSaid } from "@minka/language/read-lot-words";
import type { PacksSaid } from "@minka/language/read-packs";
import { namesCredit } from "@minka/language/read-credit-words";
import { namesPurchase } from "@minka/language/read-pool-words";
import { foldCase } from "@minka/language/fold";
import { renderText, type Line } from "@minka/language/texts";
import type { PromptKind } from "./prompt-kinds.ts";
import { hoursFrom, type Outcome, type Turn } from "./turn.ts";

/** What somebody is in and may leave. */
export type Leaving =
  | { what: "leave-pool"; poolId: string }
  | { what: "leave-lot"; pledgeId: string; lotId: string }
  | { what: "credit-withdraw"; creditId: string };

/** What is done only after SI: what was written may mean something else. */
export type SureAct =
  | Leaving
  | { what: "order-packs"; poolId: string; packs: PacksSaid }
  | { what: "pledge"; lotId: string; amount: HarvestSaid; cropState: CropState | null }
  | { what: "credit-refuse"; creditId: string; reason: RefusalReason }
  | { what: "rename"; name: string };

/** A later SI is about something else. */
const questionHours = 24;

/** Asks whether that is what they want. */
export function askSure({ now }: Turn, act: SureAct, text: Line): Outcome {
  return { ask: { subject: { kind: "sure", act }, text, expiresAt: hoursFrom(now, questionHours) } };
}

export type LeavingLine = { readonly leaving: Leaving; readonly line: (number: number) => string };
const mostListed = 4;

/** A numbered list of what they are in, for who did not say which of it they leave. */
export function askWhichToLeave(turn: Turn, all: readonly LeavingLine[]): Outcome {
  const listed = all.slice(0, mostListed);
  const options = listed.map(({ line }, index) => line(index + 1)).join("\n");
  return {
    ask: {
      subject: { kind: "call-off", leavings: listed.map(({ leaving }) => leaving) },
      text: renderText("call_off_which", { options }, turn.language),
      expiresAt: hoursFrom(turn.now, questionHours),
    },
  };
}

export type Matter = "pool" | "lot" | "credit" | "visit" | "payment";
const naming: Readonly<Record<Matter, (text: string) => boolean>> = {
  pool: namesPurchase,
  lot: (text) => /\blotes?\b/.test(foldCase(text)),
  credit: namesCredit,
  payment: (text) => /\bpagos?\b/.test(foldCase(text)),
  visit: (text) => /\b(visita|tecnic|ingenier)\w*/.test(foldCase(text)),
};

/** Whether CANCELAR names another matter than the one that is asked about: "cancelar el lote" ends no other question. */
export function callsOffOther({ heard, text }: Turn, matter: Matter): boolean {
  return heard.intent === "cancel_request" && namesOther(text, matter);
}

/** Whether a message names another matter, and not this one; null is none of them. */
export function namesOther(text: string, matter: Matter | null): boolean {
  if (matter !== null && naming[matter](text)) return false;
  return Object.values(naming).some((isNamed) => isNamed(text.slice(0, 200)));
}

/** These wait for a SI, or for how many: whoever orders or leaves in so many words needs to be asked no more. */
const overtaken: readonly PromptKind[] = ["sure", "call-off", "pools", "pool-packs", "lots", "lot-amount"];

/** What they say anew takes the place of the SI or NO that they were asked, which would go before any list. */
export function askedInstead({ prompt }: Turn, outcome: Outcome | null): Outcome | null {
  return outcome?.ask && prompt?.kind === "sure" ? { ...outcome, answered: true } : outcome;
}

/** Something was done at once: an "ok" after it is no answer to what was asked before, which would undo it. */
export function doneAtOnce({ prompt }: Turn, outcome: Outcome): Outcome {
  return prompt && overtaken.includes(prompt.kind) ? { ...outcome, answered: true } : outcome;
}
