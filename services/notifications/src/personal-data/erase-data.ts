import { actorLabel } from "@minka/contracts/actor";
import type { HandlerAnswer, HandlerInput } from "@minka/contracts/endpoint";
import type { ErasureOrder, notificationsPersonalData } from "@minka/contracts/personal-data";
import type { Transaction } from "@minka/database/connect";
import { forgetAnswers } from "@minka/database/forget-answers";
import { eraseHoldings } from "@minka/database/holdings";
import { newId } from "@minka/database/new-id";
import type { CallContext } from "@minka/http/mount-endpoint";
import { renderText } from "@minka/language/texts";
import type { ServiceKit } from "@minka/service/define-service";
import { and, asc, eq, gt, inArray, isNull, lt, lte, or, sql } from "@minka/database/query";
import { erasedMessages, gatewayLooks } from "../intake/missed-messages-tables.ts";
import { enqueueMessage } from "../sending/enqueue-message.ts";
import { keepErasedOptOuts } from "../sending/opt-outs.ts";
import {
  audit,
  conversations,
  idempotencyKeys,
  inboundMessages,
  outboundMessages,
  simulatorMessages,
} from "../tables.ts";
import { blankMentions } from "./blank-mentions.ts";
import { personHoldings, phoneHoldings } from "./own-holdings.ts";
import { farewells } from "./personal-data-tables.ts";

type Contract = (typeof notificationsPersonalData)["eraseData"];
type Kit = Pick<ServiceKit, "db" | "clock" | "environment">;

/** The last word waits this long for its phone, and no longer: its row holds the number. */
const farewellMs = 10 * 60_000;

/**
 * Erases, and says so in one last message. Its row is the only thing left that holds the number, so the erasure is
 * done when the message has gone and its row is deleted: the next call finds that out, and erases once more what a
 * turn that had begun before may have written since.
 */
export async function eraseData(
  { db, clock, environment }: Kit,
  { actor, trace }: Pick<CallContext, "actor" | "trace">,
  { body: who }: HandlerInput<Contract>,
): Promise<HandlerAnswer<Contract>> {
  const at = clock();
  return db.transaction(async (tx) => {
    // The turn that is answering one of the phones writes before this or not at all.
    const phones = [...who.phones, ...who.sharedPhones];
    await tx
      .select({ id: conversations.id })
      .from(conversations)
      .where(inArray(conversations.phone, phones))
      .orderBy(asc(conversations.phone))
      .for("update");
    const [told] = await tx.select().from(farewells).where(eq(farewells.personId, who.personId));
    const messageIds = told?.messageIds ?? [];
    await keepErasedOptOuts(tx, environment, who.phones);
    await eraseUnderPhones(tx, who, messageIds);
    await eraseHoldings(tx, personHoldings, who);
    await tx
      .update(conversations)
      .set({ speakerPersonId: null, speakerUntil: null })
      .where(eq(conversations.speakerPersonId, who.personId));
    const { all, ...seen } = await blankMentions(tx, who, told ?? { outboundSeen: null, inboundSeen: null });
    await forgetAnswers(tx, idempotencyKeys, who);
    const nobodyElse = { acquaintances: [], providerIds: [] };
    if (told) {
      await tx.update(farewells).set(seen).where(eq(farewells.personId, who.personId));
      return { done: (await sayGone(tx, messageIds, at)) && all, ...nobodyElse };
    }
    const said = who.tell ? await sayFarewell(tx, who, { at, trace }) : [];
    await tx.insert(farewells).values({ personId: who.personId, messageIds: said, at, ...seen });
    await tx.insert(audit).values({
      id: newId(),
      at,
      actor: actorLabel(actor),
      action: "person.erase",
      subject: who.personId,
      trace,
    });
    return { done: said.length === 0 && all, ...nobodyElse };
  });
}

/** All that came under the person's phones, up to where somebody wrote again after the erasure was asked for. */
async function eraseUnderPhones(
  tx: Transaction,
  who: ErasureOrder,
  farewellIds: readonly string[],
): Promise<void> {
  for (const phone of who.phones) {
    const [anew] = await tx
      .select({ at: inboundMessages.receivedAt })
      .from(inboundMessages)
      .where(and(eq(inboundMessages.phone, phone), gt(inboundMessages.receivedAt, new Date(who.askedAt))))
      .orderBy(asc(inboundMessages.sequence))
      .limit(1);
    await rememberErased(tx, phone, anew?.at);
    // The last word itself is deleted when it is gone.
    const holdings = phoneHoldings({ until: anew?.at, except: farewellIds });
    await eraseHoldings(tx, holdings, { ...who, phones: [phone] });
  }
}

/** A gateway's own list still has them for a while, and must not bring them back. */
async function rememberErased(tx: Transaction, phone: string, until: Date | undefined): Promise<void> {
  const { gateway, externalId, receivedAt: at } = inboundMessages;
  await tx
    .insert(erasedMessages)
    .select(
      tx
        .select({ gateway, externalId, at })
        .from(inboundMessages)
        .innerJoin(gatewayLooks, eq(gatewayLooks.gateway, gateway))
        .where(
          and(
            eq(inboundMessages.phone, phone),
            until && lt(at, until),
            // Looks go back so far at most.
            gt(at, sql`${gatewayLooks.dueAt} - interval '8 days'`),
          ),
        ),
    )
    .onConflictDoNothing();
}

async function sayFarewell(
  tx: Transaction,
  { phones, sharedPhones, refused }: ErasureOrder,
  { at, trace }: { at: Date; trace: string },
): Promise<string[]> {
  const expiresAt = new Date(at.getTime() + farewellMs);
  const ids: string[] = [];
  for (const phone of phones) {
    const text = renderText(refused ? "erase_refused" : "erase_done");
    ids.push(await enqueueMessage(tx, { phone, text, at, trace, expiresAt, reply: true, ephemeral: true }));
  }
  // Where others read along it names nobody, and the phone stays theirs.
  for (const phone of sharedPhones)
    await enqueueMessage(tx, { phone, text: renderText("erase_done_shared"), at, trace, reply: true });
  return ids;
}

const inTheAir = ["queued", "sending", "unknown"] as const;

/** Whether the last messages have come to an end; if so, they are deleted, here and in the simulator. */
async function sayGone(tx: Transaction, messageIds: string[], at: Date): Promise<boolean> {
  if (messageIds.length === 0) return true;
  const waiting = await tx
    .select({ id: outboundMessages.id })
    .from(outboundMessages)
    .where(and(inArray(outboundMessages.id, messageIds), inArray(outboundMessages.state, [...inTheAir])));
  const shown = await tx
    .select({ id: simulatorMessages.id })
    .from(simulatorMessages)
    .where(and(inArray(simulatorMessages.id, messageIds), gt(simulatorMessages.expiresAt, at)));
  if (waiting.length + shown.length > 0) return false;
  await tx.delete(outboundMessages).where(inArray(outboundMessages.id, messageIds));
  await tx
    .delete(simulatorMessages)
    .where(
      and(
        inArray(simulatorMessages.id, messageIds),
        or(isNull(simulatorMessages.expiresAt), lte(simulatorMessages.expiresAt, at)),
      ),
    );
  return true;
}
