import type { HandlerAnswer, HandlerInput } from "@minka/contracts/endpoint";
import type { addBoardSeat, changeBoardSeat, removeBoardSeat } from "@minka/contracts/organizations";
import type { Transaction } from "@minka/database/connect";
import { once } from "@minka/database/once";
import { limaDay } from "@minka/domain/lima-time";
import { actOf, type Act, type Context, type Means } from "@minka/service/act";
import { and, eq } from "@minka/database/query";
import { record } from "../acts.ts";
import { lockOrganization, refuseClosed, type OrganizationRow } from "../memberships/lock-membership.ts";
import { refuseUnlessRole } from "../memberships/organization-rights.ts";
import { boardSeats } from "../organizations/organizations-tables.ts";
import { idempotencyKeys } from "../tables.ts";
import { insertSeat, readSeats, refuseSeat, seatUnknown } from "./seat.ts";

/** Throws `not-your-organization` (403), `seat-wrong` (422), `position-taken` and `organization-closed` (409). */
export async function addSeat(
  { db, clock }: Means,
  context: Context,
  { params: { organizationId }, body }: HandlerInput<typeof addBoardSeat>,
): Promise<HandlerAnswer<typeof addBoardSeat>> {
  const act = actOf(context, clock());
  return db.transaction((tx) =>
    once(tx, { idempotencyKeys }, { claim: context.claim, clock }, async () => {
      const organization = await lockManaged(tx, context, organizationId);
      const seatId = await insertSeat(tx, organization, body);
      await record(tx, act, "board.add", `seat:${seatId}`);
      return { seat: await readSeat(tx, act, organizationId, seatId) };
    }),
  );
}

/** As `addSeat`, and `seat-unknown` (404). */
export async function changeSeat(
  { db, clock }: Means,
  context: Context,
  { params: { organizationId, seatId }, body }: HandlerInput<typeof changeBoardSeat>,
): Promise<HandlerAnswer<typeof changeBoardSeat>> {
  const act = actOf(context, clock());
  return db.transaction(async (tx) => {
    const organization = await lockManaged(tx, context, organizationId);
    const [changed] = await tx
      .update(boardSeats)
      .set(body)
      .where(and(eq(boardSeats.id, seatId), eq(boardSeats.organizationId, organizationId)))
      .returning({ id: boardSeats.id });
    if (!changed) throw seatUnknown();
    await refuseSeat(tx, organization, { ...body, id: seatId });
    await record(tx, act, "board.change", `seat:${seatId}`);
    return { seat: await readSeat(tx, act, organizationId, seatId) };
  });
}

/** Throws `not-your-organization` (403), `seat-unknown` (404). */
export async function removeSeat(
  { db, clock }: Means,
  context: Context,
  { params: { organizationId, seatId } }: HandlerInput<typeof removeBoardSeat>,
): Promise<HandlerAnswer<typeof removeBoardSeat>> {
  const act = actOf(context, clock());
  return db.transaction(async (tx) => {
    await lockManaged(tx, context, organizationId);
    const [removed] = await tx
      .delete(boardSeats)
      .where(and(eq(boardSeats.id, seatId), eq(boardSeats.organizationId, organizationId)))
      .returning({ id: boardSeats.id });
    if (!removed) throw seatUnknown();
    await record(tx, act, "board.remove", `seat:${seatId}`);
    return { removed: true as const };
  });
}

async function lockManaged(
  tx: Transaction,
  { actor }: Context,
  organizationId: string,
): Promise<OrganizationRow> {
  const organization = await lockOrganization(tx, organizationId);
  await refuseUnlessRole(tx, actor, organizationId, ["manager"]);
  refuseClosed(organization);
  return organization;
}

async function readSeat(tx: Transaction, act: Act, organizationId: string, seatId: string) {
  const [seat] = await readSeats(tx, organizationId, limaDay(act.at), seatId);
  if (!seat) throw seatUnknown();
  return seat;
}
