import type { simulatorMessage } from "@minka/contracts/notifications";
import type { Database } from "@minka/database/connect";
import type { Clock } from "@minka/domain/clock";
import { countSegments } from "@minka/language/gsm7";
import { and, desc, eq, gt, isNotNull, isNull, or } from "@minka/database/query";
import type { z } from "zod";
import { inboundMessages, simulatorMessages } from "../tables.ts";

type Entry = z.input<typeof simulatorMessage>;

/** More than anybody scrolls back. */
const shown = 500;

/** What one simulated phone wrote and received, oldest first; the last 500 of each. */
export async function readHistory(
  { db, clock }: { db: Database; clock: Clock },
  phone: string,
): Promise<Entry[]> {
  const [written, received] = await Promise.all([
    db.read
      .select({ id: inboundMessages.id, text: inboundMessages.body, at: inboundMessages.receivedAt })
      .from(inboundMessages)
      .where(
        and(
          eq(inboundMessages.gateway, "simulator"),
          eq(inboundMessages.phone, phone),
          // What is not kept has no place in a history either.
          isNotNull(inboundMessages.body),
        ),
      )
      .orderBy(desc(inboundMessages.sequence))
      .limit(shown),
    db.read
      .select({ id: simulatorMessages.id, text: simulatorMessages.text, at: simulatorMessages.at })
      .from(simulatorMessages)
      .where(
        and(
          eq(simulatorMessages.phone, phone),
          or(isNull(simulatorMessages.expiresAt), gt(simulatorMessages.expiresAt, clock())),
        ),
      )
      .orderBy(desc(simulatorMessages.at), desc(simulatorMessages.id))
      .limit(shown),
  ]);
  const entry =
    (direction: Entry["direction"]) =>
    ({ id, text, at }: { id: string; text: string | null; at: Date }): Entry => ({
      id,
      direction,
      text: text ?? "",
      at: at.toISOString(),
      segments: countSegments(text ?? "").segments,
    });
  // Stable: at one and the same moment what was written comes before the answer to it.
  return [...written.toReversed().map(entry("in")), ...received.toReversed().map(entry("out"))].sort((a, b) =>
    a.at.localeCompare(b.at),
  );
}
