import type { EndorsementState } from "@minka/contracts/credit-words";
import type { Queries, Transaction } from "@minka/database/connect";
import { DomainError } from "@minka/domain/errors";
import { nextState, type Lifecycle, type Role } from "@minka/domain/lifecycle";
import type { Act } from "@minka/service/act";
import { and, asc, eq, inArray, sql } from "@minka/database/query";
import { record } from "../acting.ts";
import { endQuestions } from "../telling/end-questions.ts";
import { endorsements, exposureLimits, type EndorsementRow } from "./endorsements-tables.ts";

type EndorsementTransition = "propose" | "approve" | "refuse" | "call" | "recover" | "release";

/** `provider` is the organization, whoever of it may. */
const endorsementLifecycle: Lifecycle<EndorsementState, EndorsementTransition> = {
  propose: { from: ["asked", "proposed"], to: "proposed", by: ["provider", "operator"] },
  approve: { from: ["proposed"], to: "standing", by: ["provider", "operator"] },
  refuse: { from: ["asked", "proposed"], to: "refused", by: ["provider", "operator"] },
  call: { from: ["standing"], to: "called", by: ["timer"] },
  recover: { from: ["called"], to: "standing", by: ["system"] },
  release: { from: ["asked", "proposed", "standing", "called"], to: "released", by: ["system"] },
};

/** Counted towards what the organization vouches for. */
export const vouching = ["standing", "called"] as const satisfies readonly EndorsementState[];

/** Also what the borrower's household is answered: it does not learn of it. */
export const noSuchEndorsement = () =>
  new DomainError("not-found", "no-such-endorsement", "There is no such endorsement.");

export async function findEndorsement(queries: Queries, endorsementId: string): Promise<EndorsementRow> {
  const [row] = await queries.select().from(endorsements).where(eq(endorsements.id, endorsementId));
  if (!row) throw noSuchEndorsement();
  return row;
}

export async function lockEndorsement(tx: Transaction, endorsementId: string): Promise<EndorsementRow> {
  const [row] = await tx.select().from(endorsements).where(eq(endorsements.id, endorsementId)).for("update");
  if (!row) throw noSuchEndorsement();
  return row;
}

/** Takes a step in the life of an endorsement whose row is locked. */
export async function moveEndorsement(
  tx: Transaction,
  act: Act,
  {
    endorsement,
    step,
    role,
    set = {},
  }: {
    endorsement: EndorsementRow;
    step: EndorsementTransition;
    role: Role;
    set?: Partial<typeof endorsements.$inferInsert>;
  },
): Promise<EndorsementState> {
  const state = nextState(endorsementLifecycle, endorsement.state, step, role);
  const waits = state === "asked" || state === "proposed";
  await tx
    .update(endorsements)
    .set({ ...(waits ? {} : { nextStep: null, nextAt: null }), ...set, state })
    .where(eq(endorsements.id, endorsement.id));
  await record(tx, act, `endorsement.${step}`, `endorsement:${endorsement.id}`);
  return state;
}

/** A credit's endorsements in some states, locked by their ids. Its row is locked already. */
function lockEndorsementsOf(
  tx: Transaction,
  creditId: string,
  states: readonly EndorsementState[],
): Promise<EndorsementRow[]> {
  return tx
    .select()
    .from(endorsements)
    .where(and(eq(endorsements.creditId, creditId), inArray(endorsements.state, [...states])))
    .orderBy(asc(endorsements.id))
    .for("update");
}

/** A credit is over, or is another than was vouched for: whoever did so is free. */
export async function releaseEndorsements(
  tx: Transaction,
  act: Act,
  creditId: string,
  states: readonly EndorsementState[] = endorsementLifecycle.release.from,
): Promise<void> {
  const open = await lockEndorsementsOf(tx, creditId, states);
  for (const endorsement of open)
    await moveEndorsement(tx, act, { endorsement, step: "release", role: "system" });
  await endQuestions(
    tx,
    act,
    open.filter(({ state }) => state === "proposed").map(({ approverId }) => approverId),
  );
}

/** A credit's endorsements are called for its arrears, or stand again; which they are. */
export async function turnEndorsements(
  tx: Transaction,
  act: Act,
  { creditId, step }: { creditId: string; step: "call" | "recover" },
): Promise<EndorsementRow[]> {
  const turned = await lockEndorsementsOf(tx, creditId, endorsementLifecycle[step].from);
  const role = step === "call" ? "timer" : "system";
  for (const endorsement of turned) await moveEndorsement(tx, act, { endorsement, step, role });
  return turned;
}

/** What an organization vouches for now and at most, in céntimos. */
export async function exposureOf(queries: Queries, organizationId: string) {
  const [limit] = await queries
    .select({ limitCentimos: exposureLimits.limitCentimos })
    .from(exposureLimits)
    .where(eq(exposureLimits.organizationId, organizationId));
  const [counted] = await queries
    .select({
      exposureCentimos: sql<number>`coalesce(sum(${endorsements.amountCentimos}), 0)::int`,
      standing: sql<number>`count(*)::int`,
      called: sql<number>`count(*) filter (where ${endorsements.state} = 'called')::int`,
    })
    .from(endorsements)
    .where(and(eq(endorsements.organizationId, organizationId), inArray(endorsements.state, [...vouching])));
  return {
    exposureCentimos: counted?.exposureCentimos ?? 0,
    limitCentimos: limit?.limitCentimos ?? 0,
    standing: counted?.standing ?? 0,
    called: counted?.called ?? 0,
  };
}
