import { setTimeout as pause } from "node:timers/promises";
import { connectDatabase } from "@minka/database/connect";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { countRows, readRows, runImports, type ImportsRun } from "./imports-run.ts";
import { memberList, toCsv } from "./member-lists.ts";

let run: ImportsRun;
let from = 50_000;
let organization: Awaited<ReturnType<ImportsRun["verifiedOrganization"]>>;
let importId: string;
beforeAll(async () => {
  run = await runImports();
});
beforeEach(async () => {
  organization = await run.verifiedOrganization();
  const checked = await run.check(organization, toCsv(memberList(20, (from += 100))));
  expect(checked.errors).toEqual([]);
  importId = checked.importId;
});
afterAll(() => run.stop());

const stateNow = async () => (await run.status(organization.manager, organization.id, importId)).state;
const invitedNow = () =>
  countRows(run, `memberships where organization_id = '${organization.id}' and origin = 'imported'`);

/** Starts the loading and holds it up when it has written people and comes to the invitations. */
async function startAndHold(work: (holder: number) => Promise<void>): Promise<void> {
  const db = connectDatabase({ url: run.database.url("profiles"), name: "holds-up" });
  try {
    await db.sql.begin(async (tx) => {
      await tx`lock table profiles.invitations in share row exclusive mode`;
      expect((await run.start(organization.manager, organization.id, importId)).status).toBe(200);
      await work(await waitingBackend());
    });
  } finally {
    await db.close();
  }
}

async function waitingBackend(): Promise<number> {
  for (;;) {
    const [waiting] = await readRows(
      run,
      "select pid from pg_locks where not granted and relation = 'profiles.invitations'::regclass",
    );
    if (waiting) return Number(waiting["pid"]);
    await pause(20);
  }
}

test("a load that the database breaks off half-way leaves nothing, and is taken up again", async () => {
  await startAndHold(async (holder) => {
    await readRows(run, `select pg_cancel_backend(${holder})`);
  });
  await run.settle();
  expect(await stateNow()).toBe("loading");
  expect(await invitedNow()).toBe(0);
  run.clock.advance({ minutes: 1 });
  await run.settle();
  expect(await stateNow()).toBe("done");
  expect(await invitedNow()).toBe(20);
});

test("a load that is given up half-way leaves nothing", async () => {
  const before = await countRows(run, "people where state = 'invited'");
  await startAndHold(async () => {
    const cancelled = await run.post(
      organization.manager,
      `${run.base(organization.id)}/imports/${importId}/cancel`,
    );
    expect(cancelled.body.import.state).toBe("cancelled");
  });
  await run.settle();
  expect(await stateNow()).toBe("cancelled");
  expect(await invitedNow()).toBe(0);
  expect(await countRows(run, "people where state = 'invited'")).toBe(before);
});

test("what a process that died had taken is left alone while its lease lasts, then done once", async () => {
  const dueAt = new Date(run.clock().getTime() + 60_000).toISOString();
  await readRows(
    run,
    `update profiles.imports set state = 'loading', attempts = 1, holder = gen_random_uuid(), due_at = '${dueAt}' where id = '${importId}'`,
  );
  await run.settle();
  expect(await stateNow()).toBe("loading");
  expect(await invitedNow()).toBe(0);
  run.clock.advance({ seconds: 60 });
  await run.settle();
  expect(await stateNow()).toBe("done");
  expect(await invitedNow()).toBe(20);
});

test("a load at which the process dies again and again is given up, and its rows are forgotten", async () => {
  const dueAt = run.clock().toISOString();
  await readRows(
    run,
    `update profiles.imports set state = 'loading', attempts = 5, holder = gen_random_uuid(), due_at = '${dueAt}' where id = '${importId}'`,
  );
  await run.settle();
  expect(await stateNow()).toBe("failed");
  expect(await invitedNow()).toBe(0);
  expect(await countRows(run, `imports where id = '${importId}' and content is not null`)).toBe(0);
});

test("who registers at a phone while it is loaded is the one who is asked", async () => {
  const [row] = memberList(1, from);
  const phone = `+51${row?.[2]}`;
  const at = run.clock().toISOString();
  const id = "0199aaaa-0000-7000-8000-000000000001";
  const db = connectDatabase({ url: run.database.url("profiles"), name: "registers" });
  try {
    await db.sql.begin(async (tx) => {
      await tx`select pg_advisory_xact_lock(hashtextextended(${phone}, 0))`;
      await tx`insert into profiles.people (id, created_at, updated_at) values (${id}, ${at}, ${at})`;
      await tx`insert into profiles.phones (phone, person_id, linked_at, used_at)
        values (${phone}, ${id}, ${at}, ${at})`;
      await run.start(organization.manager, organization.id, importId);
      for (;;) {
        const waiting = "pg_locks where not granted and locktype = 'advisory'";
        const [looked] = await readRows(run, `select exists (select from ${waiting}) as waits`);
        if (looked?.["waits"] || (await stateNow()) === "done") break;
        await pause(20);
      }
    });
  } finally {
    await db.close();
  }
  await run.settle();
  expect((await run.status(organization.manager, organization.id, importId)).result).toMatchObject({
    invited: 19,
    asked: 1,
  });
  expect(await countRows(run, `phones where phone = '${phone}'`)).toBe(1);
});

test("rows that went wrong between the dry run and the start are told, and nothing is loaded", async () => {
  const other = await run.verifiedOrganization();
  const [first] = memberList(1, from);
  const taken = ["Otra Persona Distinta", ...(first?.slice(1) ?? [])];
  const theirs = await run.check(other, toCsv([taken]));
  await run.start(other.manager, other.id, theirs.importId);
  await run.settle();
  await run.start(organization.manager, organization.id, importId);
  await run.settle();
  const status = await run.status(organization.manager, organization.id, importId);
  expect(status).toMatchObject({ state: "checked", errors: 1, result: null });
  expect(await run.findings(organization.manager, organization.id, importId)).toMatchObject([
    { row: 2, column: "D.N.I.", code: "dni-known-otherwise" },
  ]);
  expect(await invitedNow()).toBe(0);
});
