import { actorLabel } from "@minka/contracts/actor";
import type { askToAct as contract } from "@minka/contracts/acting";
import { profilesConfirmations } from "@minka/contracts/confirmations";
import type { HandlerInput } from "@minka/contracts/endpoint";
import { emit } from "@minka/database/deliveries";
import type { Database, Transaction } from "@minka/database/connect";
import { newId } from "@minka/database/new-id";
import { once } from "@minka/database/once";
import type { Clock } from "@minka/domain/clock";
import { DomainError } from "@minka/domain/errors";
import type { CallContext } from "@minka/http/mount-endpoint";
import { and, count, eq, gt, isNull, sql } from "@minka/database/query";
import { lockPhone, readHolder } from "../people/phone-holder.ts";
import { personUnknown } from "../people/read-person.ts";
import { audit, idempotencyKeys, people, phones } from "../tables.ts";
import { delegations } from "./acting-tables.ts";
import { isDelegate, type Delegate } from "./agree.ts";
import {
  delegateFor,
  ownName,
  refuseSharedPhone,
  refuseUnverified,
  signedInPerson,
} from "./delegate-rights.ts";

const dayMs = 24 * 60 * 60 * 1000;

/** How long a question waits for its SI. */
const answerDays = 7;
/** Of one asker; an agent who goes from farm to farm does not reach it. */
const mostAsksADay = 30;
/** Of one person, whoever asks: more would be begging. The asker is not told. */
const mostQuestionsADay = 3;
/** Who said no is left alone by the same asker. The asker is not told. */
const quietDays = 30;

type Input = HandlerInput<typeof contract>["body"];
type Context = Pick<CallContext, "actor" | "trace" | "claim">;

/**
 * Asks a person whether somebody may act for them. By phone the answer is the same whoever is or is not there, and
 * so is what the asker sees later, until the person agrees. Throws `not-while-acting`, `not-your-organization`,
 * `organization-unverified`, `name-needed`, `phone-is-yours`, `person-unknown` (by id only: an id is no secret to who has it),
 * `too-many-asks` (429).
 */
export async function askToAct(
  { db, clock }: { db: Database; clock: Clock },
  { actor, trace, claim }: Context,
  { principal, organizationId }: Input,
): Promise<{ delegationId: string; asked: true }> {
  const askedBy = signedInPerson(actor);
  return db.transaction((tx) =>
    once(tx, { idempotencyKeys }, { claim, clock }, async () => {
      const delegate = await delegateFor(tx, askedBy, organizationId);
      await refuseUnverified(tx, delegate);
      if (delegate.delegatePersonId) await ownName(tx, askedBy);
      const question = { ...delegate, askedBy, at: clock(), by: actorLabel(actor), trace };
      const delegationId =
        "phone" in principal
          ? await askPhone(tx, { ...question, phone: principal.phone })
          : await askPerson(tx, { ...question, principalId: principal.personId });
      return { delegationId, asked: true as const };
    }),
  );
}

type Question = Delegate & { askedBy: string; at: Date; by: string; trace: string };

async function askPerson(tx: Transaction, question: Question & { principalId: string }): Promise<string> {
  const { principalId, askedBy } = question;
  if (principalId === askedBy)
    throw new DomainError("invalid", "act-for-yourself", "For yourself you need no permission.");
  const [principal] = await tx
    .select({ id: people.id })
    .from(people)
    .where(and(eq(people.id, principalId), eq(people.state, "active")));
  if (!principal) throw personUnknown();
  const reachedBy = await tx
    .select({ phone: phones.phone })
    .from(phones)
    .where(eq(phones.personId, principalId));
  await refuseSharedPhone(
    tx,
    askedBy,
    reachedBy.map(({ phone }) => phone),
  );
  return ask(tx, { ...question, askedPhone: null });
}

