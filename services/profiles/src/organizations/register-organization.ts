import type { HandlerAnswer, HandlerInput } from "@minka/contracts/endpoint";
import type { registerOrganization as contract } from "@minka/contracts/organizations";
import type { Transaction } from "@minka/database/connect";
import { newId } from "@minka/database/new-id";
import { once } from "@minka/database/once";
import { DomainError } from "@minka/domain/errors";
import { limaDay } from "@minka/domain/lima-time";
import { actOf, type Act, type Context, type Means } from "@minka/service/act";
import { and, eq, inArray, isNull, sql } from "@minka/database/query";
import { record } from "../acts.ts";
import { insertSeat } from "../board/seat.ts";
import { refuseUnlessActive } from "../memberships/add-member.ts";
import { lockOrganization } from "../memberships/lock-membership.ts";
import { subjectOf } from "../memberships/settle-membership.ts";
import { refuseUnknownDistrict } from "../people/district.ts";
import { refuseOthers } from "../people/read-person.ts";
import { idempotencyKeys, memberships, organizations } from "../tables.ts";
import { refuseFutureGuideline, refuseTakenRuc } from "./check-entry.ts";
import { viewOrganization } from "./organization-view.ts";
import { writeCertificates } from "./write-certificates.ts";

type Input = HandlerInput<typeof contract>["body"];

/** One person enters so many that nobody has verified yet. */
const unverifiedAtOnce = 5;

/**
 * A person registers what they lead and becomes its manager; an operator verifies it afterwards. Throws
 * `not-your-profile` (403), `chief-needed` (422), `ruc-taken`, `organization-known` and
 * `too-many-unverified` (409).
 */
export async function registerOrganization(
  { db, clock }: Means,
  context: Context,
  input: Input,
): Promise<HandlerAnswer<typeof contract>> {
  refuseOthers(context.actor, input.personId);
  refuseUnknownDistrict(input.districtCode);
  const act = actOf(context, clock());
  refuseFutureGuideline(input.genderGuideline, act.at);
  refuseWithoutChief(input);
  const { personId, board, certificates, genderGuideline, ...entry } = input;
  return db.transaction((tx) =>
    once(tx, { idempotencyKeys }, { claim: context.claim, clock }, async () => {
      await refuseUnlessActive(tx, personId);
      await refuseKnown(tx, input);
      const id = newId();
      await refuseTakenRuc(tx, entry.ruc, id);
      await tx.insert(organizations).values({
        ...entry,
        id,
        crops: entry.crops ?? [],
        genderGuideline: genderGuideline?.text ?? null,
        genderGuidelineOn: genderGuideline?.adoptedOn ?? null,
        confirmedOn: limaDay(act.at),
        registeredBy: personId,
        createdAt: act.at,
      });
      await record(tx, act, "organization.register", `organization:${id}`);
      await foundMembership(tx, act, { organizationId: id, personId });
      const organization = await lockOrganization(tx, id);
      for (const [index, seat] of board.entries()) {
        await insertSeat(tx, organization, seat, `body.board.${index}`);
      }
      await writeCertificates(tx, id, certificates);
      return { organization: await viewOrganization(tx, context.actor, id, act.at) };
    }),
  );
}

/** Who founds an organization is its manager from the first day. */
export async function foundMembership(
  tx: Transaction,
  act: Act,
  founder: { readonly organizationId: string; readonly personId: string },
): Promise<void> {
  const id = newId();
  const today = limaDay(act.at);
  await tx.insert(memberships).values({
    ...founder,
    id,
    role: "manager",
    state: "active",
    origin: "founder",
    since: today,
    roleSince: today,
    trace: act.trace,
  });
  await record(tx, act, "membership.begin", subjectOf({ id }));
}

/** A native community acts through its chief, whom its assembly chose. */
function refuseWithoutChief({ kind, board }: Input): void {
  if (kind !== "native_community" || board.some(({ position }) => position === "chief")) return;
  throw new DomainError("invalid", "chief-needed", "A native community names its chief.", {
    errors: [{ path: "body.board", message: "has no chief" }],
  });
}

/** Two people of one association often register it, each for themself; the second asks to join instead. */
async function refuseKnown(tx: Transaction, { name, districtCode, personId }: Input): Promise<void> {
  await tx.execute(
    sql`select pg_advisory_xact_lock(hashtextextended(${`organizations:${districtCode}`}, 0))`,
  );
  const [known] = await tx
    .select({ id: organizations.id })
    .from(organizations)
    .where(
      and(
        eq(organizations.districtCode, districtCode),
        eq(sql`lower(${organizations.name})`, name.toLowerCase()),
        inArray(organizations.state, ["forming", "active"]),
      ),
    );
  if (known) {
    throw new DomainError(
      "conflict",
      "organization-known",
      "The district has an organization of this name.",
      {
        details: { organizationId: known.id },
        errors: [{ path: "body.name", message: "is an organization's here already" }],
      },
    );
  }
  const unverified = await tx.$count(
    organizations,
    and(
      eq(organizations.registeredBy, personId),
      isNull(organizations.verifiedAt),
      inArray(organizations.state, ["forming", "active"]),
    ),
  );
  if (unverified < unverifiedAtOnce) return;
  throw new DomainError(
    "conflict",
    "too-many-unverified",
    "Wait until an operator has looked at the others.",
  );
}
