import { addDays, limaDay, limaHour, limaInstant, type LimaDay } from "@minka/domain/lima-time";

/** When people have their phones at hand: before leaving for the plot, at noon some of them, and back at home. */
const slots = [5.5, 6.5, 12.5, 17.25, 18, 19] as const;
/** The clock also stops where questions end, so that what follows is not late: 07:00 and 20:00. */
const ends = [7.05, 20.05] as const;
export const stops: readonly number[] = [...slots, ...ends].toSorted((a, b) => a - b);

export type Act = () => Promise<void>;

/** Who does what when: an act is done at the first stop of the clock at or after its time. */
export class Agenda {
  readonly #acts = new Map<number, Act[]>();

  at(time: Date, act: Act): void {
    const key = time.getTime();
    const there = this.#acts.get(key);
    if (there) there.push(act);
    else this.#acts.set(key, [act]);
  }

  /** Takes what is due. */
  take(now: Date): Act[] {
    const due = [...this.#acts.keys()].filter((time) => time <= now.getTime()).toSorted((a, b) => a - b);
    return due.flatMap((time) => {
      const acts = this.#acts.get(time) ?? [];
      this.#acts.delete(time);
      return acts;
    });
  }

  /** The earliest time at which something is to be done before `end`. */
  next(end: Date): Date | null {
    const times = [...this.#acts.keys()].filter((time) => time < end.getTime());
    return times.length === 0 ? null : new Date(times.reduce((least, time) => Math.min(least, time)));
  }
}

/** The time that is `later` slots on; 0 is the first after `now`. */
export function slotAfter(now: Date, later: number): Date {
  const today = limaDay(now);
  const hour = limaHour(now);
  const first = slots.findIndex((slot) => slot > hour + 1e-6);
  const index = (first < 0 ? slots.length : first) + later;
  const day = addDays(today, Math.floor(index / slots.length));
  return limaInstant(day, slots[index % slots.length] ?? slots[0]);
}

export function slotOf(day: LimaDay, slot: number): Date {
  return limaInstant(day, slots[slot % slots.length] ?? slots[0]);
}
