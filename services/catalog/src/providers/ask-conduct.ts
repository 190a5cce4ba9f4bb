import type { Actor } from "@minka/contracts/actor";
import { currentConduct } from "@minka/contracts/conduct";
import { catalogConfirmations } from "@minka/contracts/confirmations";
import type { HandlerAnswer, HandlerInput } from "@minka/contracts/endpoint";
import type { Database, Transaction } from "@minka/database/connect";
import { emit } from "@minka/database/deliveries";
import { once } from "@minka/database/once";
import { DomainError } from "@minka/domain/errors";
import type { ServiceKit } from "@minka/service/define-service";
import { eq } from "@minka/database/query";
import { idempotencyKeys, providers } from "../tables.ts";
import { recordAct } from "./record-act.ts";
import type { Context } from "./register-provider.ts";

type Question = HandlerAnswer<typeof catalogConfirmations.read>["question"];
type GivenAnswer = HandlerInput<typeof catalogConfirmations.answer>["body"] & { id: string };

/** How long the question waits. Later it is accepted by the web, or by telling an operator. */
const askDays = 14;
const dayMs = 24 * 60 * 60 * 1000;
const longestName = 22;

/** Whoever was registered without accepting the code of conduct is asked by SMS. */
export async function askConduct(tx: Transaction, providerId: string, moment: { at: Date; trace: string }) {
  await emit(tx, catalogConfirmations.asked, { kind: "conduct", id: providerId }, moment);
}

/** What the contact person is asked; null once it is accepted, or the provider closed. */
export async function readConductQuestion(db: Database, providerId: string): Promise<Question> {
  const [row] = await db.read.select().from(providers).where(eq(providers.id, providerId));
  if (!row || isSettled(row)) return null;
  return {
    text: "confirm_conduct",
    parameters: { provider: shortened(row.name) },
    personId: row.personId,
    expiresAt: new Date(row.createdAt.getTime() + askDays * dayMs).toISOString(),
  };
}

/**
 * SI accepts the code in force in their own name; NO leaves the provider unverified. Throws `provider-unknown` (404),
 * and `not-your-provider` (403) for who is not its contact person.
 */
export async function answerConductQuestion(
  { db, clock }: Pick<ServiceKit, "db" | "clock">,
  { trace, claim }: Pick<Context, "trace" | "claim">,
  { id, personId, accepted }: GivenAnswer,
): Promise<HandlerAnswer<typeof catalogConfirmations.answer>> {
  return db.transaction((tx) =>
    once(tx, { idempotencyKeys }, { claim, clock }, async () => {
      const at = clock();
      const [provider] = await tx.select().from(providers).where(eq(providers.id, id)).for("update");
      if (!provider) throw new DomainError("not-found", "provider-unknown", "There is no such provider.");
      if (provider.personId !== personId)
        throw new DomainError("forbidden", "not-your-provider", "Somebody else answers for this provider.");
      const reply = (text: string) => ({
        reply: { text, parameters: { provider: shortened(provider.name) } },
      });
      if (isSettled(provider)) return reply("conduct_over");
      if (!accepted) return reply("conduct_no");
      const makers = [...new Set([...provider.makers, personId])];
      await tx
        .update(providers)
        .set({ conductVersion: currentConduct, conductAt: at, makers })
        .where(eq(providers.id, id));
      const actor: Actor = { kind: "person", personId, operator: false };
      await recordAct(
        tx,
        { actor, trace },
        { at, action: "accept-conduct", providerId: id, about: currentConduct },
      );
      return reply("conduct_yes");
    }),
  );
}

function isSettled({ conductVersion, state }: typeof providers.$inferSelect): boolean {
  return conductVersion !== null || state === "closed";
}

function shortened(name: string): string {
  return name.length <= longestName ? name : `${name.slice(0, longestName - 1).trimEnd()}.`;
}
