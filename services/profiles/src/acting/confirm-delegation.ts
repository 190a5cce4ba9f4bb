import { actorLabel } from "@minka/contracts/actor";
import type { Queries, Transaction } from "@minka/database/connect";
import { newId } from "@minka/database/new-id";
import { DomainError } from "@minka/domain/errors";
import { eq } from "@minka/database/query";
import type { Confirmation, Question, Wording } from "../confirmations/confirmation.ts";
import { lockPeople } from "../people/lock-people.ts";
import { audit, organizations, people } from "../tables.ts";
import { delegations, type DelegationRow } from "./acting-tables.ts";
import { endFormerPermission, lockPrincipal, permissionEnd } from "./agree.ts";
import { eraseRefuser, registerNamed, wasErased } from "./named-by-others.ts";

/** So that the question stays one SMS whatever somebody calls themself. */
const longestName = 32;

/** What who is new here agrees to with their SI, by the text `confirm_delegation_new`. */
const consentVersion = "sms-delegation-2026-11";

/** "May this person act for you?" The newest answer holds, so who changes their mind may say so. */
export const confirmDelegation: Confirmation = {
  async readQuestion(queries, id, now): Promise<Question | null> {
    const [found] = await queries
      .select({ row: delegations, state: people.state })
      .from(delegations)
      .innerJoin(people, eq(people.id, delegations.principalId))
      .where(eq(delegations.id, id));
    if (!found) return null;
    const { row, state } = found;
    if (!row.principalId || row.agreedAt || row.refusedAt || row.withdrawnAt || row.expiresAt <= now)
      return null;
    return {
      personId: row.principalId,
      text: state === "invited" ? "confirm_delegation_new" : "confirm_delegation",
      parameters: { delegate: await delegateName(queries, row) },
      expiresAt: row.expiresAt,
    };
  },

  async answerQuestion({ db, clock, key }, { actor, trace }, { id, personId, accepted, at }) {
    return db.transaction(async (tx) => {
      const now = clock();
      const [person] = await lockPeople(tx, [personId]);
      await lockPrincipal(tx, personId);
      const [row] = await tx.select().from(delegations).where(eq(delegations.id, id)).for("update");
      if (!row?.principalId) {
        if (!person && (await wasErased(tx, personId))) return { reply: withoutData(accepted) };
        throw new DomainError("not-found", "confirmation-unknown", "Nothing is asked here.");
      }
      if (row.principalId !== personId)
        throw new DomainError("forbidden", "not-your-question", "Somebody else is asked this.");
      const delegate = await delegateName(tx, row);
      const settled = standing(row, at, now);
      if (settled) return { reply: { text: settled, parameters: { delegate } } };
      const by = { at: now, actor: actorLabel(actor), trace };
      if (person?.state === "invited") {
        if (!accepted) {
          await eraseRefuser(tx, key, personId, { ...by, refusedAt: at, action: "delegation.refuse" });
          return { reply: withoutData(accepted) };
        }
        await registerNamed(tx, personId, { ...by, givenAt: at, version: consentVersion });
      }
      const answer = accepted ? agree : refuse;
      const reply = await answer(tx, { ...row, principalId: personId }, at);
      await tx.insert(audit).values({
        ...by,
        id: newId(),
        action: accepted ? "delegation.agree" : "delegation.refuse",
        subject: `delegation:${id}`,
      });
      return { reply: { text: reply, parameters: { delegate } } satisfies Wording };
    });
  },
};

/** Whoever did not agree to be here is gone, and the question with them: a repeated answer hears the same. */
function withoutData(accepted: boolean): Wording {
  return { text: accepted ? "invitation_gone" : "delegation_refused_new", parameters: {} };
}

/** How things stand where this answer changes nothing: it comes too late, twice, or was overtaken by a newer one. */
function standing(row: DelegationRow, at: Date, now: Date): string | null {
  if (row.withdrawnAt) return "delegation_over";
  if (row.agreedAt && row.agreedAt >= at) return "delegation_agreed";
  if (row.refusedAt && row.refusedAt >= at) return "delegation_refused";
  return row.expiresAt <= at || row.expiresAt <= now ? "delegation_over" : null;
}

type Asked = DelegationRow & { principalId: string };

async function agree(tx: Transaction, row: Asked, at: Date): Promise<string> {
  if (row.agreedAt) return "delegation_agreed";
  await endFormerPermission(tx, { ...row, at });
  await tx
    .update(delegations)
    .set({ agreedAt: at, channel: "sms", refusedAt: null, askedPhone: null, expiresAt: permissionEnd(at) })
    .where(eq(delegations.id, row.id));
  return "delegation_agreed";
}

async function refuse(tx: Transaction, row: Asked, at: Date): Promise<string> {
  await tx
    .update(delegations)
    .set(row.agreedAt ? { withdrawnAt: at } : { refusedAt: at })
    .where(eq(delegations.id, row.id));
  return "delegation_refused";
}

async function delegateName(queries: Queries, row: DelegationRow): Promise<string> {
  const [found] = row.organizationId
    ? await queries
        .select({ name: organizations.name })
        .from(organizations)
        .where(eq(organizations.id, row.organizationId))
    : await queries
        .select({ name: people.name })
        .from(people)
        .where(eq(people.id, row.delegatePersonId ?? ""));
  const name = found?.name ?? "Alguien";
  return name.length <= longestName ? name : `${name.slice(0, longestName - 1).trimEnd()}.`;
}
