import type { Transaction } from "@minka/database/connect";
import { once } from "@minka/database/once";
import { DomainError } from "@minka/domain/errors";
import { actOf, type Act, type Context } from "@minka/service/act";
import { findLot } from "../lots/lock-lot.ts";
import type { LotRow } from "../lots/lots-tables.ts";
import type { Calling } from "../lots/open-lot.ts";
import { refuseUnlessOrganizer } from "../organizers/organizer.ts";
import { idempotencyKeys } from "../tables.ts";
import { findPledge, lockPledge } from "./lock-pledge.ts";
import type { PledgeRow } from "./pledges-tables.ts";

export type Contribution = { readonly lot: LotRow; readonly pledge: PledgeRow };

/**
 * What the organizer's people do with something that was brought, once for its key, with lot and pledge locked.
 * `not-your-organization` (403), `no-such-pledge` (404), `not-collecting` (409) once it is composed.
 */
export async function onContribution<Done>(
  { db, clock, call }: Pick<Calling, "db" | "clock" | "call">,
  context: Context,
  pledgeId: string,
  work: (tx: Transaction, act: Act, contribution: Contribution) => Promise<Done>,
): Promise<Done> {
  const found = await findPledge(db.read, pledgeId);
  await refuseUnlessOrganizer(call, context, await findLot(db.read, found.lotId));
  return db.transaction((tx) =>
    once(tx, { idempotencyKeys }, { claim: context.claim, clock }, async () => {
      const contribution = await lockPledge(tx, pledgeId);
      refuseUnlessCollected(contribution);
      return work(tx, actOf(context, clock()), contribution);
    }),
  );
}

/** While it is open some bring it early; once it is composed a weight would change what was decided. */
function refuseUnlessCollected({ lot, pledge }: Contribution): void {
  const collected = lot.state === "open" || lot.state === "collecting";
  if (!collected || pledge.state !== "open") throw notCollecting(lot);
}

export const notCollecting = ({ state }: LotRow) =>
  new DomainError("conflict", "not-collecting", "This contribution is weighed no more.", {
    details: { state },
  });
