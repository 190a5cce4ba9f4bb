import { engagementInDoubt } from "@minka/contracts/events";
import { nudgeAfterCommit, type Transaction } from "@minka/database/connect";
import { emit } from "@minka/database/deliveries";
import { limaDay } from "@minka/domain/lima-time";
import type { Act, Means } from "@minka/service/act";
import { and, asc, eq, gte, inArray, sql } from "@minka/database/query";
import { lockRequestOfMatch } from "../requests/lock-request.ts";
import { engagements, requests } from "../tables.ts";
import { leaveList, requestsListing, type Leaver } from "./leave-lists.ts";
import { passOn } from "./pass-on.ts";
import { isOpenAsk } from "./withdraw-asked.ts";

/**
 * Whoever was suspended, closed or went away is asked for nothing any more: they are off every list, and what they
 * are being asked goes to the next, without harm to their standing. What they had agreed to stays. A transaction for
 * each list and each ask; again, it changes nothing.
 */
export async function releaseProvider({ db }: Pick<Means, "db">, act: Act, leaver: Leaver): Promise<void> {
  await db.transaction((tx) => searchAfresh(tx));
  for (const requestId of await requestsListing(db, leaver)) {
    const { all } = await db.transaction((tx) => leaveList(tx, act, { requestId, leaver, role: "system" }));
    // Of an urgent request several may be theirs, and each takes locks down to the last.
    for (const { id } of all.filter((each) => isOpenAsk(each) && each[leaver.as] === leaver.id))
      await db.transaction(async (tx) => {
        const passing = await lockRequestOfMatch(tx, id);
        if (isOpenAsk(passing.match)) await passOn(tx, act, { ...passing, role: "system", cause: "left" });
      });
  }
}

/** Whoever rests is proposed to nobody any more. What they are being asked stays, and so does what they agreed to. */
export async function unlistProvider({ db }: Pick<Means, "db">, act: Act, leaver: Leaver): Promise<void> {
  await db.transaction((tx) => searchAfresh(tx));
  for (const requestId of await requestsListing(db, leaver))
    await db.transaction((tx) => leaveList(tx, act, { requestId, leaver, role: "system" }));
}

/**
 * A search that is under way may have found them before catalog knew: its result is not used, and it is made again.
 * One that has just been written is waited for, and seen by who looks afterwards.
 */
async function searchAfresh(tx: Transaction): Promise<void> {
  const searching = await tx
    .select({ id: requests.id, trace: requests.trace })
    .from(requests)
    .where(eq(requests.state, "searching"))
    .orderBy(asc(requests.id))
    .for("update");
  if (searching.length === 0) return;
  const ids = searching.map(({ id }) => id);
  await tx
    .update(requests)
    .set({ searchAttempts: sql`${requests.searchAttempts} + 1` })
    .where(inArray(requests.id, ids));
  for (const { id, trace } of searching)
    nudgeAfterCommit(tx, { service: "matching", job: "match-request", id, trace });
}

/** Visits that they agreed to and that are still to come: an operator calls both sides. */
export async function doubtVisits(tx: Transaction, act: Act, leaver: Leaver): Promise<void> {
  const coming = await tx
    .select()
    .from(engagements)
    .where(
      and(
        eq(engagements[leaver.as], leaver.id),
        eq(engagements.state, "agreed"),
        gte(engagements.visitOn, limaDay(act.at)),
      ),
    )
    .orderBy(asc(engagements.id));
  for (const { id, requestId, matchId } of coming)
    await emit(tx, engagementInDoubt, { requestId, matchId, engagementId: id }, act);
}
