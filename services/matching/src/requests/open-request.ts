import { attendedKinds } from "@minka/contracts/attendance";
import type { openRequest as contract } from "@minka/contracts/matching";
import type { Answer, HandlerInput } from "@minka/contracts/endpoint";
import { nudgeAfterCommit, type Transaction } from "@minka/database/connect";
import { newId } from "@minka/database/new-id";
import { once } from "@minka/database/once";
import { DomainError } from "@minka/domain/errors";
import { findDistrict } from "@minka/geography/districts";
import { actOf, type Act, type Context, type Means } from "@minka/service/act";
import { and, count, desc, eq, gt, inArray, sql } from "@minka/database/query";
import { record } from "../acting.ts";
import { idempotencyKeys, requests } from "../tables.ts";
import { attendBy } from "./choose-attendance.ts";
import { lockRequest } from "./lock-request.ts";
import { openStates } from "./request-lifecycle.ts";

/** On a bad line people send the same SMS again: within this, the same need is the same request. */
const repeatMinutes = 10;

/** More than a farm has going on; each may hold a place of a provider. */
const mostOpen = 10;

/**
 * Opens a request and leaves the search to the job `match-request`.
 *
 * The very same need of the same person at the same place, opened within ten minutes and still open,
 * is not opened again: its id is returned, and nothing is written. Another quantity, product or district
 * is another need, and so is another offer that they picked. Whether that one can serve, the search finds out: its
 * provider is then asked at once. Who may come is not: said another way with the very same need, it is changed there.
 *
 * A person opens for themself, or somebody in their name (`not-yours`), by web or API (`wrong-channel`, 422), a service for whoever wrote to
 * it. `district-unknown` (422), `urgency-not-for-this-kind` (422), `not-attended` (422). With ten open already: `too-many-open-requests` (409).
 */
export async function openRequest(
  { db, clock }: Means,
  context: Context,
  { body }: HandlerInput<typeof contract>,
): Promise<Answer<typeof contract>> {
  const { personId, need, districtCode, attendedBy, channel } = body;
  if (context.actor.kind !== "service") {
    const own = context.actor.kind === "person" && context.actor.personId === personId;
    if (!own) throw new DomainError("forbidden", "not-yours", "A person asks for themself.");
    if (channel !== "web" && channel !== "api") {
      throw new DomainError("invalid", "wrong-channel", "A person's own request comes by web or api.", {
        errors: [{ path: "body.channel", message: "must be web or api" }],
      });
    }
  }
  if (need.urgency === "urgent" && need.kind !== "assistance") {
    throw new DomainError("invalid", "urgency-not-for-this-kind", "Only technical assistance is urgent.", {
      errors: [{ path: "body.need.urgency", message: "must be normal, or be left out" }],
    });
  }
  if (attendedBy !== undefined && !attendedKinds.includes(need.kind)) {
    throw new DomainError("invalid", "not-attended", "Nobody comes for such a request.", {
      errors: [{ path: "body.attendedBy", message: "must be left out" }],
    });
  }
  if (!findDistrict(districtCode)) {
    throw new DomainError("invalid", "district-unknown", "No district has this code.", {
      errors: [{ path: "body.districtCode", message: "is not the INEI code of a district" }],
    });
  }
  return db.transaction((tx) =>
    once(tx, { idempotencyKeys }, { claim: context.claim, clock }, async () => {
      const openedThrough =
        context.actor.kind === "person" ? (context.actor.through?.personId ?? null) : null;
      const asked = { ...body, openedThrough };
      const refuse = () => refuseIfTooMany(tx, personId);
      const act = actOf(context, clock());
      const requestId = await putRequest(tx, act, asked, refuse);
      if (attendedBy !== undefined) {
        const { womanOnly } = await lockRequest(tx, requestId);
        if (womanOnly !== (attendedBy === "woman"))
          await attendBy(tx, act, context, { requestId, by: attendedBy });
      }
      return { requestId };
    }),
  );
}

type Asked = HandlerInput<typeof contract>["body"] & {
  /** Who opens it in their name, where somebody does. */
  openedThrough: string | null;
};

/** Writes a request, unless the very same was written just now; `refuse` may still stop a new one. */
export async function putRequest(
  tx: Transaction,
  act: Act,
  { personId, need, districtCode, place, offerId, attendedBy, channel, openedThrough }: Asked,
  refuse: () => Promise<void> = async () => {},
): Promise<string> {
  // Two copies of one SMS at the same moment must see each other: one person opens at a time.
  await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${personId}, 0))`);
  const [same] = await tx
    .select({ id: requests.id })
    .from(requests)
    .where(
      and(
        eq(requests.personId, personId),
        eq(requests.districtCode, districtCode),
        sql`${requests.placeName} is not distinct from ${place?.name ?? null}`,
        sql`${requests.wantedOfferId} is not distinct from ${offerId ?? null}`,
        inArray(requests.state, [...openStates]),
        gt(requests.openedAt, new Date(act.at.getTime() - repeatMinutes * 60_000)),
        sql`${requests.need} = ${JSON.stringify(need)}::jsonb`,
      ),
    )
    .orderBy(desc(requests.id))
    .limit(1);
  if (same) return same.id;
  await refuse();
  const requestId = newId();
  await tx.insert(requests).values({
    id: requestId,
    personId,
    openedThrough,
    kind: need.kind,
    need,
    districtCode,
    placeName: place?.name ?? null,
    placeLatitude: place?.point.latitude ?? null,
    placeLongitude: place?.point.longitude ?? null,
    channel,
    wantedOfferId: offerId ?? null,
    womanOnly: attendedBy === undefined ? null : attendedBy === "woman",
    state: "searching",
    openedAt: act.at,
    round: 0,
    searchRound: 1,
    roundsBefore: 0,
    dueAt: act.at,
    searchAttempts: 0,
    trace: act.trace,
  });
  await record(tx, act, "request.open", `request:${requestId}`);
  nudgeAfterCommit(tx, { service: "matching", job: "match-request", id: requestId, trace: act.trace });
  return requestId;
}

async function refuseIfTooMany(tx: Transaction, personId: string): Promise<void> {
  const [row] = await tx
    .select({ open: count() })
    .from(requests)
    .where(and(eq(requests.personId, personId), inArray(requests.state, [...openStates])));
  if ((row?.open ?? 0) < mostOpen) return;
  throw new DomainError(
    "conflict",
    "too-many-open-requests",
    `${mostOpen} requests of this person are open. Cancel or finish one first.`,
    { details: { open: row?.open, most: mostOpen } },
  );
}
