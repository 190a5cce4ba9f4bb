import { togglePresence } from "@minka/contracts/presence";
import { readCommand } from "@minka/language/read-command";
import { isProvider } from "./is-provider.ts";
import { sayLastMissed } from "./answer-past-visit.ts";
import { readMatters } from "./open-matters.ts";
import { say, type Outcome, type Turn } from "./turn.ts";

/**
 * AQUI of somebody with a visit today: they have arrived, or left. Whoever else reads the phone learns nothing: one
 * word, always the same answer.
 */
export async function answerHere(turn: Turn): Promise<Outcome | null> {
  if (!turn.person || readCommand(turn.text)?.kind !== "here") return null;
  const params = { personId: turn.person.id };
  const { did, presence } = await turn.kit.call(togglePresence, { params, body: {} }, turn.step("here"));
  if (did !== "nothing") {
    const found = did === "left" && presence?.overdueAt ? { answersAttention: presence.id } : {};
    return { ...say("here_thanks"), ...found };
  }
  if ((await readMatters(turn)).providing.length > 0) return say("here_none");
  return (await sayLastMissed(turn)) ?? ((await isProvider(turn)) ? say("no_visits") : null);
}
