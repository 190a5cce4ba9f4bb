import type { Database } from "@minka/database/connect";
import type { Clock } from "@minka/domain/clock";
import { eq, lte } from "drizzle-orm";
import { simulatorMessages } from "../tables.ts";
import type { Gateway } from "./gateway.ts";

/**
 * Phones that exist only in a table. It stands outside Minka as a real gateway does: it writes on its own,
 * never in the sender's transaction, and knows a message again by the sender's id.
 */
export function createSimulator({ db, clock }: { db: Database; clock: Clock }): Gateway {
  return {
    name: "simulator",
    takesClientIds: true,
    repeatsWithNewIds: false,
    async send({ id, phone, text, expiresAt, ephemeral }) {
      await db.read.delete(simulatorMessages).where(lte(simulatorMessages.expiresAt, clock()));
      await db.read
        .insert(simulatorMessages)
        .values({ id, phone, text, at: clock(), expiresAt: ephemeral ? expiresAt : null })
        .onConflictDoNothing();
      return { kind: "accepted", externalId: id };
    },
    async find({ id }) {
      const [known] = await db.read
        .select({ id: simulatorMessages.id })
        .from(simulatorMessages)
        .where(eq(simulatorMessages.id, id));
      return known ? { kind: "accepted", externalId: id } : { kind: "not-accepted" };
    },
  };
}
