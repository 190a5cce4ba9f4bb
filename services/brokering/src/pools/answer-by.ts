import { addDays, limaDay, limaInstant } from "@minka/domain/lima-time";

/** When people who were on their plots have their phones at hand. */
const dawn = { from: 5, until: 7 } as const;
const evening = { from: 17, until: 20 } as const;

/** Suppliers have a counter and a phone at hand. */
export const supplierHours = 24;
/** How long an organizer may think about going on with those who remain. */
export const decisionHours = 72;

/** After so many an award that nobody approved ends its pool: members cannot wait for ever. */
export const approvalDays = 10;

/** Until when somebody who is asked at `now` may answer: so many hours, and never without an evening and a dawn. */
export function answerBy(now: Date, hours: number): Date {
  const ends = [
    new Date(now.getTime() + hours * 60 * 60 * 1000),
    endOfNext(now, evening),
    endOfNext(now, dawn),
  ];
  return new Date(Math.max(...ends.map((end) => end.getTime())));
}

/** The end of the first that begins at or after `now`. */
function endOfNext(now: Date, { from, until }: { from: number; until: number }): Date {
  const today = limaDay(now);
  const day = limaInstant(today, from) >= now ? today : addDays(today, 1);
  return limaInstant(day, until);
}
