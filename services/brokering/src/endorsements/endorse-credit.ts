import { refuseWhileActing, refuseWordless } from "@minka/contracts/actor";
import type { HandlerAnswer, HandlerInput } from "@minka/contracts/endpoint";
import type {
  approveEndorsement as approveContract,
  askEndorsement as askContract,
  proposeEndorsement as proposeContract,
  refuseEndorsement as refuseContract,
} from "@minka/contracts/endorsements";
import type { Transaction } from "@minka/database/connect";
import { newId } from "@minka/database/new-id";
import { once } from "@minka/database/once";
import { DomainError } from "@minka/domain/errors";
import { actOf, humansOf, type Context } from "@minka/service/act";
import { and, eq, notInArray } from "@minka/database/query";
import { record } from "../acting.ts";
import { brokers, hasRole, managers, refuseOwnProposal, refuseUnlessOrganization } from "../authority.ts";
import { findCredit, lockCredit, noSuchCredit, renewDraft, toldOf } from "../credits/credit-row.ts";
import type { CreditRow } from "../credits/credits-tables.ts";
import { householdOf } from "../credits/household.ts";
import { speakerOf, type Calling } from "../credits/speaker.ts";
import { notePart } from "../decision-makers/note-part.ts";
import { idempotencyKeys } from "../tables.ts";
import { askPerson, changedMeanwhile } from "../telling/asking.ts";
import { endQuestions } from "../telling/end-questions.ts";
import { tellPeople } from "../telling/tell-people.ts";
import { approverOf, nobodyApproves } from "./approver.ts";
import {
  exposureOf,
  findEndorsement,
  lockEndorsement,
  moveEndorsement,
  noSuchEndorsement,
} from "./endorsement-row.ts";
import { endorsementTimer, noEndorsementTimer } from "./endorsement-timer.ts";
import { endorsements, exposureLimits } from "./endorsements-tables.ts";
import { officersOf } from "./officers.ts";

const memberRoles = ["member", "delegate", "broker", "manager"] as const;

/**
 * The borrower asks an organization of theirs to vouch; only so does it learn of the credit. `no-such-credit` (404),
 * `not-a-member` (409), `already-asked` (409), `too-late` (409) once the lender has decided.
 */
export async function askEndorsement(
  kit: Calling,
  context: Context,
  { params: { creditId }, body }: HandlerInput<typeof askContract>,
): Promise<HandlerAnswer<typeof askContract>> {
  const { trace } = context;
  const { organizationId } = body;
  const speaker = speakerOf(context, body.personId);
  const { personId } = await findCredit(kit.db.read, creditId);
  if (personId === null || (speaker.personId !== personId && !speaker.operator)) throw noSuchCredit();
  refuseWordless(speaker, personId);
  if (!(await hasRole(kit.call, trace, { personId, organizationId, roles: memberRoles })))
    throw new DomainError("conflict", "not-a-member", "They are no member of this organization.");
  const officers = await officersOf(kit.call, { organizationId, personId }, trace);
  return kit.db.transaction((tx) =>
    once(tx, { idempotencyKeys }, { claim: context.claim, clock: kit.clock }, async () => {
      refuseTooLate(await lockCredit(tx, creditId));
      const [open] = await tx
        .select({ id: endorsements.id })
        .from(endorsements)
        .where(
          and(
            eq(endorsements.creditId, creditId),
            eq(endorsements.organizationId, organizationId),
            notInArray(endorsements.state, ["refused", "released"]),
          ),
        );
      if (open) throw new DomainError("conflict", "already-asked", "This organization was asked already.");
      const act = actOf(context, kit.clock());
      const id = newId();
      const asked = { id, creditId, organizationId, personId, askedAt: act.at, trace };
      await tx.insert(endorsements).values({ ...asked, state: "asked", ...endorsementTimer(act.at) });
      await renewDraft(tx, creditId, act.at);
      await record(tx, act, "endorsement.ask", `endorsement:${id}`);
      await tellPeople(tx, act, { kind: "endorsement-waiting", id }, officers);
      return { endorsementId: id, state: "asked" as const };
    }),
  );
}

