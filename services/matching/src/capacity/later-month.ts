import { addMonths } from "@minka/domain/lima-time";
import { capacityMonth } from "./places.ts";

/** The month after the one of an instant, "2026-12": whose places are taken when this one's are gone. */
export function laterMonth(now: Date): string {
  return addMonths(`${capacityMonth(now)}-01`, 1).slice(0, 7);
}
