import type { Actor } from "@minka/contracts/actor";
import { actorLabel } from "@minka/contracts/actor";
import { answeredElsewhere } from "@minka/contracts/answered-elsewhere";
import type { confirmOffer as contract } from "@minka/contracts/catalog";
import type { catalogConfirmations } from "@minka/contracts/confirmations";
import type { HandlerAnswer, HandlerInput } from "@minka/contracts/endpoint";
import { offerSummary } from "@minka/contracts/offer-summary";
import type { OfferTerms } from "@minka/contracts/offer-terms";
import type { Database, Transaction } from "@minka/database/connect";
import { emit } from "@minka/database/deliveries";
import { newId } from "@minka/database/new-id";
import { once } from "@minka/database/once";
import { DomainError } from "@minka/domain/errors";
import { limaDay } from "@minka/domain/lima-time";
import type { CallContext } from "@minka/http/mount-endpoint";
import { word } from "@minka/language/texts";
import type { ServiceKit } from "@minka/service/define-service";
import { eq } from "@minka/database/query";
import type { FreshnessDays } from "../config.ts";
import { lockManagedOffer, offerUnknown } from "../offers/lock-offer.ts";
import { stateAfter } from "../offers/offer-lifecycle.ts";
import { refreshPostings } from "../offers/post-offers.ts";
import { readManagedOrganizations } from "../providers/provider-rights.ts";
import { audit, idempotencyKeys, offers, providers } from "../tables.ts";
import { freshness } from "./freshness-tables.ts";

type Context = Pick<CallContext, "actor" | "trace" | "claim">;
type Question = HandlerAnswer<typeof catalogConfirmations.read>["question"];
type GivenAnswer = HandlerInput<typeof catalogConfirmations.answer>["body"] & { id: string };

const dayMs = 24 * 60 * 60 * 1000;

/** What the contact person is asked; null once the offer is confirmed or no longer published. */
export async function readOfferQuestion(
  db: Database,
  offerId: string,
  { askAgain }: Pick<FreshnessDays, "askAgain">,
): Promise<Question> {
  const [row] = await db.read
    .select({
      terms: offers.terms,
      personId: providers.personId,
      askedAt: freshness.askedAt,
      stage: freshness.stage,
    })
    .from(freshness)
    .innerJoin(offers, eq(offers.id, freshness.offerId))
    .innerJoin(providers, eq(providers.id, offers.providerId))
    .where(eq(freshness.offerId, offerId));
  if (!row?.askedAt) return null;
  return {
    text: row.stage === "hidden" ? "confirm_offer_hidden" : "confirm_offer",
    parameters: { offer: offerName(row.terms) },
    personId: row.personId,
    expiresAt: new Date(row.askedAt.getTime() + askAgain * dayMs).toISOString(),
  };
}

/**
 * SI confirms, and brings a hidden offer back; NO pauses it. A late or repeated answer says how things stand. Throws
 * `offer-unknown` (404) and `not-your-offer` (403) for who is not the provider's contact person.
 */
export async function answerOfferQuestion(
  { db, clock }: Pick<ServiceKit, "db" | "clock">,
  { trace, claim }: Context,
  { id, personId, accepted }: GivenAnswer,
): Promise<HandlerAnswer<typeof catalogConfirmations.answer>> {
  return db.transaction((tx) =>
    once(tx, { idempotencyKeys }, { claim, clock }, async () => {
      const at = clock();
      const { offer, provider } = await lockOffer(tx, id);
      if (provider.personId !== personId) {
        throw new DomainError("forbidden", "not-your-offer", "Somebody else is asked about this offer.");
      }
      const reply = (text: string) => ({ reply: { text, parameters: { offer: offerName(offer.terms) } } });
      if (offer.state === "paused" && !accepted) return reply("confirm_offer_no");
      if (offer.state === "paused") return reply("confirm_offer_paused");
      if (offer.state !== "published") return reply("confirm_offer_gone");
      await (accepted
        ? tx
            .update(offers)
            .set({ confirmedOn: limaDay(at) })
            .where(eq(offers.id, id))
        : tx
            .update(offers)
            .set({ state: stateAfter(offer.state, "pause", "provider") })
            .where(eq(offers.id, id)));
      await refreshPostings(tx, [id], at);
      const actor = actorLabel({ kind: "person", personId, operator: false });
      await writeAudit(tx, {
        at,
        actor,
        action: accepted ? "offer.confirm" : "offer.pause",
        subject: id,
        trace,
      });
      return reply(accepted ? "confirm_offer_yes" : "confirm_offer_no");
    }),
  );
}

/** A manager says that the offer holds today. Throws `offer-unknown`, `not-your-provider`, `illegal-transition` (409). */
export async function confirmOffer(
  { db, clock, call }: Pick<ServiceKit, "db" | "clock" | "call">,
  { actor, trace, claim }: Context & { actor: Actor },
  { params: { offerId } }: HandlerInput<typeof contract>,
): Promise<HandlerAnswer<typeof contract>> {
  const managed = await readManagedOrganizations({ call }, actor, trace);
  return db.transaction((tx) =>
    once(tx, { idempotencyKeys }, { claim, clock }, async () => {
      const at = clock();
      const { offer, provider } = await lockManagedOffer(tx, actor, offerId, managed);
      if (offer.state !== "published") {
        throw new DomainError(
          "conflict",
          "illegal-transition",
          `An offer that is ${offer.state} is not confirmed.`,
          {
            details: { state: offer.state, allowed: [] },
          },
        );
      }
      const confirmedOn = limaDay(at);
      await tx.update(offers).set({ confirmedOn }).where(eq(offers.id, offerId));
      await refreshPostings(tx, [offerId], at);
      await writeAudit(tx, {
        at,
        actor: actorLabel(actor),
        action: "offer.confirm",
        subject: offerId,
        trace,
      });
      const personIds = [provider.personId];
      await emit(tx, answeredElsewhere.catalog, { personIds }, { at, trace });
      return { offerId, confirmedOn };
    }),
  );
}

/** In the order in which everybody locks them: provider, offer. */
async function lockOffer(tx: Transaction, offerId: string) {
  const [found] = await tx
    .select({ providerId: offers.providerId })
    .from(offers)
    .where(eq(offers.id, offerId));
  if (!found) throw offerUnknown();
  const [provider] = await tx
    .select({ personId: providers.personId })
    .from(providers)
    .where(eq(providers.id, found.providerId))
    .for("update");
  const [offer] = await tx.select().from(offers).where(eq(offers.id, offerId)).for("update");
  if (!provider || !offer) throw offerUnknown();
  return { offer, provider };
}

async function writeAudit(tx: Transaction, row: Omit<typeof audit.$inferInsert, "id">): Promise<void> {
  await tx.insert(audit).values({ id: newId(), ...row });
}

const longestName = 40;

/** What the offer is called in an SMS: its title, or what an agent does. */
function offerName(terms: OfferTerms): string {
  const name = offerSummary(terms).title ?? word("kind", terms.kind);
  return name.length <= longestName ? name : `${name.slice(0, longestName - 1).trimEnd()}…`;
}
