import { addDays, limaDay, limaInstant } from "@minka/domain/lima-time";
import type { PoolDeliveryRow, PoolReceiptRow } from "./deliveries-tables.ts";

type Timer = Pick<PoolDeliveryRow, "nextStep" | "nextAt">;

const dayMs = 24 * 60 * 60 * 1000;
/** Where nobody says a day, it should have come so many days after the order. */
const longestDays = 10;
/** Who is asked or reminded has so many days before an operator is called. */
const silentDays = 3;

const inDays = (now: Date, days: number): Date => new Date(now.getTime() + days * dayMs);

export const nothingDue: Timer = { nextStep: null, nextAt: null };

/** The morning after its day, when somebody should know whether it came. `since`: when it was ordered. */
export function arrivalTimer(day: string | null, since: Date): Timer {
  const nextAt = day === null ? inDays(since, longestDays) : limaInstant(addDays(day, 1), 8);
  return { nextStep: "ask-organizer", nextAt };
}

/** Whether it should have come: its day is over. `since`: when it was ordered. */
export function isOverdue({ day }: PoolDeliveryRow, since: Date | null, now: Date): boolean {
  if (day !== null) return limaDay(now) > day;
  return since !== null && now >= inDays(since, longestDays);
}

/** A supplier has so long to answer what was missing before it is reminded, and then before an operator is called. */
export const claimsTimer = (now: Date): Timer => ({
  nextStep: "remind-supplier",
  nextAt: inDays(now, silentDays),
});

export const operatorTimer = (now: Date): Timer => ({
  nextStep: "call-operator",
  nextAt: inDays(now, silentDays),
});

/** Whoever has to say how much came has so long before they are reminded, and as long again before an operator is called. */
export const unclearTimer = (
  now: Date,
  nextStep: NonNullable<PoolReceiptRow["nextStep"]>,
): Pick<PoolReceiptRow, "nextStep" | "nextAt"> => ({ nextStep, nextAt: inDays(now, silentDays) });
