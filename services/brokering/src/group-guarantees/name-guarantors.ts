import { refuseWordless } from "@minka/contracts/actor";
import type { HandlerAnswer, HandlerInput } from "@minka/contracts/endpoint";
import { smallestGuarantee, type nameGuarantors as contract } from "@minka/contracts/group-guarantees";
import { contactCards, identifyPhone } from "@minka/contracts/profiles";
import { newId } from "@minka/database/new-id";
import { once } from "@minka/database/once";
import { apportion } from "@minka/domain/apportion";
import { DomainError } from "@minka/domain/errors";
import { actOf, type Context } from "@minka/service/act";
import { and, eq, inArray, isNotNull, or } from "@minka/database/query";
import { record } from "../acting.ts";
import { associationsOf } from "../credits/associations-of.ts";
import { guarantorDays } from "../credits/credit-days.ts";
import { isOver, isOwing } from "../credits/credit-lifecycle.ts";
import { findCredit, lockCredit, noSuchCredit, renewDraft } from "../credits/credit-row.ts";
import { speakerOf, type Calling } from "../credits/speaker.ts";
import { endorsements } from "../endorsements/endorsements-tables.ts";
import { idempotencyKeys } from "../tables.ts";
import { askPerson } from "../telling/asking.ts";
import { guarantees, guarantors, type GuarantorRow } from "./group-guarantees-tables.ts";
import { guarantorsOf, lockGuaranteeOf, releaseGuarantee } from "./guarantee-row.ts";

const dayMs = 24 * 60 * 60 * 1000;

/**
 * The borrower names who answers for their credit, each for an equal share; who was named before is free, and who is
 * named again is not asked again. For those in no association, or whose own declined or does not answer. Whether Minka
 * knows a phone is not told: nobody there ever agrees. `no-such-credit` (404), `has-an-association` (409), `too-late`
 * (409), `guarantee-stands` (409) where the lender counts on it, `guarantor-wrong` (422) for the borrower themself,
 * somebody named twice or somebody of the same phone.
 */
export async function nameGuarantors(
  kit: Calling,
  context: Context,
  { params: { creditId }, body }: HandlerInput<typeof contract>,
): Promise<HandlerAnswer<typeof contract>> {
  const { trace } = context;
  const speaker = speakerOf(context, body.personId);
  const { personId } = await findCredit(kit.db.read, creditId);
  if (personId === null || (speaker.personId !== personId && !speaker.operator)) throw noSuchCredit();
  refuseWordless(speaker, personId);
  await refuseMember(kit, { personId, creditId, trace });
  const named = await whoIsNamed(kit.call, { personId, named: body.guarantors, trace });
  return kit.db.transaction((tx) =>
    once(tx, { idempotencyKeys }, { claim: context.claim, clock: kit.clock }, async () => {
      const credit = await lockCredit(tx, creditId);
      if (isOver(credit.state) || isOwing(credit.state))
        throw new DomainError("conflict", "too-late", "The money has come, or it is over.");
      const before = await lockGuaranteeOf(tx, creditId);
      if (before) {
        const answering = await guarantorsOf(tx, before.id);
        if (isSame(answering, named))
          return {
            guaranteeId: before.id,
            state: before.state,
            eachCentimos: Math.max(...answering.map(({ centimos }) => centimos)),
          };
        if (before.state === "standing" && credit.state !== "draft")
          throw new DomainError(
            "conflict",
            "guarantee-stands",
            "The lender counts on those who answer for it.",
          );
      }
      const act = actOf(context, kit.clock());
      await renewDraft(tx, creditId, act.at);
      await releaseGuarantee(tx, act, creditId);
      const guaranteeId = newId();
      await tx.insert(guarantees).values({
        id: guaranteeId,
        creditId,
        state: "gathering",
        createdAt: act.at,
        trace,
      });
      await record(tx, act, "guarantee.name", `guarantee:${guaranteeId}`);
      const shares = apportion(
        credit.amountCentimos,
        named.map(() => 1),
      );
      const expiresAt = new Date(act.at.getTime() + guarantorDays * dayMs);
      for (const [index, guarantorPersonId] of named.entries()) {
        const id = newId();
        const asked = { personId: guarantorPersonId, askedAt: act.at, expiresAt, trace };
        await tx
          .insert(guarantors)
          .values({ id, guaranteeId, centimos: shares[index] ?? 0, state: "asked", ...asked });
        if (guarantorPersonId) await askPerson(tx, act, { kind: "guarantee", id });
      }
      return { guaranteeId, state: "gathering" as const, eachCentimos: Math.max(...shares) };
    }),
  );
}

/** Whether just these are asked already, or have agreed. Of a phone at which nobody is known it cannot be told. */
function isSame(answering: readonly GuarantorRow[], named: readonly (string | null)[]): boolean {
  const before = answering.map(({ personId }) => personId);
  return before.length === named.length && named.every((one) => one !== null && before.includes(one));
}

/** An association vouches for its own, unless it said no to this credit, or nothing. */
async function refuseMember(
  { call, db }: Calling,
  { personId, creditId, trace }: { personId: string; creditId: string; trace: string },
): Promise<void> {
  const associations = await associationsOf(call, personId, trace);
  if (associations.length === 0) return;
  const [declined] = await db.read
    .select({ id: endorsements.id })
    .from(endorsements)
    .where(
      and(
        eq(endorsements.creditId, creditId),
        or(eq(endorsements.state, "refused"), isNotNull(endorsements.unansweredAt)),
        inArray(endorsements.organizationId, associations),
      ),
    )
    .limit(1);
  if (!declined)
    throw new DomainError("conflict", "has-an-association", "Ask your organization to vouch for you first.");
}

type Named = HandlerInput<typeof contract>["body"]["guarantors"];

/** Null for a phone at which nobody is known. At a shared phone it cannot be told who is meant: nobody is. */
async function whoIsNamed(
  call: Calling["call"],
  { personId, named, trace }: { personId: string; named: Named; trace: string },
): Promise<(string | null)[]> {
  const wrong = (message: string) =>
    new DomainError("invalid", "guarantor-wrong", "These people cannot answer for it.", {
      errors: [{ path: "body.guarantors", message }],
    });
  // Before it is looked up who is at a phone: whether somebody is, is not told.
  const given = named.map((one) => ("personId" in one ? one.personId : one.phone));
  if (new Set(given).size < given.length) throw wrong("somebody is named twice");
  const found = await Promise.all(
    named.map(async (one) => {
      if ("personId" in one) return one.personId;
      const { person, shared } = await call(identifyPhone, { body: { phone: one.phone } }, { trace });
      return shared ? null : (person?.id ?? null);
    }),
  );
  const known = found.filter((one) => one !== null);
  if (known.includes(personId)) throw wrong("the borrower is among them");
  if (new Set(known).size < known.length || found.length < smallestGuarantee)
    throw wrong("somebody is named twice");
  const { contacts } = await call(contactCards, { body: { personIds: [personId, ...known] } }, { trace });
  const phones = contacts.map(({ phone }) => phone);
  if (new Set(phones).size < phones.length) throw wrong("some of them live at the same phone");
  return found.map((one) => (contacts.some((contact) => contact.personId === one) ? one : null));
}
