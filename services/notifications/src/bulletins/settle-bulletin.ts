import { countAudience } from "@minka/contracts/audiences";
import { nudgeAfterCommit, type Transaction } from "@minka/database/connect";
import { once } from "@minka/database/once";
import { DomainError } from "@minka/domain/errors";
import type { CallContext } from "@minka/http/mount-endpoint";
import type { ServiceKit } from "@minka/service/define-service";
import { and, eq, inArray, type SQL } from "@minka/database/query";
import { recordAct } from "../desk/take-over.ts";
import { idempotencyKeys, outboundMessages } from "../tables.ts";
import { lockBulletin, readBulletinRow, readReach } from "./bulletin-rights.ts";
import { refuseTooMany } from "./bulletin-quota.ts";
import { bulletinRecipients, bulletins } from "./bulletins-tables.ts";
import { readBulletin } from "./read-bulletins.ts";

type Kit = Pick<ServiceKit, "db" | "clock" | "call">;

/** So many more than were shown may have agreed since, or as many fewer. */
const tolerated = 1.1;

/** Whoever approves knows how many it reaches: another number is a slip, or of another bulletin. */
function refuseUnlessShown(people: number, shown: number): void {
  const more = people > Math.ceil(shown * tolerated);
  const fewer = people < Math.floor(shown / tolerated);
  if (!more && !fewer) return;
  throw new DomainError(
    "conflict",
    more ? "audience-grown" : "audience-shrunk",
    `It would reach ${more ? "more" : "fewer"} people than were shown.`,
    { details: { people } },
  );
}

/** A mistake that reaches more is to be seen by two. */
const mostAlone = 500;

/**
 * Has a bulletin sent, now or when it says. Throws `bulletin-unknown` (404), `not-your-bulletin` (403), with 409
 * `bulletin-not-draft`, where it would reach many more or fewer than were shown `audience-grown` or `audience-shrunk`
 * with `people`, and for more than 500 people `another-must-approve` to who wrote it; and `too-many-bulletins` (429).
 */
export async function approveBulletin(
  { db, clock, call }: Kit,
  context: CallContext,
  { bulletinId, people: shown }: { bulletinId: string; people: number },
) {
  const { actor, trace, claim } = context;
  const reach = await readReach({ call }, actor, trace);
  const { audience } = await readBulletinRow(db.read, reach, bulletinId);
  const { people } = await call(countAudience, { body: audience }, { trace });
  await db.transaction((tx) =>
    once(tx, { idempotencyKeys }, { claim, clock }, async () => {
      const bulletin = await lockBulletin(tx, reach, bulletinId);
      if (bulletin.state !== "draft")
        throw wrongState("bulletin-not-draft", "It has been approved or stopped.");
      refuseUnlessShown(people, shown);
      const approvedBy = actor.kind === "person" ? actor.personId : null;
      const own = approvedBy === bulletin.createdBy;
      if (own && people > mostAlone)
        throw wrongState("another-must-approve", `For more than ${mostAlone} people somebody else approves.`);
      const at = clock();
      const dueAt = bulletin.sendAt && bulletin.sendAt > at ? bulletin.sendAt : at;
      await refuseTooMany(tx, bulletin, dueAt);
      await tx
        .update(bulletins)
        .set({ state: "approved", approvedBy, dueAt, people })
        .where(eq(bulletins.id, bulletinId));
      await recordAct(
        tx,
        { actor, at, trace },
        own ? "approved-own-bulletin" : "approved-bulletin",
        bulletinId,
      );
      if (dueAt <= at)
        nudgeAfterCommit(tx, { service: "notifications", job: "expand-bulletin", id: bulletinId, trace });
      return { id: bulletinId };
    }),
  );
  return readBulletin({ db, call }, context, bulletinId);
}

/** Stops what has not left; saying so again changes nothing. Throws `bulletin-unknown` and `not-your-bulletin`. */
export async function cancelBulletin(
  { db, clock, call }: Kit,
  context: CallContext,
  { bulletinId }: { bulletinId: string },
) {
  const { actor, trace, claim } = context;
  const reach = await readReach({ call }, actor, trace);
  await db.transaction((tx) =>
    once(tx, { idempotencyKeys }, { claim, clock }, async () => {
      const bulletin = await lockBulletin(tx, reach, bulletinId);
      if (bulletin.state === "cancelled") return { id: bulletinId };
      await tx.update(bulletins).set({ state: "cancelled" }).where(eq(bulletins.id, bulletinId));
      await withhold(tx, eq(bulletinRecipients.bulletinId, bulletinId));
      await recordAct(tx, { actor, at: clock(), trace }, "cancelled-bulletin", bulletinId);
      return { id: bulletinId };
    }),
  );
  return readBulletin({ db, call }, context, bulletinId);
}

/** What waits to leave for these recipients does not. What a gateway is being given at this moment has left. */
export async function withhold(tx: Transaction, recipients: SQL): Promise<void> {
  const messageIds = tx
    .select({ id: bulletinRecipients.messageId })
    .from(bulletinRecipients)
    .where(recipients);
  await tx
    .update(outboundMessages)
    .set({ state: "withheld" })
    .where(and(inArray(outboundMessages.id, messageIds), eq(outboundMessages.state, "queued")));
}

function wrongState(code: string, message: string): DomainError {
  return new DomainError("conflict", code, message);
}