/**
 * A broker or manager proposes to vouch; a manager is asked to approve it. Nobody proposes it for their own credit, nor
 * where nobody else could approve it.
 * `no-such-endorsement` (404), `not-your-organization` (403), `own-credit` (403), `illegal-transition` (409), `too-late`
 * (409), `nobody-approves` (409), `more-than-asked` (422).
 */
export async function proposeEndorsement(
  kit: Calling,
  context: Context,
  { params: { endorsementId }, body }: HandlerInput<typeof proposeContract>,
): Promise<HandlerAnswer<typeof proposeContract>> {
  const { actor, trace } = context;
  refuseWhileActing(context.actor);
  const before = await findEndorsement(kit.db.read, endorsementId);
  const { organizationId } = before;
  await refuseUnlessOrganization(kit.call, context, organizationId, brokers);
  const household = await refuseOwnCredit(kit.call, context, before.personId);
  const makers = humansOf(actor);
  const except = [...makers, before.personId, ...household];
  const approverId = await approverOf(kit.call, { organizationId, except }, trace);
  return kit.db.transaction((tx) =>
    once(tx, { idempotencyKeys }, { claim: context.claim, clock: kit.clock }, async () => {
      const credit = await lockCredit(tx, before.creditId);
      refuseTooLate(credit);
      const endorsement = await lockEndorsement(tx, endorsementId);
      if (body.amountCentimos > credit.amountCentimos)
        throw new DomainError("invalid", "more-than-asked", "The credit is for less.", {
          errors: [{ path: "body.amountCentimos", message: "is more than is asked" }],
        });
      if (approverId === null) throw nobodyApproves();
      const act = actOf(context, kit.clock());
      const state = await moveEndorsement(tx, act, {
        endorsement,
        step: "propose",
        role: roleOf(context),
        set: {
          amountCentimos: body.amountCentimos,
          conditions: [...new Set(body.conditions)],
          version: endorsement.version + 1,
          makers,
          approverId,
          ...endorsementTimer(act.at),
        },
      });
      await renewDraft(tx, credit.id, act.at);
      await takePart(tx, context, { endorsementId, organizationId, part: "proposed", at: act.at });
      // Of an earlier proposal, which this one replaces.
      await endQuestions(tx, act, [endorsement.approverId]);
      await askPerson(tx, act, { kind: "endorsement", id: endorsementId });
      return { endorsementId, state, version: endorsement.version + 1 };
    }),
  );
}

/**
 * A manager who did not propose it lets the organization vouch. Its exposure is counted with its limit locked, so that
 * of two approvals at once the second sees the first. `no-such-endorsement` (404), `not-your-organization` (403),
 * `own-proposal` (403), `own-credit` (403), `changed-meanwhile` (409), `illegal-transition` (409), `too-late` (409),
 * `exposure-exceeded` (409).
 */
export async function approveEndorsement(
  kit: Calling,
  context: Context,
  { params: { endorsementId }, body: { version } }: HandlerInput<typeof approveContract>,
  answeredBySms: string | null = null,
): Promise<HandlerAnswer<typeof approveContract>> {
  const { actor } = context;
  refuseWhileActing(context.actor);
  const before = await findEndorsement(kit.db.read, endorsementId);
  const { organizationId } = before;
  await refuseUnlessOrganization(kit.call, context, organizationId, managers);
  await refuseOwnCredit(kit.call, context, before.personId);
  return kit.db.transaction((tx) =>
    once(tx, { idempotencyKeys }, { claim: context.claim, clock: kit.clock }, async () => {
      const credit = await lockCredit(tx, before.creditId);
      refuseTooLate(credit);
      const endorsement = await lockEndorsement(tx, endorsementId);
      refuseOwnProposal(actor, endorsement.makers);
      if (endorsement.version !== version) throw changedMeanwhile();
      await tx
        .select({ organizationId: exposureLimits.organizationId })
        .from(exposureLimits)
        .where(eq(exposureLimits.organizationId, organizationId))
        .for("update");
      const { exposureCentimos, limitCentimos } = await exposureOf(tx, organizationId);
      const after = exposureCentimos + (endorsement.amountCentimos ?? 0);
      const act = actOf(context, kit.clock());
      const set = noEndorsementTimer;
      const state = await moveEndorsement(tx, act, {
        endorsement,
        step: "approve",
        role: roleOf(context),
        set,
      });
      await renewDraft(tx, credit.id, act.at);
      if (after > limitCentimos)
        throw new DomainError(
          "conflict",
          "exposure-exceeded",
          "The organization vouches for no more in all.",
          {
            details: { exposureCentimos, limitCentimos },
          },
        );
      await takePart(tx, context, { endorsementId, organizationId, part: "approved", at: act.at });
      await endQuestions(tx, act, [endorsement.approverId], answeredBySms);
      await tellPeople(tx, act, { kind: "endorsement-settled", id: endorsementId }, toldOf(credit));
      return { endorsementId, state, exposureCentimos: after, limitCentimos };
    }),
  );
}

