import type { Answer, HandlerInput } from "@minka/contracts/endpoint";
import type { runErrand as contract } from "@minka/contracts/errands";
import { profilesConfirmations } from "@minka/contracts/confirmations";
import { emit } from "@minka/database/deliveries";
import type { Database, Transaction } from "@minka/database/connect";
import { newId } from "@minka/database/new-id";
import { once } from "@minka/database/once";
import type { Clock } from "@minka/domain/clock";
import { DomainError } from "@minka/domain/errors";
import type { Caller } from "@minka/http/caller";
import { actOf, type Act, type Context } from "@minka/service/act";
import { and, eq, gt, sql } from "@minka/database/query";
import { record } from "../acts.ts";
import { refuseSharedPhone } from "../acting/delegate-rights.ts";
import { findRefusals, neverUsed, type RefusalKey } from "../invitations/refusals.ts";
import { refuseUnknownDistrict } from "../people/district.ts";
import { lockPhone, readHolder } from "../people/phone-holder.ts";
import { idempotencyKeys, people, phones } from "../tables.ts";
import { errands } from "./errands-tables.ts";
import { readHelper, type Helper } from "./helper-rights.ts";

const dayMs = 24 * 60 * 60 * 1000;

/** How long the question waits for its SI. */
const answerDays = 3;
/** Of one helper. */
const mostErrandsADay = 20;
/** Of one person, whoever asks: more would be begging. The helper is not told. */
const mostQuestionsADay = 3;
/** Who said no is left alone by the same helper. */
const quietDays = 30;

type Body = HandlerInput<typeof contract>["body"];
type Means = { db: Database; clock: Clock; call: Caller; key: RefusalKey };

/**
 * Asks a phone's owner, known or not, whether a helper may ask this for them. Who is new here is only invited, and
 * erased by a NO or by silence. At a phone where somebody refused nobody is asked, and the helper is not told: what
 * this answers, and what the helper hears later, says nothing of who is known.
 */
export async function runErrand(
  { db, clock, call, key }: Means,
  context: Context,
  { body }: HandlerInput<typeof contract>,
): Promise<Answer<typeof contract>> {
  refuseUnknownDistrict(body.districtCode);
  const helper = await readHelper({ read: db.read, call }, body.helperPersonId, context.trace);
  return db.transaction((tx) =>
    once(tx, { idempotencyKeys }, { claim: context.claim, clock }, async () => {
      const act = actOf(context, clock());
      await refuseSharedPhone(tx, helper.id, [body.phone]);
      await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${`errands ${helper.id}`}, 0))`);
      const phoneHash = key.refusalHash(body.phone);
      await refuseRepeated(tx, helper, { phoneHash, need: body.need }, act.at);
      await lockPhone(tx, body.phone);
      const principalId = await whomToAsk(tx, key, body, act);
      const wanted = principalId !== null && (await mayBeAsked(tx, principalId, act.at));
      const errand = {
        id: newId(),
        helperId: helper.id,
        organizationId: helper.organization?.id ?? null,
        principalId,
        phoneHash,
        phoneEnding: body.phone.slice(-3),
        name: body.name ?? null,
        districtCode: body.districtCode,
        need: body.need ?? null,
        state: "asked" as const,
        askedAt: act.at,
        expiresAt: new Date(act.at.getTime() + answerDays * dayMs),
        trace: act.trace,
      };
      await tx.insert(errands).values(errand);
      await record(tx, { ...act, by: byHelper(helper) }, "errand.ask", `errand:${errand.id}`);
      if (wanted) await emit(tx, profilesConfirmations.asked, { kind: "errand", id: errand.id }, act);
      return { errandId: errand.id, expiresAt: errand.expiresAt.toISOString() };
    }),
  );
}

/** The service passes on what the helper wrote: the audit names the helper. */
function byHelper({ id, organization }: Helper): string {
  return `person:${id}${organization ? ` of organization:${organization.id}` : ""}`;
}

/** Throws `too-many-errands`, `already-asked` and `said-no`: all of them things that the helper knows. */
async function refuseRepeated(
  tx: Transaction,
  helper: Helper,
  { phoneHash, need }: { phoneHash: string; need: Body["need"] },
  at: Date,
): Promise<void> {
  const since = (days: number) => new Date(at.getTime() - days * dayMs);
  const recent = await tx
    .select()
    .from(errands)
    .where(and(eq(errands.helperId, helper.id), gt(errands.askedAt, since(quietDays + answerDays))));
  const here = recent.filter((errand) => errand.phoneHash === phoneHash);
  const refused = here.find(
    ({ state, settledAt }) => state === "refused" && settledAt && settledAt > since(quietDays),
  );
  if (refused?.settledAt) {
    const until = new Date(refused.settledAt.getTime() + quietDays * dayMs).toISOString();
    throw new DomainError("conflict", "said-no", "They said no to this helper.", { details: { until } });
  }
  const waits = here.some(
    (errand) =>
      errand.state === "asked" &&
      errand.expiresAt > at &&
      JSON.stringify(sorted(errand.need)) === JSON.stringify(sorted(need ?? null)),
  );
  if (waits)
    throw new DomainError("conflict", "already-asked", "They have been asked this, and may still answer.");
  if (recent.filter(({ askedAt }) => askedAt > since(1)).length < mostErrandsADay) return;
  throw new DomainError("too-many", "too-many-errands", `At most ${mostErrandsADay} a day.`, {
    details: { most: mostErrandsADay },
  });
}

/** As the database gives an object back, its keys are in an order of its own. */
function sorted(need: object | null): unknown {
  return need && Object.entries(need).toSorted(([a], [b]) => (a < b ? -1 : 1));
}

/** Who answers for the phone; somebody new is only invited. Null at a phone where somebody refused. */
async function whomToAsk(tx: Transaction, key: RefusalKey, body: Body, act: Act): Promise<string | null> {
  const holder = await readHolder(tx, body.phone);
  if (holder) return holder.id;
  const nobody = { phone: body.phone, dni: null };
  const hasRefused = await findRefusals(tx, key, [nobody]);
  if (hasRefused(nobody)) return null;
  const id = newId();
  const { name = null, districtCode, phone } = body;
  await tx
    .insert(people)
    .values({ id, name, districtCode, state: "invited", createdAt: act.at, updatedAt: act.at });
  await tx.insert(phones).values({ phone, personId: id, linkedAt: act.at, usedAt: neverUsed });
  await record(tx, act, "person.invite", id);
  return id;
}

async function mayBeAsked(tx: Transaction, principalId: string, at: Date): Promise<boolean> {
  const today = await tx.$count(
    errands,
    and(eq(errands.principalId, principalId), gt(errands.askedAt, new Date(at.getTime() - dayMs))),
  );
  return today < mostQuestionsADay;
}
