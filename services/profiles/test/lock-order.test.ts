import { connectDatabase, type Database } from "@minka/database/connect";
import { sql, type SQL } from "@minka/database/query";
import { expect, onTestFinished, test, vi } from "vitest";
import { farmerPhone, runDelegations } from "./delegation-run.ts";
import { membersOf, runOrganizations } from "./organizations-run.ts";

/** While `lock` is held: does `act` until it waits for it, and returns which of the rows it has not locked before. */
async function freeWhileWaiting(
  owner: Database,
  { lock, act, rows }: { lock: SQL; act: () => Promise<unknown>; rows: readonly [string, string][] },
): Promise<string[]> {
  const [free, acting] = await owner.read.transaction(async (tx) => {
    await tx.execute(lock);
    // In a list, or it would be waited for here.
    const begun = [act()] as const;
    await vi.waitFor(
      async () => {
        const waiting = await tx.execute(sql`select 1 from pg_stat_activity
          where datname = current_database() and wait_event_type = 'Lock'`);
        expect(waiting).toHaveLength(1);
      },
      { timeout: 20_000 },
    );
    const found: string[] = [];
    for (const [table, id] of rows) {
      const [row] = await tx.execute(
        sql`select id from profiles.${sql.identifier(table)} where id = ${id} for update skip locked`,
      );
      if (row) found.push(table);
    }
    return [found, begun];
  });
  await acting[0];
  return free;
}

test("an answer of who belongs waits for an erasure of the person before it holds anything else", async () => {
  const run = await runOrganizations();
  const owner = connectDatabase({ url: run.database.ownerUrl, name: "owner", maxConnections: 1 });
  onTestFinished(async () => {
    await owner.close();
    await run.stop();
  });
  const organization = await run.newOrganization("Asociación Shapaja");
  const person = await run.newPerson("Nilo Pashanasi");
  const { body } = await run.post(organization.manager, membersOf(organization.id), { personId: person.id });
  const { membershipId } = body.membership;
  await run.settle();
  const free = await freeWhileWaiting(owner, {
    lock: sql`select 1 from profiles.people where id = ${person.id} for update`,
    act: () => run.answer({ kind: "membership", id: membershipId, personId: person.id }, true),
    rows: [
      ["organizations", organization.id],
      ["memberships", membershipId],
    ],
  });
  expect(free).toEqual(["organizations", "memberships"]);
});

test("a withdrawal waits for an answer of the same person before it holds a permission", async () => {
  const run = await runDelegations();
  onTestFinished(() => run.stop());
  const { body } = await run.send("POST", "/api/profiles/delegations", run.agent.token, {
    principal: { phone: farmerPhone },
  });
  await run.settle();
  const { delegationId } = body;
  const free = await freeWhileWaiting(run.owner, {
    lock: sql`select pg_advisory_xact_lock(hashtextextended(${`acts for ${run.farmer.personId}`}, 0))`,
    act: () => run.send("POST", `/api/profiles/delegations/${delegationId}/withdrawal`, run.agent.token),
    rows: [["delegations", delegationId]],
  });
  expect(free).toEqual(["delegations"]);
});
