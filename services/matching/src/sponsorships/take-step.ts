import type { Answer } from "@minka/contracts/endpoint";
import type { approveSponsorship } from "@minka/contracts/sponsorships";
import type { Transaction } from "@minka/database/connect";
import { once } from "@minka/database/once";
import { DomainError } from "@minka/domain/errors";
import { nextState, type Role } from "@minka/domain/lifecycle";
import { actOf, type Act, type Context } from "@minka/service/act";
import { eq } from "@minka/database/query";
import { record } from "../acting.ts";
import { idempotencyKeys } from "../tables.ts";
import type { Calling } from "./propose-sponsorship.ts";
import { refuseIfNoSponsor, sponsorRole } from "./sponsor-rights.ts";
import { sponsorshipLifecycle, type SponsorshipTransition } from "./sponsorship-lifecycle.ts";
import { findSponsorship, noSuchSponsorship } from "./sponsorship-view.ts";
import { sponsorships, type SponsorshipRow } from "./sponsorships-tables.ts";

/** What begins to promise money: by whoever is still fit to give it. */
const lettingFlow: readonly SponsorshipTransition[] = ["approve", "resume"];

/**
 * Takes a step in a sponsorship's life. What is reserved stays whatever the step. `no-such-sponsorship` (404),
 * `not-your-sponsor` (403), `illegal-transition` (409); `maker-cannot-check` (403) for an approval by who proposed
 * it or answers for it; `not-a-sponsor` (409) where money would flow of who was suspended or left meanwhile.
 */
export async function takeStep(
  { db, clock, call }: Calling,
  context: Context,
  { sponsorshipId, step }: { sponsorshipId: string; step: SponsorshipTransition },
): Promise<Answer<typeof approveSponsorship>> {
  const { actor, trace } = context;
  const before = await findSponsorship(db.read, sponsorshipId);
  const role = await sponsorRole(call, actor, before, trace);
  if (lettingFlow.includes(step)) await refuseIfNoSponsor(call, before, trace);
  return db.transaction((tx) =>
    once(tx, { idempotencyKeys }, { claim: context.claim, clock }, async () => {
      const sponsorship = await lockSponsorship(tx, sponsorshipId);
      if (step === "approve" && actor.kind === "person") refuseMaker(sponsorship, actor.personId);
      const state = await move(tx, actOf(context, clock()), { sponsorship, step, role });
      return { sponsorshipId, state };
    }),
  );
}

/** Makes a transition of a sponsorship whose row is locked. */
export async function move(
  tx: Transaction,
  act: Act,
  { sponsorship, step, role }: { sponsorship: SponsorshipRow; step: SponsorshipTransition; role: Role },
): Promise<SponsorshipRow["state"]> {
  const state = nextState(sponsorshipLifecycle, sponsorship.state, step, role);
  await tx.update(sponsorships).set({ state }).where(eq(sponsorships.id, sponsorship.id));
  await record(tx, act, `sponsorship.${step}`, `sponsorship:${sponsorship.id}`);
  return state;
}

export async function lockSponsorship(tx: Transaction, sponsorshipId: string): Promise<SponsorshipRow> {
  const [row] = await tx.select().from(sponsorships).where(eq(sponsorships.id, sponsorshipId)).for("update");
  if (!row) throw noSuchSponsorship();
  return row;
}

function refuseMaker({ makers, contactPersonId }: SponsorshipRow, personId: string): void {
  if (makers.includes(personId) || contactPersonId === personId)
    throw new DomainError(
      "forbidden",
      "maker-cannot-check",
      "Who proposed a sponsorship or answers for it cannot approve it.",
    );
}
