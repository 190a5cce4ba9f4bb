import type { HandlerAnswer, HandlerInput } from "@minka/contracts/endpoint";
import type { matchingPersonalData } from "@minka/contracts/personal-data";
import { forgetAnswers } from "@minka/database/forget-answers";
import { limaDay } from "@minka/domain/lima-time";
import { actOf, type Context, type Means } from "@minka/service/act";
import { and, eq, gt, inArray, isNotNull, or, sql } from "@minka/database/query";
import { record, unlessOver } from "../acting.ts";
import { reportOutcome } from "../engagements/report-outcome.ts";
import { answerAsk } from "../matches/answer-ask.ts";
import { leaveList, requestsListing } from "../matches/leave-lists.ts";
import { presences } from "../presence/presence-tables.ts";
import { cancelOpenRequests } from "../requests/cancel-open-requests.ts";
import { forgetPlanned, leaveAsAgent, leaveAsProducer } from "../plans/leave-plans.ts";
import { forgetSponsored } from "../sponsorships/leave-sponsor.ts";
import { engagements, idempotencyKeys, matches, requests } from "../tables.ts";
import { forgetWishes } from "./forget-wishes.ts";

type Contract = (typeof matchingPersonalData)["eraseData"];

/** What an erased provider is called in the history of others. */
const erasedProvider = "Proveedor retirado";

/**
 * The name goes first, so that whatever is told of what follows is told without it. Then every promise ends as it
 * would if the person ended it: their requests are cancelled and the providers told; who had asked them gets the
 * next on the list. Each step is a transaction of its own and changes nothing the second time.
 */
export async function eraseData(
  means: Means,
  context: Pick<Context, "actor" | "trace">,
  { body: who }: HandlerInput<Contract>,
): Promise<HandlerAnswer<Contract>> {
  const { personId, providerIds } = who;
  const own: Context = { ...context, claim: null };
  await means.db.transaction(async (tx) => {
    const named = await tx
      .update(matches)
      .set({ providerName: erasedProvider })
      .where(
        and(
          sql`${matches.providerName} <> ${erasedProvider}`,
          or(
            inArray(matches.providerId, providerIds),
            and(eq(matches.providerPersonId, personId), inArray(matches.providerName, who.names)),
          ),
        ),
      )
      .returning({ id: matches.id });
    await forgetAnswers(tx, idempotencyKeys, who);
    await tx.delete(presences).where(eq(presences.personId, personId));
    if (named.length > 0) await record(tx, actOf(own, means.clock()), "provider.unname", personId);
  });
  await cancelOpenRequests(means, own, personId);
  await forgetHamlets(means, own, personId);
  await forgetWishes(means, own, who);
  const act = actOf(own, means.clock());
  await leaveAsProducer(means, act, personId);
  await leaveAsAgent(means, act, { as: "providerPersonId", id: personId });
  await forgetPlanned(means, act, { personId, providerIds, erasedName: erasedProvider });
  await endAsProvider(means, own, personId);
  await means.db.transaction((tx) =>
    forgetSponsored(tx, actOf(own, means.clock()), { personId, providerIds }),
  );
  return { done: true, providerIds, acquaintances: await acquaintancesOf(means, personId) };
}

/** A hamlet of a few houses says who lives there; the district stays. */
async function forgetHamlets({ db, clock }: Means, context: Context, personId: string): Promise<void> {
  await db.transaction(async (tx) => {
    const forgotten = await tx
      .update(requests)
      .set({ placeName: null, placeLatitude: null, placeLongitude: null })
      .where(and(eq(requests.personId, personId), isNotNull(requests.placeName)))
      .returning({ id: requests.id });
    if (forgotten.length > 0) await record(tx, actOf(context, clock()), "request.unplace", personId);
  });
}

/**
 * Off the lists first, or what they give up could be asked of them again. A visit whose day has come may have taken
 * place: its producer is asked as always.
 */
async function endAsProvider(means: Means, context: Context, personId: string): Promise<void> {
  const { db, clock } = means;
  const leaver = { as: "providerPersonId", id: personId } as const;
  for (const requestId of await requestsListing(db, leaver)) {
    const act = actOf(context, clock());
    await db.transaction((tx) => leaveList(tx, act, { requestId, leaver, role: "provider" }));
  }
  const promised = await db.read
    .select({ id: engagements.id })
    .from(engagements)
    .where(
      and(
        eq(engagements.providerPersonId, personId),
        eq(engagements.state, "agreed"),
        gt(engagements.visitOn, limaDay(clock())),
      ),
    );
  for (const { id } of promised) {
    const body = { outcome: "no_show" as const, by: "provider" as const };
    await unlessOver(() => reportOutcome(means, context, { params: { engagementId: id }, body }));
  }
  const asked = await db.read
    .select({ id: matches.id })
    .from(matches)
    .where(and(eq(matches.providerPersonId, personId), inArray(matches.state, ["asked", "quoted"])));
  for (const { id } of asked) {
    await unlessOver(() => answerAsk(means, context, { params: { matchId: id }, body: { accept: false } }));
  }
}

/** Who asked for them, was offered or was asked: their phones may hold the name. */
async function acquaintancesOf({ db }: Means, personId: string): Promise<string[]> {
  const rows = await db.read
    .selectDistinct({ requester: requests.personId, provider: matches.providerPersonId })
    .from(matches)
    .innerJoin(requests, eq(requests.id, matches.requestId))
    .where(or(eq(requests.personId, personId), eq(matches.providerPersonId, personId)));
  const ids = new Set(rows.flatMap(({ requester, provider }) => [requester, provider]));
  ids.delete(personId);
  return [...ids];
}
