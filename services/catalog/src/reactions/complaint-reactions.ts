import {
  complaintLifted,
  complaintRaised,
  listComplaints,
  readComplaint,
  type ComplaintState,
} from "@minka/contracts/complaints";
import { on, type EventHandler, type ServiceKit } from "@minka/service/define-service";
import { and, eq } from "@minka/database/query";
import { holdProvider, releaseHeldProvider } from "../providers/hold-provider.ts";
import { providers } from "../tables.ts";

const actor = { kind: "service", service: "matching" } as const;

/**
 * Who is complained of is found by nobody until an operator has looked; once nothing holds them any more they are
 * found again. One that is settled already, or is about another by now, holds nobody.
 */
export function complaintReactions(kit: ServiceKit): EventHandler[] {
  return [
    on(complaintRaised, async ({ payload: { complaintId, providerId }, trace, once }) => {
      const { complaint } = await kit.call(readComplaint, { params: { complaintId } }, { trace });
      if (complaint.state !== "raised" || complaint.providerId !== providerId) return;
      await once((tx) => holdProvider(tx, { actor, trace }, { providerId, complaintId, at: kit.clock() }));
      // Settled or moved in between: whoever was to lift it found nobody held.
      await lift(kit, { providerId, complaintId, trace });
    }),
    on(complaintLifted, async ({ payload: { complaintId, providerId }, trace }) => {
      await lift(kit, { providerId, complaintId, trace });
    }),
  ];
}

type Lifting = { providerId: string; complaintId: string; trace: string };

async function lift(kit: ServiceKit, { providerId, complaintId, trace }: Lifting): Promise<void> {
  const [held] = await kit.db.read
    .select({ since: providers.stateSince })
    .from(providers)
    .where(and(eq(providers.id, providerId), eq(providers.state, "held")));
  if (!held || (await isHeldFor(kit, { providerId, since: held.since, trace }))) return;
  const cause = { providerId, complaintId, at: kit.clock() };
  await kit.db.transaction((tx) =>
    releaseHeldProvider(tx, { actor, trace }, { ...cause, heldSince: held.since }),
  );
  // One that came meanwhile found the provider held, and added nothing.
  if (await isHeldFor(kit, { providerId, since: held.since, trace }))
    await kit.db.transaction((tx) => holdProvider(tx, { actor, trace }, { ...cause, at: kit.clock() }));
}

/** Whether a complaint is open for which it is held, or was upheld during this hold: what follows is an operator's. */
async function isHeldFor(
  { call }: ServiceKit,
  { providerId, since, trace }: { providerId: string; since: Date; trace: string },
): Promise<boolean> {
  const any = async (state: ComplaintState): Promise<boolean> => {
    const { items } = await call(listComplaints, { query: { state, providerId, limit: 100 } }, { trace });
    return items.some(
      ({ holds, settledAt }) => holds && (state === "raised" || (settledAt ?? "") >= since.toISOString()),
    );
  };
  return (await any("raised")) || (await any("upheld"));
}
