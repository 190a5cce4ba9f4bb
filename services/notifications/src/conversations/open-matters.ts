import { openMatters, type Request } from "@minka/contracts/matching";
import { limaDay } from "@minka/domain/lima-time";
import type { Answer } from "@minka/contracts/endpoint";
import type { Turn } from "./turn.ts";

type Matters = Answer<typeof openMatters>;
export type Visit = Matters["providing"][number];

/** What a person is in the middle of, the newest first; nothing for somebody unknown. */
export async function readMatters(turn: Turn): Promise<Matters> {
  if (!turn.person) return { requests: [], providing: [], ended: [] };
  const params = { personId: turn.person.id };
  return turn.kit.call(openMatters, { params, query: {} }, turn.step("matters"));
}

export async function newestOpen(turn: Turn): Promise<Request | undefined> {
  return (await readMatters(turn)).requests[0];
}

/** The time to choose is over, though the timer that says so may not have come round to it. */
export function isListOver({ state, listExpiresAt }: Request, now: Date): boolean {
  return state === "listed" && listExpiresAt !== null && new Date(listExpiresAt) <= now;
}

/** The visits that a provider has promised, the first to be made first. */
export function visitsToMake({ providing }: Matters): Visit[] {
  return providing
    .filter(({ state }) => state === "agreed")
    .toSorted((a, b) => a.visitOn.localeCompare(b.visitOn));
}

/** What LISTO is about: the visit whose day came last, or else the next one. */
export function visitJustMade(matters: Matters, now: Date): Visit | undefined {
  const visits = visitsToMake(matters);
  return visits.findLast(({ visitOn }) => visitOn <= limaDay(now)) ?? visits[0];
}