/** Asks whoever is at a phone, if somebody is. */
export async function askPhone(tx: Transaction, question: Question & { phone: string }): Promise<string> {
  const { phone, askedBy } = question;
  await refuseSharedPhone(tx, askedBy, [phone]);
  await lockPhone(tx, phone);
  const holder = await readHolder(tx, phone);
  const [active] = holder
    ? await tx
        .select({ id: people.id })
        .from(people)
        .where(and(eq(people.id, holder.id), eq(people.state, "active")))
    : [];
  return ask(tx, { ...question, principalId: active?.id ?? null, askedPhone: phone });
}

/** Asks whom the asker has just registered at a phone where nobody was. */
export async function askNewcomer(
  tx: Transaction,
  question: Question & { phone: string; principalId: string },
): Promise<string> {
  return ask(tx, { ...question, askedPhone: question.phone, isNew: true });
}

type Asked = Question & { principalId: string | null; askedPhone: string | null; isNew?: boolean };

async function ask(tx: Transaction, asked: Asked): Promise<string> {
  const { askedBy, at, by, principalId, askedPhone, isNew, delegatePersonId, organizationId, trace } = asked;
  await refuseTooManyAsks(tx, askedBy, at);
  const target =
    askedPhone === null
      ? eq(delegations.principalId, principalId ?? "")
      : eq(delegations.askedPhone, askedPhone);
  const [open] = await tx
    .select({ id: delegations.id, principalId: delegations.principalId })
    .from(delegations)
    .where(
      and(
        target,
        isDelegate(asked),
        isNull(delegations.agreedAt),
        isNull(delegations.withdrawnAt),
        gt(delegations.expiresAt, at),
      ),
    );
  if (open) {
    // Asked when nobody was there, of whom the asker registers now: the same question, which has somebody to go to.
    if (open.principalId === null && isNew) {
      await tx.update(delegations).set({ principalId }).where(eq(delegations.id, open.id));
      await emit(tx, profilesConfirmations.asked, { kind: "delegation", id: open.id }, { at, trace });
    }
    return open.id;
  }
  const id = newId();
  const wanted = principalId !== null && (await mayBeAsked(tx, principalId, asked, at));
  await tx.insert(delegations).values({
    id,
    principalId,
    askedPhone,
    delegatePersonId,
    organizationId,
    askedBy,
    askedAt: at,
    expiresAt: new Date(at.getTime() + answerDays * dayMs),
    trace,
  });
  await tx
    .insert(audit)
    .values({ id: newId(), at, actor: by, action: "delegation.ask", subject: `delegation:${id}`, trace });
  if (wanted) await emit(tx, profilesConfirmations.asked, { kind: "delegation", id }, { at, trace });
  return id;
}

/** Throws `too-many-asks`. Until the transaction ends this asker asks no other. */
export async function refuseTooManyAsks(tx: Transaction, askedBy: string, at: Date): Promise<void> {
  await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${`asks to act ${askedBy}`}, 0))`);
  const [asked] = await tx
    .select({ times: count() })
    .from(delegations)
    .where(and(eq(delegations.askedBy, askedBy), gt(delegations.askedAt, new Date(at.getTime() - dayMs))));
  if ((asked?.times ?? 0) < mostAsksADay) return;
  throw new DomainError("too-many", "too-many-asks", `At most ${mostAsksADay} people a day.`, {
    details: { most: mostAsksADay },
  });
}

async function mayBeAsked(tx: Transaction, principalId: string, delegate: Delegate, at: Date) {
  const [asked] = await tx
    .select({
      today: sql<number>`count(*) filter (where asked_at > ${new Date(at.getTime() - dayMs).toISOString()})::int`,
      refused: sql<number>`count(*) filter (where refused_at > ${new Date(at.getTime() - quietDays * dayMs).toISOString()}
        and ${isDelegate(delegate)})::int`,
    })
    .from(delegations)
    .where(eq(delegations.principalId, principalId));
  return (asked?.today ?? 0) < mostQuestionsADay && (asked?.refused ?? 0) === 0;
}