/**
 * The organization does not vouch. `no-such-endorsement` (404), `not-your-organization` (403), `own-credit` (403),
 * `illegal-transition` (409).
 */
export async function refuseEndorsement(
  kit: Calling,
  context: Context,
  { params: { endorsementId }, body }: HandlerInput<typeof refuseContract>,
  bySms: { personId: string; version: number } | null = null,
): Promise<HandlerAnswer<typeof refuseContract>> {
  refuseWhileActing(context.actor);
  const before = await findEndorsement(kit.db.read, endorsementId);
  await refuseUnlessOrganization(kit.call, context, before.organizationId, brokers);
  await refuseOwnCredit(kit.call, context, before.personId);
  return kit.db.transaction((tx) =>
    once(tx, { idempotencyKeys }, { claim: context.claim, clock: kit.clock }, async () => {
      const credit = await lockCredit(tx, before.creditId);
      const endorsement = await lockEndorsement(tx, endorsementId);
      if (bySms && endorsement.version !== bySms.version) throw changedMeanwhile();
      const act = actOf(context, kit.clock());
      const set = { refusal: body.reason, ...noEndorsementTimer };
      const state = await moveEndorsement(tx, act, {
        endorsement,
        step: "refuse",
        role: roleOf(context),
        set,
      });
      await renewDraft(tx, credit.id, act.at);
      await endQuestions(tx, act, [endorsement.approverId], bySms?.personId);
      await tellPeople(tx, act, { kind: "endorsement-settled", id: endorsementId }, toldOf(credit));
      return { endorsementId, state };
    }),
  );
}

const roleOf = ({ actor }: Context) =>
  actor.kind === "person" && actor.operator ? ("operator" as const) : ("provider" as const);

/** Once the lender decided nobody vouches any more: what its borrower takes would have other conditions than they read. */
function refuseTooLate({ state }: CreditRow): void {
  if (!["draft", "submitted", "in_review", "more_asked"].includes(state))
    throw new DomainError("conflict", "too-late", "The lender has decided, or it is over.", {
      details: { state },
    });
}

/** Whoever borrows decides nothing of their own endorsement, and their household learns of none: whose that is. */
async function refuseOwnCredit(
  call: Calling["call"],
  { actor, trace }: Context,
  personId: string | null,
): Promise<string[]> {
  const humans = humansOf(actor);
  if (personId !== null && humans.includes(personId))
    throw new DomainError("forbidden", "own-credit", "Others decide whether to vouch for your credit.");
  const household = await householdOf(call, personId, trace);
  if (household.some((one) => humans.includes(one))) throw noSuchEndorsement();
  return household;
}

async function takePart(
  tx: Transaction,
  context: Context,
  {
    endorsementId,
    organizationId,
    part,
    at,
  }: { endorsementId: string; organizationId: string; part: "proposed" | "approved"; at: Date },
): Promise<void> {
  for (const personId of humansOf(context.actor))
    await notePart(tx, actOf(context, at), {
      noun: "endorsement",
      subjectId: endorsementId,
      part,
      personId,
      organizationId,
    });
}
