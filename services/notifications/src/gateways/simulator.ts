import type { Database } from "@minka/database/connect";
import type { Clock } from "@minka/domain/clock";
import { eq, lte } from "@minka/database/query";
import { simulatorMessages } from "../tables.ts";
import type { Finding, Gateway, Outgoing, SendOutcome } from "./gateway.ts";

/**
 * Phones that exist only in a table. It stands outside Minka as a real gateway does: it writes on its own,
 * never in the sender's transaction, and knows a message again by the sender's id. What is not to be kept it
 * forgets by itself, so there is nothing to redact; what its phones write is in Minka's own hands at once, so
 * there is nothing to fetch.
 */
export function createSimulator({ db, clock }: { db: Database; clock: Clock }): Gateway {
  async function send({ id, phone, text, expiresAt, ephemeral }: Outgoing): Promise<SendOutcome> {
    try {
      await db.read.delete(simulatorMessages).where(lte(simulatorMessages.expiresAt, clock()));
      await db.read
        .insert(simulatorMessages)
        .values({ id, phone, text, at: clock(), expiresAt: ephemeral ? expiresAt : null })
        .onConflictDoNothing();
      return { kind: "accepted", externalId: id };
    } catch {
      // The driver's error quotes the text.
      return { kind: "unknown", error: "database" };
    }
  }

  async function find({ id }: { readonly id: string }): Promise<Finding> {
    try {
      const [known] = await db.read
        .select({ id: simulatorMessages.id })
        .from(simulatorMessages)
        .where(eq(simulatorMessages.id, id));
      return known ? { kind: "accepted", externalId: id } : { kind: "not-accepted" };
    } catch {
      return { kind: "cannot-tell" };
    }
  }

  return {
    name: "simulator",
    segmentsPerSecond: Number.POSITIVE_INFINITY,
    takesClientIds: true,
    repeatsWithNewIds: false,
    send,
    find,
  };
}
