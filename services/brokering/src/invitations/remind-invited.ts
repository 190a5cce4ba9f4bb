import type { Answer, HandlerInput } from "@minka/contracts/endpoint";
import {
  reminderHours,
  type InvitedTo,
  type readInvitation as readContract,
  type remindInvited as remindContract,
} from "@minka/contracts/invitations";
import { contactCards } from "@minka/contracts/profiles";
import { once } from "@minka/database/once";
import { DomainError } from "@minka/domain/errors";
import type { Caller } from "@minka/http/caller";
import { actOf, humansOf, type Context } from "@minka/service/act";
import type { ServiceKit } from "@minka/service/define-service";
import { record } from "../acting.ts";
import { membersOf, refuseUnlessOrganizer } from "../organizers/organizer.ts";
import { idempotencyKeys } from "../tables.ts";
import { tellPeople } from "../telling/tell-people.ts";
import { invitedTo, type Invited } from "./invited-to.ts";

type Calling = Pick<ServiceKit, "db" | "clock" | "call">;

const reminderMs = reminderHours * 60 * 60 * 1000;
const mostNamed = 100;
/** As many as profiles tells of at once. */
const mostCards = 200;

/** Who has not answered, but for who asks. `no-such-pool`, `no-such-lot` (404), `not-your-organization`, `not-your-provider` (403). */
export async function readInvitation(
  { db, clock, call }: Calling,
  context: Context,
  { params: { kind, id } }: HandlerInput<typeof readContract>,
): Promise<Answer<typeof readContract>> {
  const to = invitedTo[kind];
  const invited = await to.find(db.read, id);
  await refuseUnlessOrganizer(call, context, invited);
  const silent = await silentOf({ db, call }, context, { kind, id, invited });
  const next = nextFrom(invited, clock());
  return {
    invitation: {
      silent: silent.length,
      reachable: (await reachableOf(call, silent, context.trace)).length,
      personIds: silent.slice(0, mostNamed),
      reminded: remindedOf(invited),
      nextFrom: next > clock() ? next.toISOString() : null,
    },
  };
}

/**
 * Reminds them. As `readInvitation`, and `pool-closed`, `lot-closed`, `reminded-lately` (409, with when it may be done; being
 * invited counts as well), `nobody-silent` (409).
 */
export async function remindInvited(
  { db, clock, call }: Calling,
  context: Context,
  { params: { kind, id } }: HandlerInput<typeof remindContract>,
): Promise<Answer<typeof remindContract>> {
  const to = invitedTo[kind];
  const before = await to.find(db.read, id);
  await refuseUnlessOrganizer(call, context, before);
  const silent = await silentOf({ db, call }, context, { kind, id, invited: before });
  const reachable = await reachableOf(call, silent, context.trace);
  return db.transaction((tx) =>
    once(tx, { idempotencyKeys }, { claim: context.claim, clock }, async () => {
      const act = actOf(context, clock());
      refuseLately(await to.lockOpen(tx, id, act.at), act.at);
      // Who answered in the meantime knows.
      const answered = new Set(await to.answered(tx, id));
      const told = reachable.filter((each) => !answered.has(each));
      if (told.length === 0)
        throw new DomainError("conflict", "nobody-silent", "Nobody who could be reminded is silent.");
      await to.note(tx, id, { remindedAt: act.at, remindedPeople: told.length });
      await record(tx, act, `${kind}.remind`, `${kind}:${id}`);
      await tellPeople(tx, act, { kind: to.news, id }, told);
      return { reminded: { at: act.at.toISOString(), people: told.length } };
    }),
  );
}

/** Who of the members did not answer: whoever asks needs no reminder, and is not counted either. */
async function silentOf(
  { db, call }: Pick<Calling, "db" | "call">,
  { actor, trace }: Pick<Context, "actor" | "trace">,
  { kind, id, invited }: { kind: InvitedTo; id: string; invited: Invited },
): Promise<string[]> {
  const known = new Set([...(await invitedTo[kind].answered(db.read, id)), ...humansOf(actor)]);
  return (await membersOf(call, invited, trace)).filter((each) => !known.has(each));
}

/** Who of these has a phone, and has not said that they want no messages. */
async function reachableOf(call: Caller, personIds: readonly string[], trace: string): Promise<string[]> {
  const found: string[] = [];
  for (let from = 0; from < personIds.length; from += mostCards) {
    const body = { personIds: personIds.slice(from, from + mostCards) };
    const { contacts } = await call(contactCards, { body }, { trace });
    for (const { personId, withdrawn } of contacts) if (!withdrawn) found.push(personId);
  }
  return found;
}

/** Who is still being invited has just heard of it. */
function nextFrom({ remindedAt, openedAt, inviting = null }: Invited, now: Date): Date {
  const lately = remindedAt ?? (inviting === null ? openedAt : now);
  return new Date(lately.getTime() + reminderMs);
}

function remindedOf({ remindedAt, remindedPeople }: Invited) {
  return remindedAt && { at: remindedAt.toISOString(), people: remindedPeople ?? 0 };
}

function refuseLately(invited: Invited, now: Date): void {
  const next = nextFrom(invited, now);
  if (next > now)
    throw new DomainError("conflict", "reminded-lately", "They were written to a short while ago.", {
      details: { nextFrom: next.toISOString() },
    });
}
