import type { Database } from "@minka/database/connect";
import type { Clock } from "@minka/domain/clock";
import type { Refusal } from "../gateways/gateway.ts";
import { hearOfAttempt, type AttemptNews } from "./hear-of-attempt.ts";

/** What a gateway says afterwards about one attempt. */
export type Report = {
  readonly messageId: string;
  readonly attempt: number;
  readonly externalId: string;
} & (
  | { readonly state: "sent" | "delivered" }
  | {
      readonly state: "undelivered" | "failed";
      readonly refusal: (message: { attempt: number; phone: string }) => Refusal;
    }
);

/** Writes a gateway's report, if it tells more than is known. */
export async function recordReport(
  { db, clock }: { db: Database; clock: Clock },
  report: Report,
): Promise<void> {
  await db.transaction((tx) => hearOfAttempt(tx, newsOf(report), clock()));
}

function newsOf(report: Report): AttemptNews {
  const { messageId, attempt, externalId } = report;
  if ("refusal" in report) {
    const refusal: typeof report.refusal = (message) => {
      const { code, retry } = report.refusal(message);
      // The channel has room again by the time that it says so.
      return { code, retry: retry === "busy" ? "soon" : retry };
    };
    return { messageId, attempt, externalId, outcome: report.state, refusal };
  }
  const outcome = report.state === "delivered" ? "delivered" : "accepted";
  return { messageId, attempt, externalId, outcome };
}
