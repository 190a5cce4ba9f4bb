import { readRequest } from "@minka/contracts/matching";
import { contactCards } from "@minka/contracts/profiles";
import { phrase, said } from "@minka/language/texts";
import { and, eq, gt, ne, or } from "@minka/database/query";
import { prompts } from "../tables.ts";
import type { Question } from "./prompts.ts";
import { shortName } from "./say-match.ts";
import { hoursFrom, type Outcome, type Turn } from "./turn.ts";

/** How long the questions after a visit wait. */
export const afterVisitHours = 5 * 24;

type Made = { requestId: string; engagementId: string };

/** Asks a provider how it was with the producer, of whom nothing is said that they have not agreed on. */
export function rateProducerQuestion(
  { requestId, engagementId }: Made,
  requester: string | null,
  now: Date,
  key: "rating" | "done_provider_rate" = "rating",
): Question {
  const name = (language: string) => shortName(requester ?? phrase("who_asked", {}, language), 22);
  return {
    subject: { kind: "rating", requestId, engagementId, by: "provider" },
    text: said(key, key === "rating" ? { provider: name } : { requester: name }),
    expiresAt: hoursFrom(now, afterVisitHours),
  };
}

/** Thanks for LISTO, and the question that follows it, in one message where nothing else is asked. */
export async function rateProducer(turn: Turn, made: Made): Promise<Outcome> {
  const params = { requestId: made.requestId };
  const { request } = await turn.kit.call(readRequest, { params }, turn.step("made"));
  const body = { personIds: [request.personId] };
  const { contacts } = await turn.kit.call(contactCards, { body }, turn.step("rated"));
  const name = contacts[0]?.name ?? null;
  if (await hasMoreToAnswer(turn))
    return { say: [said("done_provider")], ask: rateProducerQuestion(made, name, turn.now) };
  return { ask: { ...rateProducerQuestion(made, name, turn.now, "done_provider_rate"), reply: true } };
}

/** Another question is open, or waits behind the one that is being answered, and goes first. */
async function hasMoreToAnswer({ kit, phone, prompt, now }: Turn): Promise<boolean> {
  const isAnswered = prompt?.kind === "visit" || prompt?.kind === "outcome";
  const [other] = await kit.db.read
    .select({ id: prompts.id })
    .from(prompts)
    .where(
      and(
        eq(prompts.phone, phone),
        gt(prompts.expiresAt, now),
        or(
          eq(prompts.state, "waiting"),
          and(eq(prompts.state, "open"), prompt && isAnswered ? ne(prompts.id, prompt.id) : undefined),
        ),
      ),
    )
    .limit(1);
  return other !== undefined;
}
