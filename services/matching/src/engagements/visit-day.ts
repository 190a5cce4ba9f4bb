import { DomainError } from "@minka/domain/errors";
import type { Need } from "@minka/contracts/need";
import { addDays, limaDay, limaHour, type LimaDay } from "@minka/domain/lima-time";

/** Tomorrow is too soon to arrange a way up a trail, and a week too far for a pest. */
const daysToVisit = 2;
/** Who says yes to what is urgent goes at once; after this hour, in Lima, nobody is back before night. */
const lastHourToSetOut = 15;
const farthestVisitDays = 60;

/** The day of a yes that names none: of what is urgent today, or tomorrow; of anything else two days from now. */
export function dayOfPlainYes({ urgency }: Pick<Need, "urgency">, now: Date): LimaDay {
  const days = urgency === "urgent" ? Number(limaHour(now) >= lastHourToSetOut) : daysToVisit;
  return addDays(limaDay(now), days);
}

/** The day that was said, or two days from now. `visit-day-out-of-range` (422) in the past or beyond 60 days. */
export function visitDay(said: LimaDay | null | undefined, now: Date): LimaDay {
  const today = limaDay(now);
  const visitOn = said ?? addDays(today, daysToVisit);
  if (visitOn < today || visitOn > addDays(today, farthestVisitDays))
    throw new DomainError("invalid", "visit-day-out-of-range", "A visit is within the next 60 days.", {
      errors: [{ path: "body.visitOn", message: `must be from ${today} on, and within 60 days` }],
    });
  return visitOn;
}
