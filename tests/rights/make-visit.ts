import { answerAsk, chooseMatch, openRequest, readRequest } from "@minka/contracts/matching";
import { makeQuote } from "@minka/contracts/quotes";
import { newId } from "@minka/database/new-id";
import postgres from "postgres";
import { sold } from "./make-providers.ts";
import type { Means, Try } from "./tries.ts";
import type { Rows } from "./world.ts";

const trace = { trace: "rights-test" };
/** Somebody who has nothing else open. */
const need = { kind: "equipment" as const, product: sold.company };

/** One that a provider is asked just now. */
export async function newAsk({ rows }: Try, { platform }: Means): Promise<{ matchId: string }> {
  const call = platform.callAs("notifications");
  const { personId = "", districtCode = "" } = rows;
  // What was opened a moment ago and is the same need is the same request.
  const body = { personId, need: { ...need, quantity: (asked += 1) }, districtCode, channel: "sms" as const };
  const { requestId } = await call(openRequest, { body }, trace);
  await platform.settle();
  const { request } = await call(readRequest, { params: { requestId } }, trace);
  const matchId = request.matches[0]?.id ?? "";
  await call(chooseMatch, { params: { matchId } }, trace);
  return { matchId };
}
let asked = 0;

/** One that was agreed just now. */
export async function newVisit(attempt: Try, means: Means): Promise<Rows> {
  const { matchId } = await newAsk(attempt, means);
  const call = means.platform.callAs("notifications");
  const { engagementId } = await call(answerAsk, { params: { matchId }, body: { accept: true } }, trace);
  return { engagementId: engagementId ?? "" };
}

/** A price that waits for an answer; for people one of their match that was over long ago. */
export async function newQuote(attempt: Try, means: Means): Promise<Rows> {
  if (attempt.role === "service") {
    const { matchId } = await newAsk(attempt, means);
    const body = { by: "provider" as const, priceCentimos: 100 };
    const made = await means.platform.callAs("notifications")(
      makeQuote,
      { params: { matchId }, body },
      trace,
    );
    return { quoteId: made.quoteId };
  }
  const owner = postgres(means.platform.database.ownerUrl, { max: 1, onnotice: () => {} });
  const quoteId = newId();
  const at = "2026-11-24T14:00:00.000Z";
  await owner`
    insert into matching.quotes (id, match_id, by, price_centimos, at, expires_at, state, trace)
    values (${quoteId}, ${attempt.rows["matchId"] ?? ""}, 'provider', 100, ${at}, ${at}, 'superseded', 'rights-test')`;
  await owner.end();
  return { quoteId };
}
