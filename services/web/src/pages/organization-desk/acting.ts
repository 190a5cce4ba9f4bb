import { listDelegations, type Delegation } from "@minka/contracts/acting";
import { z } from "zod";
import * as kinds from "../../forms/field-kinds.ts";
import { actFor } from "../../sessions/sessions.ts";
import { goTo } from "../../visits/destination.ts";
import { action } from "../../visits/page.ts";
import { readDesk, type DeskVisit } from "./own-organization.ts";

/** For whom the organization may act, or has asked to; nobody lends on what they were lent. */
export async function readHeld(visit: DeskVisit) {
  const desk = await readDesk(visit);
  const { organizationId } = visit.params;
  if (visit.person.actedBy) return { desk, items: [], next: null };
  const from = z.uuid().safeParse(visit.query["desde"]);
  const page = await visit.call(listDelegations, {
    query: { side: "held", organizationId, limit: 50, ...(from.success ? { cursor: from.data } : {}) },
  });
  return { desk, ...page };
}
export type Held = Awaited<ReturnType<typeof readHeld>>;

/** Permissions that hold, each with whose it is. */
export const inForce = (items: readonly Delegation[]) =>
  items.flatMap((delegation) =>
    delegation.state === "active" && delegation.principal
      ? [{ ...delegation, principal: delegation.principal }]
      : [],
  );

/** From here on everything is done in the name of who gave the permission, until it is ended. */
export const beginActing = (onward: string) =>
  action(z.object({ persona: kinds.id() }), async (visit: DeskVisit, { persona }) => {
    const { organizationId } = visit.params;
    if (visit.session)
      await actFor(visit.means, visit.session, { personId: persona, organizationId }, visit.trace);
    return goTo(onward);
  });
