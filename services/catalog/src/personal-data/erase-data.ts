import { actorLabel } from "@minka/contracts/actor";
import type { HandlerAnswer, HandlerInput } from "@minka/contracts/endpoint";
import type { OfferTerms } from "@minka/contracts/offer-terms";
import type { catalogPersonalData } from "@minka/contracts/personal-data";
import type { Database, Transaction } from "@minka/database/connect";
import { forgetAnswers } from "@minka/database/forget-answers";
import { eraseHoldings } from "@minka/database/holdings";
import { eraseMentions } from "@minka/database/mentions";
import { newId } from "@minka/database/new-id";
import type { Clock } from "@minka/domain/clock";
import { limaDay } from "@minka/domain/lima-time";
import { findDistrict } from "@minka/geography/districts";
import type { CallContext } from "@minka/http/mount-endpoint";
import { and, asc, eq, inArray, isNull, ne, or, sql } from "@minka/database/query";
import { offerVersions } from "../offers/offers-tables.ts";
import { refreshPostings } from "../offers/post-offers.ts";
import type { ProviderRow } from "../providers/provider-rights.ts";
import { providerDecisions, providerGrants, providerStaff } from "../providers/providers-tables.ts";
import { recordAct } from "../providers/record-act.ts";
import { refreshProvider } from "../providers/refresh-provider.ts";
import { currentStaff } from "../providers/staff.ts";
import { forgetTerms } from "../search/forget-terms.ts";
import { idempotencyKeys, offers, providers } from "../tables.ts";
import { eraseFromNames, eraseFromOffers, hadPartIn, readNaming } from "./erase-from-offers.ts";
import { erasedProvider, freeTexts, ownHoldings } from "./own-holdings.ts";

type Contract = (typeof catalogPersonalData)["eraseData"];
type Act = Pick<CallContext, "actor" | "trace"> & { at: Date };

/**
 * Closes what the person offered alone and empties it; a company or an organization goes on with somebody else as
 * its contact person, and is suspended where there is nobody.
 */
export async function eraseData(
  { db, clock }: { db: Database; clock: Clock },
  context: Pick<CallContext, "actor" | "trace">,
  { body: who }: HandlerInput<Contract>,
): Promise<HandlerAnswer<Contract>> {
  const act: Act = { actor: context.actor, trace: context.trace, at: clock() };
  return db.transaction(async (tx) => {
    const naming = await readNaming(tx, who);
    await tx
      .select({ id: providers.id })
      .from(providers)
      .where(or(hadPartIn(who), inArray(providers.id, [...naming.providerIds])))
      .orderBy(asc(providers.id))
      .for("update");
    const theirs = await tx
      .select()
      .from(providers)
      .where(
        sql`${providers.personId} = ${who.personId} or exists (select 1 from ${providerStaff} s
          where s.provider_id = ${providers.id} and s.person_id = ${who.personId} and s.until is null)`,
      )
      .orderBy(asc(providers.id));
    const own = theirs.filter(({ form, personId }) => form === "person" && personId === who.personId);
    for (const provider of own) await closeForGood(tx, act, provider);
    for (const provider of theirs) await leaveStaff(tx, act, provider, who.personId);
    await eraseHoldings(tx, ownHoldings, who);
    await tx.update(providers).set({ phone: null }).where(inArray(providers.phone, who.phones));
    await eraseMentions(tx, freeTexts, who);
    await eraseFromOffers(tx, naming, who);
    const renamed = await eraseFromNames(tx, who);
    for (const id of new Set([...theirs.map((provider) => provider.id), ...renamed]))
      await refreshProvider(tx, id, act.at);
    await refreshPostings(tx, naming.offerIds, act.at);
    const numbers = [...who.documents, ...who.phones.map((phone) => phone.replace(/^\+51/, ""))];
    await forgetTerms(tx, [...who.names, ...own.map(({ name }) => name), ...numbers]);
    await forgetAnswers(tx, idempotencyKeys, who);
    return { done: true, acquaintances: [], providerIds: own.map(({ id }) => id) };
  });
}

async function closeForGood(tx: Transaction, act: Act, provider: ProviderRow): Promise<void> {
  if (provider.state !== "closed") await step(tx, act, provider, "closed");
  await tx
    .update(providerGrants)
    .set({ withdrawnAt: act.at, withdrawnBy: actorLabel(act.actor) })
    .where(and(eq(providerGrants.providerId, provider.id), isNull(providerGrants.withdrawnAt)));
  const theirs = await tx.select().from(offers).where(eq(offers.providerId, provider.id));
  for (const offer of theirs) {
    const terms = withoutPerson(offer.terms, provider.districtCode);
    await tx
      .update(offers)
      .set({ state: "withdrawn", terms, title: "title" in terms ? erasedTitle : null, expiresAt: null })
      .where(eq(offers.id, offer.id));
  }
  const ids = theirs.map(({ id }) => id);
  const versions = await tx.select().from(offerVersions).where(inArray(offerVersions.offerId, ids));
  for (const { offerId, version, terms } of versions) {
    await tx
      .update(offerVersions)
      .set({ terms: withoutPerson(terms, provider.districtCode) })
      .where(and(eq(offerVersions.offerId, offerId), eq(offerVersions.version, version)));
  }
}

async function leaveStaff(tx: Transaction, act: Act, provider: ProviderRow, personId: string): Promise<void> {
  await tx
    .update(providerStaff)
    .set({ until: limaDay(act.at) })
    .where(
      and(
        eq(providerStaff.providerId, provider.id),
        eq(providerStaff.personId, personId),
        isNull(providerStaff.until),
      ),
    );
  if (provider.form === "person" || provider.personId !== personId) return;
  const staff = await currentStaff(tx, provider);
  const next = staff.find(({ role }) => role === "manager") ?? staff[0];
  if (next) {
    await tx.update(providers).set({ personId: next.personId }).where(eq(providers.id, provider.id));
    await recordAct(tx, act, { at: act.at, action: "change-contact", providerId: provider.id });
  } else if (provider.state === "verified" || provider.state === "held")
    await step(tx, act, provider, "suspended");
}

async function step(
  tx: Transaction,
  act: Act,
  { id: providerId, state: from }: ProviderRow,
  to: "closed" | "suspended",
): Promise<void> {
  const { at } = act;
  const transition =
    to === "suspended" ? "suspend" : from === "suspended" || from === "held" ? "expel" : "close";
  await tx.insert(providerDecisions).values({
    id: newId(),
    providerId,
    transition,
    from,
    to,
    by: actorLabel(act.actor),
    at,
    reason: "contact person erased",
  });
  await tx
    .update(providers)
    .set({ state: to, stateSince: at })
    .where(and(eq(providers.id, providerId), ne(providers.state, to)));
  await recordAct(tx, act, { at, action: transition, providerId });
}

/** As long as a title has to be. */
const erasedTitle = erasedProvider;

/** Terms as they were agreed, without the point where an agent lives and without what was written freely. */
function withoutPerson(terms: OfferTerms, districtCode: string): OfferTerms {
  const { note: _, ...rest } = terms;
  const district = findDistrict(districtCode);
  return {
    ...rest,
    ...("title" in rest ? { title: erasedTitle } : {}),
    ...("base" in rest && district ? { base: district.point } : {}),
  };
}
