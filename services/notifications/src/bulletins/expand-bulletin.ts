import { listAudience } from "@minka/contracts/audiences";
import { nudgeAfterCommit, type Transaction } from "@minka/database/connect";
import type { Job } from "@minka/queue/worker";
import type { ServiceKit } from "@minka/service/define-service";
import { and, eq, gte, inArray, lt, lte, or } from "@minka/database/query";
import { enqueueMessage } from "../sending/enqueue-message.ts";
import type { Bulletin } from "./bulletin-rights.ts";
import { hadOneToday } from "./bulletin-quota.ts";
import { bulletinRecipients, bulletinRefusals, bulletins } from "./bulletins-tables.ts";
import { withhold } from "./settle-bulletin.ts";

type Kit = Pick<ServiceKit, "db" | "clock" | "call">;
type Reached = { readonly personId: string; readonly phone: string };

/** Phones that are off for longer get it no more: it is news. */
const worthMs = 3 * 24 * 60 * 60_000;
/** Longer than a page of an audience is under way. */
const refusalMs = 60 * 60_000;

/** Writes the messages of approved bulletins, a page of their audience at a time, until all have theirs. */
export function expandBulletinJob(kit: Kit, { pageSize = 500 } = {}): Job {
  const { db, clock } = kit;
  return {
    due: (limit) =>
      db.read
        .select({ id: bulletins.id, trace: bulletins.trace })
        .from(bulletins)
        .where(and(eq(bulletins.state, "approved"), lte(bulletins.dueAt, clock())))
        .limit(limit),
    run: (id, trace) => expandOnce(kit, { id, trace, pageSize }),
  };
}

async function expandOnce(
  { db, clock, call }: Kit,
  { id, trace, pageSize }: { id: string; trace: string; pageSize: number },
): Promise<void> {
  const [found] = await db.read.select().from(bulletins).where(eq(bulletins.id, id));
  const askedAt = clock();
  if (found?.state !== "approved" || !found.dueAt || found.dueAt > askedAt) return;
  const body = { ...found.audience, after: found.reachedId, limit: pageSize };
  const { people, next } = await call(listAudience, { body }, { trace });
  await db.transaction(async (tx) => {
    const [bulletin] = await tx.select().from(bulletins).where(eq(bulletins.id, id)).for("update");
    // Stopped meanwhile, or another process was quicker with this page.
    if (bulletin?.state !== "approved" || bulletin.reachedId !== found.reachedId) return;
    await writeMessages(tx, bulletin, await stillToReach(tx, bulletin, { people, askedAt }), clock());
    await tx
      .update(bulletins)
      .set(next === null ? { state: "expanded" } : { reachedId: next })
      .where(eq(bulletins.id, id));
    if (next !== null) nudgeAfterCommit(tx, { service: "notifications", job: "expand-bulletin", id, trace });
  });
}

/** Each person once and each phone once, and nobody who took their consent back since the page was read. */
async function stillToReach(
  tx: Transaction,
  { id }: Bulletin,
  { people, askedAt }: { people: readonly Reached[]; askedAt: Date },
): Promise<Reached[]> {
  if (people.length === 0) return [];
  const personIds = people.map(({ personId }) => personId);
  const had = await tx
    .select({ personId: bulletinRecipients.personId, phone: bulletinRecipients.phone })
    .from(bulletinRecipients)
    .where(
      and(
        eq(bulletinRecipients.bulletinId, id),
        or(
          inArray(bulletinRecipients.personId, personIds),
          inArray(
            bulletinRecipients.phone,
            people.map(({ phone }) => phone),
          ),
        ),
      ),
    );
  const refused = await tx
    .select({ personId: bulletinRefusals.personId })
    .from(bulletinRefusals)
    .where(and(inArray(bulletinRefusals.personId, personIds), gte(bulletinRefusals.at, askedAt)));
  const out = new Set([...had, ...refused].map(({ personId }) => personId));
  const phones = new Set(had.map(({ phone }) => phone));
  return people.filter(({ personId, phone }) => {
    if (out.has(personId) || phones.has(phone)) return false;
    phones.add(phone);
    return true;
  });
}

async function writeMessages(
  tx: Transaction,
  { id, message, trace }: Bulletin,
  people: readonly Reached[],
  at: Date,
): Promise<void> {
  if (people.length === 0) return;
  const phones = people.map(({ phone }) => phone);
  const enough = await hadOneToday(tx, { id }, phones, at);
  const expiresAt = new Date(at.getTime() + worthMs);
  const recipients: (typeof bulletinRecipients.$inferInsert)[] = [];
  for (const { personId, phone } of people) {
    const messageId = await enqueueMessage(tx, {
      phone,
      text: message,
      at,
      trace,
      expiresAt,
      bulk: true,
      personId,
    });
    recipients.push({ bulletinId: id, personId, phone, messageId });
  }
  await tx.insert(bulletinRecipients).values(recipients);
  // Kept and counted like what else does not leave.
  const spared = recipients.filter(({ phone }) => enough.has(phone)).map(({ messageId }) => messageId);
  if (spared.length > 0) await withhold(tx, inArray(bulletinRecipients.messageId, spared));
}

/** Somebody wants no bulletins any more: none that waits goes to them, and none that is being written. */
export async function stopBulletinsTo(tx: Transaction, personId: string, at: Date): Promise<void> {
  // A page that is being written commits first, and its message is found below, or sees the refusal.
  await tx
    .select({ id: bulletins.id })
    .from(bulletins)
    .where(eq(bulletins.state, "approved"))
    .orderBy(bulletins.id)
    .for("update");
  await tx.delete(bulletinRefusals).where(lt(bulletinRefusals.at, new Date(at.getTime() - refusalMs)));
  await tx
    .insert(bulletinRefusals)
    .values({ personId, at })
    .onConflictDoUpdate({ target: bulletinRefusals.personId, set: { at } });
  await withhold(tx, eq(bulletinRecipients.personId, personId));
}
