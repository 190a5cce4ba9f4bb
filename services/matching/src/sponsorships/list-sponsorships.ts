import type { HandlerAnswer, HandlerInput } from "@minka/contracts/endpoint";
import type {
  listSponsorships as listContract,
  readSponsorship as readContract,
} from "@minka/contracts/sponsorships";
import { DomainError } from "@minka/domain/errors";
import type { Context } from "@minka/service/act";
import { and, arrayContains, desc, eq, lt, or } from "@minka/database/query";
import { z } from "zod";
import type { Calling } from "./propose-sponsorship.ts";
import { isOperator, sponsorRole } from "./sponsor-rights.ts";
import { findSponsorship, sponsorshipView } from "./sponsorship-view.ts";
import { sponsorships } from "./sponsorships-tables.ts";

/**
 * Sponsorships, the newest first. Who is no operator says of which sponsor: `sponsor-missing` (422), and
 * `not-your-sponsor` (403). `cursor-wrong` (422).
 */
export async function listSponsorships(
  { db, call }: Calling,
  { actor, trace }: Pick<Context, "actor" | "trace">,
  { query: { sponsorId, state, kind, cursor, limit } }: HandlerInput<typeof listContract>,
): Promise<HandlerAnswer<typeof listContract>> {
  if (cursor !== undefined && !z.uuid().safeParse(cursor).success)
    throw new DomainError("invalid", "cursor-wrong", "The cursor is not one that a page gave.");
  if (!isOperator(actor)) {
    if (sponsorId === undefined)
      throw new DomainError("invalid", "sponsor-missing", "Say whose sponsorships.", {
        errors: [{ path: "query.sponsorId", message: "is needed" }],
      });
    await refuseUnlessManages({ call }, { actor, trace }, sponsorId);
  }
  const rows = await db.read
    .select()
    .from(sponsorships)
    .where(
      and(
        sponsorId === undefined ? undefined : eq(sponsorships.sponsorId, sponsorId),
        state === undefined ? undefined : eq(sponsorships.state, state),
        // Of an empty list nothing is demanded.
        kind === undefined
          ? undefined
          : or(eq(sponsorships.kinds, []), arrayContains(sponsorships.kinds, [kind])),
        cursor === undefined ? undefined : lt(sponsorships.id, cursor),
      ),
    )
    .orderBy(desc(sponsorships.id))
    .limit(limit + 1);
  const page = rows.slice(0, limit);
  return { items: page.map(sponsorshipView), next: rows.length > limit ? (page.at(-1)?.id ?? null) : null };
}

/** An id says not whether it is a provider's or an organization's: either makes them its manager. */
async function refuseUnlessManages(
  { call }: Pick<Calling, "call">,
  { actor, trace }: Pick<Context, "actor" | "trace">,
  sponsorId: string,
): Promise<void> {
  try {
    await sponsorRole(call, actor, { sponsorKind: "provider", sponsorId }, trace);
  } catch (error) {
    if (!(error instanceof DomainError) || error.category !== "forbidden") throw error;
    await sponsorRole(call, actor, { sponsorKind: "organization", sponsorId }, trace);
  }
}

/** One sponsorship. `no-such-sponsorship` (404), `not-your-sponsor` (403). */
export async function readSponsorship(
  { db, call }: Calling,
  { actor, trace }: Pick<Context, "actor" | "trace">,
  sponsorshipId: string,
): Promise<HandlerAnswer<typeof readContract>> {
  const row = await findSponsorship(db.read, sponsorshipId);
  await sponsorRole(call, actor, row, trace);
  return { sponsorship: sponsorshipView(row) };
}
