import type { Actor } from "@minka/contracts/actor";
import type { HandlerAnswer, HandlerInput } from "@minka/contracts/endpoint";
import type {
  addStaff as addContract,
  removeStaff as removeContract,
} from "@minka/contracts/provider-details";
import type { Queries, Transaction } from "@minka/database/connect";
import { newId } from "@minka/database/new-id";
import { once } from "@minka/database/once";
import { DomainError } from "@minka/domain/errors";
import { limaDay } from "@minka/domain/lima-time";
import { and, asc, eq, isNull } from "@minka/database/query";
import { idempotencyKeys } from "../tables.ts";
import {
  lockGovernedProvider,
  lockProvider,
  readManagedOrganizations,
  type ProviderRow,
} from "./provider-rights.ts";
import { providerStaff } from "./providers-tables.ts";
import { readAgreedPerson } from "./read-agreed-person.ts";
import { recordAct } from "./record-act.ts";
import type { Context, Services } from "./register-provider.ts";

/** Who acts for a provider today, those who have for longest first. */
export async function currentStaff(queries: Queries, provider: Pick<ProviderRow, "id" | "personId">) {
  const rows = await queries
    .select({ personId: providerStaff.personId, role: providerStaff.role, since: providerStaff.since })
    .from(providerStaff)
    .where(and(eq(providerStaff.providerId, provider.id), isNull(providerStaff.until)))
    .orderBy(asc(providerStaff.since), asc(providerStaff.id));
  return rows.map((member) => ({ ...member, contact: member.personId === provider.personId }));
}

/**
 * Makes a person manager or staff; a role that changes begins a new stretch of time. Throws `last-manager` (409)
 * when nobody would be left to decide.
 */
export async function addStaff(
  { db, clock, call }: Services,
  context: Context,
  { params: { providerId }, body: { personId, role } }: HandlerInput<typeof addContract>,
): Promise<HandlerAnswer<typeof addContract>> {
  const { actor, trace, claim } = context;
  const managed = await readManagedOrganizations({ call }, actor, trace);
  await readAgreedPerson(call, personId, trace);
  return db.transaction((tx) =>
    once(tx, { idempotencyKeys }, { claim, clock }, async () => {
      const at = clock();
      const provider = await lockGovernedProvider(tx, actor, providerId, managed);
      const before = (await currentStaff(tx, provider)).find((member) => member.personId === personId);
      if (before?.role !== role) {
        if (before?.role === "manager") await refuseLastManager(tx, provider, personId);
        if (before) await endPart(tx, providerId, personId, limaDay(at));
        await tx
          .insert(providerStaff)
          .values({ id: newId(), providerId, personId, role, since: limaDay(at) });
        await recordAct(tx, context, { at, action: `add-${role}`, providerId, about: personId });
      }
      return { staff: await currentStaff(tx, provider) };
    }),
  );
}

/**
 * Ends a person's part. Throws `not-staff` (404), `contact-person` (409) for who gets the asks, and
 * `last-manager` (409).
 */
export async function removeStaff(
  { db, clock, call }: Services,
  context: Context,
  { params: { providerId, personId } }: HandlerInput<typeof removeContract>,
): Promise<HandlerAnswer<typeof removeContract>> {
  const { actor, trace } = context;
  const managed = await readManagedOrganizations({ call }, actor, trace);
  return db.transaction(async (tx) => {
    const at = clock();
    const provider = isSelf(actor, personId)
      ? await lockProvider(tx, providerId)
      : await lockGovernedProvider(tx, actor, providerId, managed);
    const member = (await currentStaff(tx, provider)).find((one) => one.personId === personId);
    if (!member) throw new DomainError("not-found", "not-staff", "This person is not of the staff.");
    if (member.contact)
      throw new DomainError("conflict", "contact-person", "Name another contact person first.");
    if (member.role === "manager") await refuseLastManager(tx, provider, personId);
    await endPart(tx, providerId, personId, limaDay(at));
    await recordAct(tx, context, { at, action: "remove-staff", providerId, about: personId });
    return { removed: true as const };
  });
}

const isSelf = (actor: Actor, personId: string) => actor.kind === "person" && actor.personId === personId;

async function refuseLastManager(tx: Transaction, provider: ProviderRow, personId: string): Promise<void> {
  const staff = await currentStaff(tx, provider);
  if (staff.some((member) => member.role === "manager" && member.personId !== personId)) return;
  throw new DomainError("conflict", "last-manager", "Make somebody else a manager first.");
}

const endPart = (tx: Transaction, providerId: string, personId: string, until: string) =>
  tx
    .update(providerStaff)
    .set({ until })
    .where(
      and(
        eq(providerStaff.providerId, providerId),
        eq(providerStaff.personId, personId),
        isNull(providerStaff.until),
      ),
    );
