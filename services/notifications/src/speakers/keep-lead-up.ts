import type { Transaction } from "@minka/database/connect";
import { and, eq, gte, isNotNull, isNull, ne } from "@minka/database/query";
import { inboundMessages, outboundMessages } from "../tables.ts";

/** As long as a yes may come after the question whether somebody wants to be known. */
const leadUpMs = 7 * 24 * 60 * 60 * 1000;

/**
 * What a phone and Minka wrote to each other until its person agreed to be known becomes theirs to read again: it is why
 * they are. Not where anything there was another's: then nobody can say who wrote the rest. What is kept nowhere, such
 * as a call for help, stays nobody's.
 */
export async function keepLeadUp(
  tx: Transaction,
  { phone, personId }: { phone: string; personId: string },
  at: Date,
): Promise<void> {
  for (const table of [inboundMessages, outboundMessages]) {
    const [another] = await tx
      .select({ id: table.id })
      .from(table)
      .where(and(eq(table.phone, phone), isNotNull(table.personId), ne(table.personId, personId)))
      .limit(1);
    if (another) return;
  }
  const adopted = await tx
    .update(inboundMessages)
    .set({ personId })
    .where(
      and(
        eq(inboundMessages.phone, phone),
        isNull(inboundMessages.personId),
        isNotNull(inboundMessages.body),
        eq(inboundMessages.safety, false),
        isNotNull(inboundMessages.handledAt),
        gte(inboundMessages.receivedAt, new Date(at.getTime() - leadUpMs)),
      ),
    )
    .returning({ at: inboundMessages.receivedAt });
  if (adopted.length === 0) return;
  // What went out before may have answered somebody who then did not want to be known.
  const since = new Date(Math.min(...adopted.map((one) => one.at.getTime())));
  await tx
    .update(outboundMessages)
    .set({ personId })
    .where(
      and(
        eq(outboundMessages.phone, phone),
        isNull(outboundMessages.personId),
        isNotNull(outboundMessages.body),
        eq(outboundMessages.ephemeral, false),
        gte(outboundMessages.createdAt, since),
      ),
    );
}
