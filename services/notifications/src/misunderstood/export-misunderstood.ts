import type { HandlerInput } from "@minka/contracts/endpoint";
import type { exportMisunderstood as contract } from "@minka/contracts/misunderstood";
import type { Database } from "@minka/database/connect";
import type { Clock } from "@minka/domain/clock";
import { limaDay } from "@minka/domain/lima-time";
import type { CallContext } from "@minka/http/mount-endpoint";
import { and, asc, eq, gt, gte, isNotNull } from "@minka/database/query";
import { recordAct } from "../desk/take-over.ts";
import { inboundMessages } from "../tables.ts";
import { anonymousLine } from "./anonymous-line.ts";
import { misunderstoodMessages } from "./misunderstood-tables.ts";

/** What operators corrected, as lines of the labelled set, oldest first, so many at a time; who fetched it is kept. */
export async function exportMisunderstood(
  { db, clock }: { db: Database; clock: Clock },
  { actor, trace }: Pick<CallContext, "actor" | "trace">,
  { since, after, limit }: HandlerInput<typeof contract>["query"],
) {
  const at = clock();
  const rows = await db.transaction(async (tx) => {
    const found = await tx
      .select({ kept: misunderstoodMessages, text: inboundMessages.body })
      .from(misunderstoodMessages)
      .innerJoin(inboundMessages, eq(inboundMessages.id, misunderstoodMessages.messageId))
      .where(
        and(
          eq(misunderstoodMessages.state, "corrected"),
          isNotNull(inboundMessages.body),
          since === undefined ? undefined : gte(misunderstoodMessages.at, new Date(since)),
          after === undefined ? undefined : gt(misunderstoodMessages.id, after),
        ),
      )
      .orderBy(asc(misunderstoodMessages.id))
      .limit(limit);
    await recordAct(tx, { actor, at, trace }, `exported-misunderstood ${found.length}`, "misunderstood");
    return found;
  });
  const lines = rows.map(({ kept: { id, context, intent, slots }, text }) =>
    anonymousLine({ id, context, text: text ?? "", intent: intent ?? "unknown", slots: slots ?? {} }),
  );
  return {
    fileName: `messages-${limaDay(at)}.jsonl`,
    contentType: "application/x-ndjson",
    bytes: new TextEncoder().encode(lines.map((line) => `${line}\n`).join("")),
  };
}
