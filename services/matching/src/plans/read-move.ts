import type { HandlerInput } from "@minka/contracts/endpoint";
import type { movePlanVisit as contract } from "@minka/contracts/plans";
import { DomainError } from "@minka/domain/errors";
import type { Context } from "@minka/service/act";
import type { Services } from "../caseloads/agent-rights.ts";
import { minuteOf } from "../caseloads/wall-time.ts";
import { objectionTo, type WantedMove } from "./check-move.ts";
import { gatherAnew } from "./gather.ts";
import { readSession } from "./lock-plan.ts";
import { kmBetween } from "./planner-terms.ts";
import type { VisitToPlace } from "./placing.ts";
import type { PlanRow, PlanSessionRow, PlanVisitRow } from "./plans-tables.ts";
import type { Profiled } from "./read-agents.ts";

type Wanted = {
  plan: PlanRow;
  visit: PlanVisitRow;
  to: HandlerInput<typeof contract>["body"];
};

type ReadMove = {
  readonly agent: Profiled;
  readonly day: string;
  readonly minute: number;
  readonly km: number;
  /** The session that is joined. */
  readonly session: PlanSessionRow | null;
  readonly wanted: WantedMove;
};

/** All that a move has to be checked against, read before the transaction. `session-unknown`, `agent-unknown` (404). */
export async function readMove(
  { db, call, clock }: Services,
  { trace }: Context,
  { plan, visit, to }: Wanted,
): Promise<ReadMove> {
  const session = "sessionId" in to ? await readSession(db.read, to.sessionId) : null;
  if ("sessionId" in to && session?.planId !== plan.id)
    throw new DomainError("not-found", "session-unknown", "No session of this plan has this id.");
  const gathered = await gatherAnew({ read: db.read, call, now: clock(), trace }, plan);
  const providerId = "sessionId" in to ? (session?.providerId ?? "") : to.providerId;
  const agent = gathered.agents.find((each) => each.providerId === providerId);
  const placing = gathered.task.agents.find(({ id }) => id === providerId);
  if (!agent || !placing)
    throw new DomainError("not-found", "agent-unknown", "No agent of this plan who works has this id.");
  const day = "sessionId" in to ? (session?.day ?? "") : to.day;
  const minute = "sessionId" in to ? (session?.minute ?? 0) : minuteOf(to.startsAt);
  const visits = new Map(gathered.task.visits.map((each) => [each.id, each]));
  const moved = visits.get(visit.id);
  if (!moved && gathered.gone.has(visit.personId))
    throw new DomainError("conflict", "person-left", "This person is not served any more.");
  if (!moved) throw new DomainError("conflict", "not-being-asked", "This visit is the plan's no more.");
  const others = gathered.task.standing
    .filter((each) => each.agent === providerId && each.day === day && each.id !== session?.id)
    .map((each) => ({ visits: known(each.visits, visits, visit.id), minute: each.minute }))
    .filter((each) => each.visits.length > 0);
  const its = gathered.task.standing.filter((each) => each.agent === providerId);
  const joined = gathered.task.standing.find(({ id }) => id === session?.id);
  return {
    agent,
    day,
    minute,
    km: kmBetween(placing, moved),
    session,
    wanted: {
      rules: gathered.task,
      agent: placing,
      people: its.flatMap((each) => each.visits).filter((id) => id !== visit.id && visits.has(id)).length,
      // Where it was fixed to be is for the person who moves it to change.
      visit: { ...moved, fixed: null },
      day,
      minute,
      others,
      joins: session && {
        topic: session.topic,
        crop: session.crop,
        visits: known(joined?.visits ?? [], visits, visit.id),
      },
    },
  };
}

function known(
  ids: readonly string[],
  visits: ReadonlyMap<string, VisitToPlace>,
  without: string,
): VisitToPlace[] {
  return ids.flatMap((id) => (id === without ? [] : (visits.get(id) ?? [])));
}

const says: Readonly<Record<string, string>> = {
  "agent-cannot": "The agent does not know the topic or the crop.",
  "agent-refused-by": "The agent may not come to this person.",
  "out-of-reach": "The agent does not go so far.",
  "agent-full": "The agent has no place left in the month.",
  "agent-away": "The agent does not work on that day.",
  "day-closed": "Nobody is at home there on that day.",
  "place-closed": "Nobody gets there on that day.",
  "time-refused": "The producer said no to that time.",
  "outside-hours": "This is before the agent's day begins or after it ends.",
  overlaps: "The agent has no time then.",
  "session-full": "The session is full.",
  "session-too-far": "This is too far to walk to the session.",
  "session-of-another-topic": "The session is on another topic or crop.",
};

/** Throws the objection to a move (409; 422 `outside-month`), its parameters as details. */
export function checkMove({ wanted }: ReadMove): void {
  if (!wanted.day.startsWith(wanted.rules.month) || wanted.day < (wanted.rules.from ?? ""))
    throw new DomainError("invalid", "outside-month", "This day is past or not in the plan's month.", {
      errors: [{ path: "body.day", message: "must be a day of the plan's month, from tomorrow on" }],
    });
  const objection = objectionTo(wanted);
  if (!objection) return;
  const { code, parameters } = objection;
  throw new DomainError("conflict", code, says[code] ?? "The visit cannot be there.", {
    details: parameters,
  });
}
