import { toldWithinDays } from "@minka/contracts/presence";
import { DomainError } from "@minka/domain/errors";

const dayMs = 24 * 60 * 60 * 1000;

/** When something was said: now, or when it was written if it waited for a signal. Throws `said-at-refused` (422). */
export function saidAtOf(written: string | undefined, now: Date): Date {
  if (written === undefined) return now;
  const saidAt = new Date(written);
  if (saidAt <= now && now.getTime() - saidAt.getTime() <= toldWithinDays * dayMs) return saidAt;
  throw new DomainError(
    "invalid",
    "said-at-refused",
    "Nobody has just been able to send what was written then.",
  );
}
