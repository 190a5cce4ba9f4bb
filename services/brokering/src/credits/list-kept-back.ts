import { refuseWhileActing } from "@minka/contracts/actor";
import type { HandlerAnswer, HandlerInput } from "@minka/contracts/endpoint";
import type { listKeptBackBy as byContract, listKeptBackFor as forContract } from "@minka/contracts/payments";
import type { Context } from "@minka/service/act";
import { and, desc, eq, lt, type SQL } from "@minka/database/query";
import { refuseUnlessOrganization, refuseUnlessProvider } from "../authority.ts";
import { lots } from "../lots/lots-tables.ts";
import { nothingPaid, paidOfEach } from "../payments/paid.ts";
import { cursorOf } from "./cursor.ts";
import { credits, repayments } from "./credits-tables.ts";
import { findKept } from "./kept-back.ts";
import type { Calling } from "./speaker.ts";

/** What organizations owe a lender. `not-your-provider` (403), `cursor-wrong` (422). */
export async function listKeptBackFor(
  kit: Calling,
  context: Context,
  { params: { providerId }, query }: HandlerInput<typeof forContract>,
): Promise<HandlerAnswer<typeof forContract>> {
  refuseWhileActing(context.actor);
  await refuseUnlessProvider(kit.call, context, providerId);
  return listKept(kit, { which: eq(credits.lenderId, providerId), ...query });
}

/** What an organization owes lenders. `not-your-organization` (403), `cursor-wrong` (422). */
export async function listKeptBackBy(
  kit: Calling,
  context: Context,
  { params: { organizationId }, query }: HandlerInput<typeof byContract>,
): Promise<HandlerAnswer<typeof byContract>> {
  refuseWhileActing(context.actor);
  await refuseUnlessOrganization(kit.call, context, organizationId);
  return listKept(kit, { which: eq(lots.organizerId, organizationId), ...query });
}

async function listKept(
  { db }: Calling,
  given: { which: SQL; cursor?: string | undefined; limit: number },
): Promise<HandlerAnswer<typeof forContract>> {
  const before = cursorOf(given.cursor);
  const rows = await findKept(
    db.read,
    and(given.which, before === undefined ? undefined : lt(repayments.id, before)),
  )
    .orderBy(desc(repayments.id))
    .limit(given.limit + 1);
  const page = rows.slice(0, given.limit);
  const paid = await paidOfEach(
    db.read,
    "credit-kept-back",
    page.map(({ kept }) => kept.id),
  );
  return {
    items: page.map(({ kept, lot, credit }) => {
      const { confirmed, back } = paid.get(kept.id) ?? nothingPaid;
      return {
        repaymentId: kept.id,
        creditId: kept.creditId,
        lotId: lot.id,
        organization: { party: { kind: lot.organizerKind, id: lot.organizerId }, name: lot.organizerName },
        lender: { party: { kind: "provider", id: credit.lenderId ?? "" }, name: credit.lenderName },
        keptCentimos: kept.centimos,
        paidCentimos: confirmed - back,
        keptAt: kept.at.toISOString(),
      };
    }),
    next: rows.length > given.limit ? (page.at(-1)?.kept.id ?? null) : null,
  };
}
