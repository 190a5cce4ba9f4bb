import { refuseWordless } from "@minka/contracts/actor";
import type { HandlerAnswer, HandlerInput } from "@minka/contracts/endpoint";
import type { askCredit as contract } from "@minka/contracts/credits";
import { readOrganization } from "@minka/contracts/organizations";
import { readPerson } from "@minka/contracts/profiles";
import { listOwnProviders } from "@minka/contracts/providers";
import { newId } from "@minka/database/new-id";
import { once } from "@minka/database/once";
import { DomainError } from "@minka/domain/errors";
import { actOf, humansOf, type Context } from "@minka/service/act";
import { record } from "../acting.ts";
import { brokers, hasRole, refuseUnlessOrganization } from "../authority.ts";
import { notePart } from "../decision-makers/note-part.ts";
import { idempotencyKeys } from "../tables.ts";
import { askPerson } from "../telling/asking.ts";
import { timerOf } from "./credit-timer.ts";
import { consents, credits } from "./credits-tables.ts";
import { signedContract } from "./signed-contract.ts";
import { refuseToDeclare, speakerOf, type Calling, type Speaker } from "./speaker.ts";

type Body = HandlerInput<typeof contract>["body"];
type Borrower<Kind> = Extract<Body["borrower"], { kind: Kind }>;
type Origin = Pick<
  typeof credits.$inferInsert,
  | "kind"
  | "personId"
  | "organizationId"
  | "contactId"
  | "way"
  | "originatorId"
  | "originatorOrganizationId"
  | "interest"
  | "makers"
  | "lotContractId"
  | "contractCentimos"
  | "districtCode"
>;

/**
 * Begins a credit as a draft, of which nobody else hears. Where a broker or an agent asks for a person, that person is
 * asked first. `not-yours` (403), `not-your-organization` (403), `not-a-member` (409), `interest-missing` (422),
 * `contract-not-signed` (409), `district-missing` (422), `not-theirs-to-declare` (422).
 */
export async function askCredit(
  kit: Calling,
  context: Context,
  { body }: HandlerInput<typeof contract>,
): Promise<HandlerAnswer<typeof contract>> {
  const speaker = speakerOf(context, body.personId);
  const { borrower } = body;
  const origin =
    borrower.kind === "person"
      ? await personBorrows(kit, context, { speaker, borrower, districtCode: body.districtCode })
      : await organizationBorrows(kit, context, { speaker, borrower });
  const { amountCentimos, months, purpose, crop = null, declared } = body;
  if (origin.way !== "self") refuseToDeclare(declared);
  return kit.db.transaction((tx) =>
    once(tx, { idempotencyKeys }, { claim: context.claim, clock: kit.clock }, async () => {
      const at = kit.clock();
      const act = actOf(context, at);
      const creditId = newId();
      await tx.insert(credits).values({
        id: creditId,
        state: "draft",
        ...origin,
        ...timerOf("draft", at),
        amountCentimos,
        months,
        purpose,
        crop,
        declared: [...new Set(declared)],
        createdAt: at,
        trace: act.trace,
      });
      await record(tx, act, "credit.ask", `credit:${creditId}`);
      if (origin.way !== "self") {
        await tx.insert(consents).values({ creditId, consent: "origination", given: null, askedAt: at });
        await askPerson(tx, act, { kind: "credit-origination", id: creditId });
      }
      if (borrower.kind === "organization")
        await notePart(tx, act, {
          noun: "credit",
          subjectId: creditId,
          part: "proposed",
          personId: speaker.personId,
          organizationId: borrower.organizationId,
        });
      return { creditId, state: "draft" as const };
    }),
  );
}

async function personBorrows(
  { call }: Calling,
  { trace }: Context,
  {
    speaker,
    borrower,
    districtCode,
  }: { speaker: Speaker; borrower: Borrower<"person">; districtCode: string | undefined },
): Promise<Origin> {
  const { personId } = borrower;
  refuseWordless(speaker, personId);
  const self = speaker.operator || speaker.personId === personId;
  const through = self ? selfAsks : await asksFor(call, { speaker, trace }, borrower);
  const { person } = await call(readPerson, { params: { personId } }, { trace });
  const where = districtCode ?? person.districtCode;
  if (!where)
    throw new DomainError("invalid", "district-missing", "Where the borrower is, is not known.", {
      errors: [{ path: "body.districtCode", message: "is needed" }],
    });
  return { kind: "personal", personId, contactId: personId, makers: [], districtCode: where, ...through };
}

const selfAsks = { way: "self" } as const;

/** A broker asks for a member of their organization, an agent for whom they serve. */
async function asksFor(
  call: Calling["call"],
  { speaker, trace }: { speaker: Speaker; trace: string },
  { personId, organizationId, interest }: Borrower<"person">,
): Promise<Pick<Origin, "way" | "originatorId" | "originatorOrganizationId" | "interest">> {
  if (organizationId !== undefined) {
    await refuseUnlessOrganization(call, { actor: speaker, trace }, organizationId);
    const roles = ["member", "delegate", "broker", "manager"] as const;
    if (!(await hasRole(call, trace, { personId, organizationId, roles })))
      throw new DomainError("conflict", "not-a-member", "They are no member of this organization.");
    return { way: "broker", originatorId: speaker.personId, originatorOrganizationId: organizationId };
  }
  const { providers } = await call(listOwnProviders, { params: { personId: speaker.personId } }, { trace });
  const isAgent = providers.some(
    ({ kinds, as, state }) => kinds.includes("agent") && as !== "granted" && state === "verified",
  );
  if (!isAgent) throw new DomainError("forbidden", "not-yours", "Credit is asked for oneself.");
  if (interest === undefined)
    throw new DomainError("invalid", "interest-missing", "Say what you have of it yourself.", {
      errors: [{ path: "body.borrower.interest", message: "is needed of an agent" }],
    });
  return { way: "agent", originatorId: speaker.personId, interest };
}

async function organizationBorrows(
  { call, db }: Calling,
  context: Context,
  { speaker, borrower }: { speaker: Speaker; borrower: Borrower<"organization"> },
): Promise<Origin> {
  const { trace } = context;
  const { organizationId, use, lotContractId = null } = borrower;
  await refuseUnlessOrganization(call, { actor: speaker, trace }, organizationId, brokers);
  const { organization } = await call(readOrganization, { params: { organizationId } }, { trace });
  const contract = lotContractId === null ? null : await signedContract(db.read, lotContractId);
  if (lotContractId !== null && contract?.organizationId !== organizationId)
    throw new DomainError("conflict", "contract-not-signed", "There is no such contract that both signed.");
  return {
    kind: use,
    organizationId,
    contactId: speaker.personId,
    way: "self",
    makers: humansOf(speaker),
    lotContractId,
    contractCentimos: contract?.centimos ?? null,
    districtCode: organization.districtCode,
  };
}
