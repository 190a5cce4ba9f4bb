import type { ConfirmationKind } from "@minka/contracts/confirmations";
import { foldCase } from "@minka/language/fold";
import { answerConfirmation } from "./answer-confirmation.ts";
import { answerLot } from "./answer-lot.ts";
import { answerPool } from "./answer-pool.ts";
import type { PromptKind } from "./prompt-kinds.ts";
import { say, type Outcome, type Turn } from "./turn.ts";

/** What our own SMS say to write, to the letter. */
const ofPool = /^\W*(compra|salgo de la compra|cambio a \d+|me apunto con \d+( sacos?)?)\W*$/;
const leaving = /^\W*(me )?salgo\W*$/;
const ofLot = /^\W*(lote|salgo del lote|lote \d+([.,]\d+)? ?(qq|kg|kilos|quintales))\W*$/;
/** Who writes has to be known first, or is being asked about the same. */
const before: readonly PromptKind[] = [
  "consent",
  "place",
  "speaker",
  "newcomer",
  "erasure",
  "block",
  "sure",
  "call-off",
  "pools",
  "pool-packs",
  "lots",
  "lot-amount",
];

/** To these a provider says SALGO when they set out. */
const ofProviders: readonly PromptKind[] = ["offer", "visit", "rework", "outcome"];

/** Words that were taught in an SMS are no wrong answer to a list or a question of another matter. */
export async function answerTaught(turn: Turn): Promise<Outcome | null> {
  if (!turn.prompt || before.includes(turn.prompt.kind)) return null;
  const text = foldCase(turn.text.slice(0, 60));
  const heard = { ...turn.heard, intent: "unknown" as const };
  if (ofThePurchase.includes(asked(turn)) && /^\W*salgo de la compra\W*$/.test(text))
    return leave({ ...turn, heard });
  if (leaving.test(text)) return ofProviders.includes(turn.prompt.kind) ? null : leave({ ...turn, heard });
  if (ofPool.test(text)) return answerPool({ ...turn, heard });
  return ofLot.test(text) ? answerLot({ ...turn, heard }) : null;
}

const ofThePurchase: readonly string[] = ["pool-price"] satisfies ConfirmationKind[];

const asked = ({ prompt }: Turn): string =>
  prompt?.subject.kind === "confirmation" ? prompt.subject.what : "";

/** SALGO is a no where it is asked about the purchase itself, and a yes to nothing. */
async function leave(turn: Turn): Promise<Outcome | null> {
  if (ofThePurchase.includes(asked(turn)))
    return answerConfirmation({ ...turn, heard: { ...turn.heard, intent: "decline" } });
  return (await answerPool(turn)) ?? say("nothing_to_leave");
}
