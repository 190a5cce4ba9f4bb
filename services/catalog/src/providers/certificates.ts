import { actorLabel } from "@minka/contracts/actor";
import type { HandlerAnswer, HandlerInput } from "@minka/contracts/endpoint";
import type {
  addCertificate as addContract,
  checkCertificate as checkContract,
  removeCertificate as removeContract,
} from "@minka/contracts/provider-details";
import type { Queries, Transaction } from "@minka/database/connect";
import { newId } from "@minka/database/new-id";
import { once } from "@minka/database/once";
import { DomainError } from "@minka/domain/errors";
import { limaDay } from "@minka/domain/lima-time";
import { and, asc, eq } from "@minka/database/query";
import { keepProviderFacts } from "../search/keep-provider-facts.ts";
import { idempotencyKeys } from "../tables.ts";
import {
  lockGovernedProvider,
  peopleBehind,
  readManagedOrganizations,
  readOrganizationsBehind,
} from "./provider-rights.ts";
import { certificates } from "./providers-tables.ts";
import { recordAct } from "./record-act.ts";
import type { Context, Services } from "./register-provider.ts";
import { isMaker, makerCannotCheck } from "./take-step.ts";

type CertificateRow = typeof certificates.$inferSelect;

/** A provider's certificates by day of issue, with what has become of them by now. */
export async function readCertificates(queries: Queries, providerId: string, now: Date) {
  const rows = await queries
    .select()
    .from(certificates)
    .where(eq(certificates.providerId, providerId))
    .orderBy(asc(certificates.issuedOn), asc(certificates.id));
  return rows.map((row) => shownOf(row, now));
}

function shownOf(
  { id, kind, title, issuer, number, issuedOn, expiresOn, checkedAt }: CertificateRow,
  now: Date,
) {
  const expired = expiresOn !== null && expiresOn < limaDay(now);
  return { id, kind, title, issuer, number, issuedOn, expiresOn, checked: checkedAt !== null, expired };
}

/** Throws `issued-in-future` (422). */
export async function addCertificate(
  { db, clock, call }: Services,
  context: Context,
  { params: { providerId }, body }: HandlerInput<typeof addContract>,
): Promise<HandlerAnswer<typeof addContract>> {
  const { actor, trace, claim } = context;
  const managed = await readManagedOrganizations({ call }, actor, trace);
  if (body.issuedOn > limaDay(clock())) {
    throw new DomainError("invalid", "issued-in-future", "A certificate is issued before it is entered.", {
      errors: [{ path: "body.issuedOn", message: "lies in the future" }],
    });
  }
  return db.transaction((tx) =>
    once(tx, { idempotencyKeys }, { claim, clock }, async () => {
      const at = clock();
      await lockGovernedProvider(tx, actor, providerId, managed);
      const row = {
        id: newId(),
        providerId,
        ...body,
        addedBy: peopleBehind(actor),
        checkedAt: null,
        checkedBy: null,
      };
      await tx.insert(certificates).values(row);
      await recordAct(tx, context, { at, action: "add-certificate", providerId, about: row.id });
      return { certificate: shownOf(row, at) };
    }),
  );
}

/** Throws `maker-cannot-check` (403) for who added it or acts for the provider, `certificate-unknown` (404). */
export async function checkCertificate(
  { db, clock, call }: Services,
  context: Context,
  { params: { providerId, certificateId } }: HandlerInput<typeof checkContract>,
): Promise<HandlerAnswer<typeof checkContract>> {
  const { actor, trace, claim } = context;
  const organizations = await readOrganizationsBehind({ call }, actor, trace);
  return db.transaction((tx) =>
    once(tx, { idempotencyKeys }, { claim, clock }, async () => {
      const at = clock();
      const { id, organizationId } = await lockGovernedProvider(tx, actor, providerId, []);
      const row = await findCertificate(tx, providerId, certificateId);
      const people = peopleBehind(actor);
      if (await isMaker(tx, { id, organizationId, makers: row.addedBy }, { people, organizations }))
        throw makerCannotCheck();
      const checked = { checkedAt: row.checkedAt ?? at, checkedBy: row.checkedBy ?? actorLabel(actor) };
      await tx.update(certificates).set(checked).where(eq(certificates.id, certificateId));
      await keepProviderFacts(tx, [providerId]);
      await recordAct(tx, context, { at, action: "check-certificate", providerId, about: certificateId });
      return { certificate: shownOf({ ...row, ...checked }, at) };
    }),
  );
}

/** Throws `certificate-unknown` (404). */
export async function removeCertificate(
  { db, clock, call }: Services,
  context: Context,
  { params: { providerId, certificateId } }: HandlerInput<typeof removeContract>,
): Promise<HandlerAnswer<typeof removeContract>> {
  const { actor, trace } = context;
  const managed = await readManagedOrganizations({ call }, actor, trace);
  return db.transaction(async (tx) => {
    await lockGovernedProvider(tx, actor, providerId, managed);
    await findCertificate(tx, providerId, certificateId);
    await tx.delete(certificates).where(eq(certificates.id, certificateId));
    await keepProviderFacts(tx, [providerId]);
    await recordAct(tx, context, {
      at: clock(),
      action: "remove-certificate",
      providerId,
      about: certificateId,
    });
    return { removed: true as const };
  });
}

async function findCertificate(
  tx: Transaction,
  providerId: string,
  certificateId: string,
): Promise<CertificateRow> {
  const [row] = await tx
    .select()
    .from(certificates)
    .where(and(eq(certificates.id, certificateId), eq(certificates.providerId, providerId)));
  if (!row)
    throw new DomainError("not-found", "certificate-unknown", "This provider has no such certificate.");
  return row;
}
