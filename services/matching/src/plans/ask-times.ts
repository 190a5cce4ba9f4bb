import { addDays, limaDay, limaInstant, type LimaDay } from "@minka/domain/lima-time";

/** Farther ahead than a week nobody knows where they will be. */
const daysAhead = 7;
/** People are back from the plot: 17:00 in Lima; after 19:00 the agent has to know whom to go to. */
const evening = 17;
const latest = 19;
/** The hours, in Lima, in which people may be written to unasked. */
const dayFrom = 7;
const dayUntil = 20;

const dayMs = 24 * 60 * 60 * 1000;
const laterOf = (a: Date, b: Date) => (a > b ? a : b);

/** When a producer is asked about a visit: in the evening a week before, or by day as soon as can be. */
export function askVisitAt(day: LimaDay, now: Date): Date {
  return laterOf(limaInstant(addDays(day, -daysAhead), evening), byDay(now));
}

/** Nobody is woken: what comes up in the night waits until 07:00 in Lima. */
function byDay(now: Date): Date {
  const today = limaDay(now);
  if (now < limaInstant(today, dayFrom)) return limaInstant(today, dayFrom);
  return now < limaInstant(today, dayUntil) ? now : limaInstant(addDays(today, 1), dayFrom);
}

/** From then on an agent is told the next day: nobody is asked about it any more. */
export function tellDayFrom(today: LimaDay): Date {
  return limaInstant(today, latest);
}

/** The evening before the visit: who has said nothing by then is not waited for. */
export function giveUpVisitAt(day: LimaDay): Date {
  return limaInstant(addDays(day, -1), latest);
}

/** What is next for a producer who is asked now: a reminder two evenings before, where it is a day off, or the end. */
export function remindVisitAt(day: LimaDay, now: Date): Date | null {
  const at = limaInstant(addDays(day, -2), evening);
  return at.getTime() - now.getTime() >= dayMs ? at : null;
}

/** An agent has two evenings for their month: they are reminded in the first, and waited for until the second. */
export function remindAgentAt(askedOn: LimaDay): Date {
  return limaInstant(addDays(askedOn, 1), evening);
}

export function giveUpAgentAt(remindedOn: LimaDay): Date {
  return limaInstant(addDays(remindedOn, 1), latest);
}
