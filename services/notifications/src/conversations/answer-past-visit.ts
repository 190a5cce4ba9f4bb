import type { Engagement } from "@minka/contracts/engagements";
import { listRequests, openMatters, readRequest, type Request } from "@minka/contracts/matching";
import { contactCards } from "@minka/contracts/profiles";
import { addDays, limaDay } from "@minka/domain/lima-time";
import { ratingQuestion, reportNoShow } from "./answer-visit.ts";
import { decideOnce } from "./decide-once.ts";
import { readMatters } from "./open-matters.ts";
import { sayMissed } from "./say-match.ts";
import { hoursFrom, say, type Outcome, type Turn } from "./turn.ts";

/** As long as what was called done may be contested. */
const pastDays = 7;
const mostRequests = 20;

type Done = { request: Request; engagement: Engagement };

/** "No vino nadie" of a visit that was called done: by its provider, or by themself in error. */
export async function answerTakenBackDone(turn: Turn): Promise<Outcome | null> {
  if (turn.heard.intent !== "report_no_show" || !turn.person) return null;
  const visit = await decideOnce(turn, "done-taken-back", async () => {
    const last = (await lastDone(turn)).find(({ engagement }) => !isRated(engagement));
    const done = last ?? ((await hasOpen(turn)) ? undefined : (await lastDone(turn))[0]);
    return done ? { requestId: done.request.id, engagementId: done.engagement.id } : null;
  });
  return visit && reportNoShow(turn, visit);
}

/** LISTO, or "no vino", of what is over already: from who asked, and from the provider. */
export async function answerPastVisit(turn: Turn): Promise<Outcome | null> {
  const { intent } = turn.heard;
  if ((intent !== "report_done" && intent !== "report_no_show") || !turn.person) return null;
  if (await hasOpen(turn)) return null;
  const [done] = intent === "report_done" ? await lastDone(turn) : [];
  if (done)
    return isRated(done.engagement)
      ? say("rated")
      : { ask: ratingQuestion(done.request, done.engagement, turn.now) };
  const missed = await sayLastMissed(turn);
  if (missed) return missed;
  const [served] = await readEnded(turn);
  if (!served) return null;
  return intent === "report_done" ? say("done_provider") : { ...say("human"), attention: "human_wanted" };
}

/** To a provider whose last visit ended with "no vino" of who asked; null where it did not. */
export async function sayLastMissed(turn: Turn): Promise<Outcome | null> {
  const [last] = await readEnded(turn);
  if (last?.state !== "no_show") return null;
  const params = { requestId: last.requestId };
  const { request } = await turn.kit.call(readRequest, { params }, turn.step("missed"));
  const body = { personIds: [request.personId] };
  const { contacts } = await turn.kit.call(contactCards, { body }, turn.step("missed-by"));
  return { say: [sayMissed(request, contacts[0]?.name, last.matchId)] };
}

async function hasOpen(turn: Turn): Promise<boolean> {
  const { requests, providing } = await readMatters(turn);
  return requests.length > 0 || providing.length > 0;
}

/** What a provider had agreed to and is done or missed, the last first. */
async function readEnded(turn: Turn) {
  if (!turn.person) return [];
  const params = { personId: turn.person.id };
  const query = { endedSince: hoursFrom(turn.writtenAt, -pastDays * 24).toISOString() };
  return (await turn.kit.call(openMatters, { params, query }, turn.step("ended"))).ended;
}

const isRated = ({ ratings }: Engagement) => ratings.some(({ by }) => by === "requester");

/** A person's own visits of the last days that are done, the last first. */
async function lastDone(turn: Turn): Promise<Done[]> {
  if (!turn.person) return [];
  const query = { personId: turn.person.id, limit: mostRequests };
  const { items } = await turn.kit.call(listRequests, { query }, turn.step("past-requests"));
  const since = addDays(limaDay(turn.writtenAt), -pastDays);
  return items
    .flatMap((request) =>
      request.engagement?.state === "done" && request.engagement.visitOn >= since
        ? [{ request, engagement: request.engagement }]
        : [],
    )
    .toSorted((a, b) => b.engagement.visitOn.localeCompare(a.engagement.visitOn));
}
