/**
 * America/Lima is UTC−5 all year: Peru has kept no daylight saving time since 1994, so a constant offset
 * is exact for every date the product handles.
 */
const offsetMs = 5 * 60 * 60 * 1000;
const dayMs = 24 * 60 * 60 * 1000;

/** A calendar day in Lima, "2026-11-21". */
export type LimaDay = string;

export function limaDay(at: Date): LimaDay {
  return new Date(at.getTime() - offsetMs).toISOString().slice(0, 10);
}

/** The instant at which a clock on a wall in Lima shows `hour` (0–24, fractions allowed) on `day`. */
export function limaInstant(day: LimaDay, hour: number): Date {
  return new Date(Date.parse(`${day}T00:00:00Z`) + offsetMs + hour * 60 * 60 * 1000);
}

export function limaHour(at: Date): number {
  return ((at.getTime() - offsetMs) % dayMs) / (60 * 60 * 1000);
}

export function addDays(day: LimaDay, days: number): LimaDay {
  return new Date(Date.parse(`${day}T00:00:00Z`) + days * dayMs).toISOString().slice(0, 10);
}

/** 0 Sunday … 6 Saturday. */
export function weekday(day: LimaDay): number {
  return new Date(`${day}T00:00:00Z`).getUTCDay();
}

/** The same day of a later month, or that month's last when it has no such day. */
export function addMonths(day: LimaDay, months: number): LimaDay {
  const [year = 0, month = 1, date = 1] = day.split("-").map(Number);
  const lastOfMonth = new Date(Date.UTC(year, month - 1 + months + 1, 0));
  lastOfMonth.setUTCDate(Math.min(date, lastOfMonth.getUTCDate()));
  return lastOfMonth.toISOString().slice(0, 10);
}
