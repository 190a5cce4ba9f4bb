import type { Database } from "@minka/database/connect";
import type { Clock } from "@minka/domain/clock";
import { eq } from "drizzle-orm";
import type { Refusal } from "../gateways/gateway.ts";
import { outboundMessages } from "../tables.ts";
import { acceptAttempt, refuseAttempt } from "./finish-attempt.ts";
import { tellsMore } from "./outbound-lifecycle.ts";

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

/**
 * Writes a gateway's report. Reports come in any order, repeated, and before the gateway's own answer: one
 * that tells no more than is known, or is about an earlier attempt, changes nothing.
 */
export async function recordReport(
  { db, clock }: { db: Database; clock: Clock },
  report: Report,
): Promise<void> {
  const { messageId, attempt, externalId } = report;
  await db.transaction(async (tx) => {
    const [message] = await tx
      .select()
      .from(outboundMessages)
      .where(eq(outboundMessages.id, messageId))
      .for("update");
    if (!message || !tellsMore(message, attempt, report.state)) return;
    const at = clock();
    if ("refusal" in report) {
      const refusal = report.refusal({ attempt, phone: message.phone });
      await refuseAttempt(tx, message, { ...refusal, at, externalId, final: report.state });
    } else {
      await acceptAttempt(tx, message, { externalId, at, state: report.state });
    }
  });
}
