import type { Answer, HandlerInput } from "@minka/contracts/endpoint";
import type { LotDemand, openLot as contract } from "@minka/contracts/lots";
import { readOffer } from "@minka/contracts/offers";
import { newId } from "@minka/database/new-id";
import { once } from "@minka/database/once";
import { DomainError } from "@minka/domain/errors";
import type { Caller } from "@minka/http/caller";
import { actOf, humansOf, type Context } from "@minka/service/act";
import type { ServiceKit } from "@minka/service/define-service";
import { record } from "../acting.ts";
import { idempotencyKeys } from "../tables.ts";
import { tellPeople } from "../telling/tell-people.ts";
import { notePart } from "./lock-lot.ts";
import { contactsOf, membersOf, readOrganizer, refuseUnlessOrganizer } from "../organizers/organizer.ts";
import { conversionsFor, refuseOddLot, stricter } from "./lot-terms.ts";
import { nextLook } from "./lot-waits.ts";
import { lotPoints, lots } from "./lots-tables.ts";

export type Calling = Pick<ServiceKit, "db" | "clock" | "call">;

/**
 * Opens a lot and tells the organization's members, and the buyer whose offer it answers. `organizer-not-active` (409),
 * `not-your-organization`, `not-your-provider` (403), `offer-unknown` (404), `offer-not-for-this` (409),
 * `version-changed` (409), and what is odd in its terms (422).
 */
export async function openLot(
  { db, clock, call }: Calling,
  context: Context,
  { body }: HandlerInput<typeof contract>,
): Promise<Answer<typeof contract>> {
  const { actor, trace } = context;
  const { name, isGroup } = await readOrganizer(call, body.organizer, trace);
  const organizer = {
    organizerKind: body.organizer.kind,
    organizerId: body.organizer.id,
    organizerIsGroup: isGroup,
  };
  await refuseUnlessOrganizer(call, { actor, trace }, organizer);
  const demand = body.demand && (await readDemand(call, body, body.demand, trace));
  refuseOddLot(body, demand, clock());
  const openers = humansOf(actor);
  const members = (await membersOf(call, organizer, trace)).filter((each) => !openers.includes(each));
  const buyer = demand ? await contactsOf(call, demand.providerId, trace) : [];
  const lotId = newId();
  const grams = (kg: number) => Math.round(kg * 1000);
  return db.transaction((tx) =>
    once(tx, { idempotencyKeys }, { claim: context.claim, clock }, async () => {
      const act = actOf(context, clock());
      const [lot] = await tx
        .insert(lots)
        .values({
          id: lotId,
          state: "open",
          ...organizer,
          organizerName: name,
          title: body.title,
          crop: body.crop,
          cropState: body.cropState,
          minimumGrams: grams(body.minimumKg),
          maximumGrams: grams(body.maximumKg),
          limits: stricter(body.limits, demand?.quality ?? {}),
          certificates: [...new Set([...body.certificates, ...(demand?.certificates ?? [])])],
          minimumWomenSharePercent: body.minimumWomenSharePercent,
          pledgeUntil: new Date(body.pledgeUntil),
          collectFrom: body.collectFrom,
          collectUntil: body.collectUntil,
          fairness: body.fairness,
          parts: body.parts,
          minimumPartGrams: Math.min(grams(body.minimumPartKg), grams(body.maximumKg)),
          feeCentimosPerKg: body.feeCentimosPerKg,
          feePercent: body.feePercent,
          expectedCentimosPerKg: body.expectedCentimosPerKg,
          conversions: conversionsFor(body.crop, {
            buyer: demand?.conversions,
            organizer: body.conversions,
          }),
          openToNeighbours: body.openToNeighbours,
          demand,
          buyerId: demand?.providerId ?? null,
          openedAt: act.at,
          lookAt: nextLook(act.at),
          trace,
        })
        .returning();
      if (!lot) throw new Error("a lot that was written is not there");
      await tx.insert(lotPoints).values(body.points.map((point) => ({ id: newId(), lotId, ...point })));
      await record(tx, act, "lot.open", `lot:${lotId}`);
      await notePart(tx, act, { lot, part: "proposed", personIds: openers });
      await tellPeople(tx, act, { kind: "lot-opened", id: lotId }, members);
      await tellPeople(tx, act, { kind: "lot-answers-offer", id: lotId }, buyer);
      return { lotId, state: lot.state };
    }),
  );
}

/** The buyer's offer as it is now, which has to be what whoever opens the lot has read. */
async function readDemand(
  call: Caller,
  { crop }: Pick<HandlerInput<typeof contract>["body"], "crop">,
  { offerId, offerVersion }: { offerId: string; offerVersion: number },
  trace: string,
): Promise<LotDemand> {
  const { offer } = await call(readOffer, { params: { offerId } }, { trace });
  const { terms, provider, version } = offer;
  if (terms.kind !== "purchase" || terms.crop !== crop)
    throw new DomainError("conflict", "offer-not-for-this", "No buyer asks for this crop in that offer.");
  if (version !== offerVersion)
    throw new DomainError("conflict", "version-changed", "The buyer has changed the offer since.", {
      details: { version },
    });
  return {
    offerId,
    offerVersion,
    providerId: provider.id,
    providerName: provider.name,
    title: terms.title,
    state: terms.state,
    minimumKg: terms.minimumKg,
    maximumKg: terms.maximumKg ?? null,
    price: terms.price,
    quality: terms.quality,
    certificates: terms.certificates,
    delivery: terms.delivery,
    ...(terms.conversions ? { conversions: terms.conversions } : {}),
  };
}
