import { actorLabel } from "@minka/contracts/actor";
import type { registerAssisted as contract } from "@minka/contracts/acting";
import type { Answer, HandlerInput } from "@minka/contracts/endpoint";
import type { Database, Transaction } from "@minka/database/connect";
import { newId } from "@minka/database/new-id";
import { once } from "@minka/database/once";
import type { Clock } from "@minka/domain/clock";
import type { CallContext } from "@minka/http/mount-endpoint";
import { eq } from "@minka/database/query";
import { findRefusals, neverUsed, type RefusalKey } from "../invitations/refusals.ts";
import { refuseUnknownDistrict } from "../people/district.ts";
import { lockPhone } from "../people/phone-holder.ts";
import { audit, consents, idempotencyKeys, people, phones } from "../tables.ts";
import { recordSpoken } from "./agree.ts";
import { askNewcomer, askPhone, refuseTooManyAsks } from "./ask-to-act.ts";
import {
  delegateFor,
  ownName,
  refuseOwnWitness,
  refuseSharedPhone,
  refuseUnverified,
  signedInPerson,
} from "./delegate-rights.ts";

type Body = HandlerInput<typeof contract>["body"];
type Registered = { at: Date; by: string; trace: string };

/**
 * Registers who agreed aloud, and lets the helper act for them. Who has no phone is represented at once, on the
 * witness's word. Where a phone is named its owner's own SI is the better proof, and is asked for, known or not: so
 * nobody learns who is known, and nobody comes to act for a stranger by typing their number. Until that SI a person
 * new here is only invited, and the NO, or a week without an answer, erases them. Nothing of somebody who is known
 * there is changed, and at a phone where somebody refused nobody is asked.
 *
 * Throws `not-while-acting`, `name-needed`, `witness-not-other`, `phone-is-yours`, `not-your-organization`,
 * `organization-unverified` (409), `district-unknown`, `too-many-asks` (429).
 */
export async function registerAssisted(
  { db, clock, key }: { db: Database; clock: Clock; key: RefusalKey },
  { actor, trace, claim }: Pick<CallContext, "actor" | "trace" | "claim">,
  body: Body,
): Promise<Answer<typeof contract>> {
  const helper = signedInPerson(actor);
  refuseUnknownDistrict(body.districtCode);
  return db.transaction((tx) =>
    once(tx, { idempotencyKeys }, { claim, clock }, async () => {
      const delegate = await delegateFor(tx, helper, body.organizationId);
      await refuseUnverified(tx, delegate);
      refuseOwnWitness(body.consent.witness, [body.name, await ownName(tx, helper)]);
      const registered = { at: clock(), by: actorLabel(actor), trace };
      const asking = { ...delegate, askedBy: helper, ...registered };
      if (body.phone !== undefined) {
        const { phone } = body;
        await refuseSharedPhone(tx, helper, [phone]);
        await lockPhone(tx, phone);
        const [known] = await tx.select().from(phones).where(eq(phones.phone, phone)).limit(1);
        const hasRefused = await findRefusals(tx, key, [{ phone, dni: null }]);
        const isNew = !known && !hasRefused({ phone, dni: null });
        const delegationId = !isNew
          ? await askPhone(tx, { ...asking, phone })
          : await askNewcomer(tx, {
              ...asking,
              phone,
              principalId: await invite(tx, { ...body, phone }, registered),
            });
        return { personId: null, delegationId, delegation: "asked" as const };
      }
      await refuseTooManyAsks(tx, helper, registered.at);
      const personId = await addPerson(tx, body, registered);
      const { witness } = body.consent;
      const delegationId = await recordSpoken(tx, {
        ...asking,
        principalId: personId,
        witness,
        actor: registered.by,
      });
      return { personId, delegationId, delegation: "active" as const };
    }),
  );
}

/** Named by others, and nobody here yet: `confirmDelegation` writes the consent with their SI. */
async function invite(tx: Transaction, body: Body & { phone: string }, by: Registered): Promise<string> {
  const id = await addRow(tx, body, { ...by, state: "invited", action: "person.invite" });
  await tx.insert(phones).values({ phone: body.phone, personId: id, linkedAt: by.at, usedAt: neverUsed });
  return id;
}

async function addPerson(tx: Transaction, body: Body, by: Registered): Promise<string> {
  const id = await addRow(tx, body, { ...by, state: "active", action: "person.register-assisted" });
  const { version, witness } = body.consent;
  await tx.insert(consents).values({
    id: newId(),
    personId: id,
    purpose: "service",
    version,
    channel: "spoken",
    witness,
    givenAt: by.at,
  });
  return id;
}

async function addRow(
  tx: Transaction,
  { name, districtCode }: Body,
  { at, by, trace, state, action }: Registered & { state: "active" | "invited"; action: string },
): Promise<string> {
  const id = newId();
  await tx
    .insert(people)
    .values({ id, name, districtCode: districtCode ?? null, state, createdAt: at, updatedAt: at });
  await tx.insert(audit).values({ id: newId(), at, actor: by, action, subject: id, trace });
  return id;
}
