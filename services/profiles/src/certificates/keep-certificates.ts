import type { Actor } from "@minka/contracts/actor";
import type { HandlerInput } from "@minka/contracts/endpoint";
import type {
  addCertificate as addContract,
  changeCertificate as changeContract,
  listCertificates as listContract,
  removeCertificate as removeContract,
} from "@minka/contracts/people";
import { newId } from "@minka/database/new-id";
import { once } from "@minka/database/once";
import { DomainError } from "@minka/domain/errors";
import { limaDay, type LimaDay } from "@minka/domain/lima-time";
import { actOf, type Context, type Means } from "@minka/service/act";
import { and, desc, eq } from "@minka/database/query";
import { record } from "../acts.ts";
import { olderThan, pageOf } from "../people/list-pages.ts";
import { lockPerson } from "../people/lock-people.ts";
import { refuseOthers, refuseUnknownPerson } from "../people/read-person.ts";
import { breaksUnique } from "../people/unique-violation.ts";
import { idempotencyKeys } from "../tables.ts";
import { certificates } from "./certificates-tables.ts";

export async function listCertificates(
  { db, clock }: Means,
  actor: Actor,
  { params: { personId }, query }: HandlerInput<typeof listContract>,
) {
  refuseOthers(actor, personId);
  await refuseUnknownPerson(db.read, personId);
  const today = limaDay(clock());
  const rows = await db.read
    .select()
    .from(certificates)
    .where(and(eq(certificates.personId, personId), olderThan(certificates.id, query.cursor)))
    .orderBy(desc(certificates.id))
    .limit(query.limit + 1);
  return pageOf(rows, query.limit, (row) => certificateView(row, today));
}

/** Throws `certificate-known` (409) for one that is there already: its expiry is changed, not added. */
export async function addCertificate(
  { db, clock }: Means,
  context: Context,
  { params: { personId }, body }: HandlerInput<typeof addContract>,
) {
  refuseOthers(context.actor, personId);
  const at = clock();
  return refusingKnown(() =>
    db.transaction((tx) =>
      once(tx, { idempotencyKeys }, { claim: context.claim, clock }, async () => {
        await lockPerson(tx, personId);
        const [row] = await tx
          .insert(certificates)
          .values({ ...body, id: newId(), personId, createdAt: at })
          .returning();
        if (!row) throw certificateUnknown();
        await record(tx, actOf(context, at), "certificate.add", row.id);
        return { certificate: certificateView(row, limaDay(at)) };
      }),
    ),
  );
}

export async function changeCertificate(
  { db, clock }: Means,
  context: Context,
  { params: { personId, certificateId }, body }: HandlerInput<typeof changeContract>,
) {
  refuseOthers(context.actor, personId);
  const at = clock();
  return refusingKnown(() =>
    db.transaction(async (tx) => {
      const [row] = await tx.update(certificates).set(body).where(own(personId, certificateId)).returning();
      if (!row) throw certificateUnknown();
      await record(tx, actOf(context, at), "certificate.change", row.id);
      return { certificate: certificateView(row, limaDay(at)) };
    }),
  );
}

export async function removeCertificate(
  { db, clock }: Means,
  context: Context,
  { params: { personId, certificateId } }: HandlerInput<typeof removeContract>,
) {
  refuseOthers(context.actor, personId);
  return db.transaction(async (tx) => {
    const [row] = await tx.delete(certificates).where(own(personId, certificateId)).returning();
    if (!row) throw certificateUnknown();
    await record(tx, actOf(context, clock()), "certificate.remove", row.id);
    return { certificateId };
  });
}

function certificateView(row: typeof certificates.$inferSelect, today: LimaDay) {
  const { id, certificate, crop, issuer, number, expiresOn } = row;
  return { id, certificate, crop, issuer, number, expiresOn, expired: expiresOn < today };
}

const own = (personId: string, certificateId: string) =>
  and(eq(certificates.id, certificateId), eq(certificates.personId, personId));

function certificateUnknown(): DomainError {
  return new DomainError("not-found", "certificate-unknown", "This person has no such certificate.");
}

async function refusingKnown<Result>(work: () => Promise<Result>): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    if (!breaksUnique(error, "certificates_once")) throw error;
    throw new DomainError("conflict", "certificate-known", "This certificate is already entered.");
  }
}
