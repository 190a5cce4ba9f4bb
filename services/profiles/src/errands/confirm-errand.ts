import { actorLabel, type Actor } from "@minka/contracts/actor";
import { errandSettled } from "@minka/contracts/errands";
import { emit } from "@minka/database/deliveries";
import type { Transaction } from "@minka/database/connect";
import { newId } from "@minka/database/new-id";
import { DomainError } from "@minka/domain/errors";
import { and, eq, sql } from "@minka/database/query";
import { eraseRefuser, registerNamed, wasErased } from "../acting/named-by-others.ts";
import type { Confirmation, Question, Wording } from "../confirmations/confirmation.ts";
import { lockPeople } from "../people/lock-people.ts";
import { audit, people } from "../tables.ts";
import { errands, type ErrandRow } from "./errands-tables.ts";
import { sayErrand } from "./say-errand.ts";

/** What who is new here agrees to with their SI, by the texts `confirm_errand_new` and `confirm_errand_register`. */
const consentVersion = "sms-errand-2026-11";

/** "May this be asked for you?" The first answer holds: what follows it has begun. */
export const confirmErrand: Confirmation = {
  async readQuestion(queries, id, now): Promise<Question | null> {
    const [found] = await queries
      .select({ row: errands, state: people.state })
      .from(errands)
      .innerJoin(people, eq(people.id, errands.principalId))
      .where(eq(errands.id, id));
    if (!found?.row.principalId || found.row.state !== "asked" || found.row.expiresAt <= now) return null;
    const { row, state } = found;
    const isNew = state === "invited";
    const text = row.need
      ? isNew
        ? "confirm_errand_new"
        : "confirm_errand"
      : isNew
        ? "confirm_errand_register"
        : "confirm_errand_known";
    return {
      personId: found.row.principalId,
      text,
      parameters: await sayErrand(queries, row),
      expiresAt: row.expiresAt,
    };
  },

  async answerQuestion({ db, clock, key }, { actor, trace }, { id, personId, accepted, at }) {
    return db.transaction(async (tx) => {
      const now = clock();
      const [person] = await lockPeople(tx, [personId]);
      const [row] = await tx.select().from(errands).where(eq(errands.id, id)).for("update");
      if (!person && (await wasErased(tx, personId))) return { reply: withoutData(accepted) };
      if (!row?.principalId)
        throw new DomainError("not-found", "confirmation-unknown", "Nothing is asked here.");
      if (row.principalId !== personId)
        throw new DomainError("forbidden", "not-your-question", "Somebody else is asked this.");
      const parameters = await sayErrand(tx, row);
      const settled = standing(row, { at, now });
      if (settled) return { reply: { text: settled, parameters } };
      const by = { at: now, actor: actorLabel(throughHelper(actor, personId, row)), trace };
      const isNew = person?.state === "invited";
      if (accepted && isNew)
        await registerNamed(tx, personId, { ...by, givenAt: at, version: consentVersion });
      if (accepted && !row.need) await fillIn(tx, personId, row);
      await tx
        .update(errands)
        .set({ state: accepted ? "agreed" : "refused", settledAt: now })
        .where(eq(errands.id, id));
      await tx.insert(audit).values({
        ...by,
        id: newId(),
        action: accepted ? "errand.agree" : "errand.refuse",
        subject: `errand:${id}`,
      });
      await emit(tx, errandSettled, { errandId: id }, { at: now, trace });
      if (!accepted && isNew) {
        await eraseRefuser(tx, key, personId, { ...by, refusedAt: at, action: "errand.refuse" });
        return { reply: withoutData(accepted) };
      }
      return { reply: { text: replyTo(row, accepted), parameters } satisfies Wording };
    });
  },
};

/** Both names are recorded: whose it is from now on, and who asked it for them. */
function throughHelper(actor: Actor, personId: string, { helperId, organizationId }: ErrandRow): Actor {
  if (actor.kind !== "service") return actor;
  const through = { personId: helperId, ...(organizationId ? { organizationId } : {}) };
  return { kind: "person", personId, operator: false, through };
}

/** What the helper said of somebody who is here already completes what is known, and changes nothing. */
async function fillIn(tx: Transaction, personId: string, { name, districtCode }: ErrandRow): Promise<void> {
  await tx
    .update(people)
    .set({
      name: sql`coalesce(${people.name}, ${name})`,
      districtCode: sql`coalesce(${people.districtCode}, ${districtCode})`,
    })
    .where(and(eq(people.id, personId), eq(people.state, "active")));
}

function replyTo({ need }: ErrandRow, accepted: boolean): string {
  if (!accepted) return "errand_no";
  return need ? "errand_yes" : "invitation_yes";
}

/** Whoever did not agree to be here is gone, and the question with them: a repeated answer hears the same. */
function withoutData(accepted: boolean): Wording {
  return { text: accepted ? "invitation_gone" : "errand_no_new", parameters: {} };
}

/** How things stand where this answer changes nothing: it comes too late, or twice. */
function standing(row: ErrandRow, { at, now }: { at: Date; now: Date }): string | null {
  if (row.state === "agreed") return "errand_is";
  if (row.state === "refused") return "errand_no";
  return row.state === "lapsed" || row.expiresAt <= at || row.expiresAt <= now ? "errand_over" : null;
}
