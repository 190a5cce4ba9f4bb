import { readBrokeringNews } from "@minka/contracts/brokering-news";
import { leavePool } from "@minka/contracts/pool-orders";
import { eq } from "@minka/database/query";
import { afterAll, beforeAll, expect, test } from "vitest";
import { pools as poolsTable } from "../src/pools/pools-tables.ts";
import { code, ok, startLots, type LotsRun } from "./lots-run.ts";
import { startPools, type PoolsRun } from "./pools-run.ts";

let pools: PoolsRun;
let lots: LotsRun;
beforeAll(async () => {
  pools = await startPools();
  lots = await startLots();
});
afterAll(async () => {
  await pools.stop();
  await lots.stop();
});

const sentTo = (run: PoolsRun | LotsRun, text: string) =>
  run.said.filter((each) => each.text === text).map(({ personId }) => personId);

test("members who have not answered to a purchase are reminded, once in two days", async () => {
  const cooperative = pools.world.cooperative(6);
  const { broker, manager, members } = cooperative;
  const [joined = "", left = "", withdrawn = "", late = "", ...silent] = members;
  const { poolId } = await pools.open(cooperative, { joiners: "members" });
  await pools.join(poolId, joined, 4);
  const order = await pools.join(poolId, left, 3);
  await pools.call(leavePool, { params: { orderId: order.id } }, { ...pools.trace, idempotencyKey: "left" });
  await pools.withdrawConsent(withdrawn);
  await pools.settle();

  const path = `/api/brokering/invitations/pool/${poolId}`;
  const as = pools.signIn(broker);
  const read = async () => (await ok(as("GET", path))).invitation;
  // They have just been invited.
  expect(await read()).toMatchObject({ silent: 5, reachable: 4, reminded: null });
  expect(Date.parse((await read()).nextFrom)).toBe(pools.clock().getTime() + 48 * 60 * 60 * 1000);
  expect(await code(as("POST", `${path}/reminders`))).toBe("reminded-lately");
  pools.clock.advance({ hours: 48 });
  await pools.settle();
  expect(await read()).toMatchObject({ silent: 5, reachable: 4, reminded: null, nextFrom: null });
  expect(new Set((await read()).personIds)).toEqual(new Set([manager, withdrawn, late, ...silent]));
  expect(await code(pools.signIn(joined)("GET", path))).toBe("not-your-organization");
  expect(await code(pools.signIn(joined)("POST", `${path}/reminders`))).toBe("not-your-organization");

  expect((await ok(as("POST", `${path}/reminders`))).reminded.people).toBe(4);
  await pools.settle();
  expect(sentTo(pools, "pool_reminder").toSorted()).toEqual([manager, late, ...silent].toSorted());
  // Who joins before it is told hears nothing any more.
  await pools.join(poolId, late, 2);
  const body = { kind: "pool-reminder" as const, id: poolId, personIds: [late, manager] };
  const { news } = await pools.call(readBrokeringNews, { body }, pools.trace);
  expect(news.map(({ personId }) => personId)).toEqual([manager]);
  expect((await read()).reminded.people).toBe(4);

  expect(await code(as("POST", `${path}/reminders`))).toBe("reminded-lately");
  pools.clock.advance({ hours: 47 });
  expect(await code(as("POST", `${path}/reminders`))).toBe("reminded-lately");
  expect((await read()).nextFrom).not.toBeNull();
  pools.clock.advance({ hours: 1 });
  expect(await read()).toMatchObject({ reachable: 3, nextFrom: null });
  expect((await ok(as("POST", `${path}/reminders`))).reminded.people).toBe(3);

  await ok(as("POST", `/api/brokering/pools/${poolId}/cancellation`, { reason: "No hay camión" }));
  expect(await code(as("POST", `${path}/reminders`))).toBe("pool-closed");
});

test("two who remind at once send one reminder", async () => {
  const cooperative = pools.world.cooperative(3);
  const { poolId } = await pools.open(cooperative, { joiners: "members" });
  await pools.settle();
  pools.clock.advance({ days: 2 });
  await pools.settle();
  const path = `/api/brokering/invitations/pool/${poolId}/reminders`;
  const both = await Promise.all([
    pools.signIn(cooperative.broker)("POST", path),
    pools.signIn(cooperative.manager)("POST", path),
  ]);
  expect(both.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([201, 409]);
});

test("of a purchase nobody is reminded while people are still being invited", async () => {
  const cooperative = pools.world.cooperative(2);
  const { poolId } = await pools.open(cooperative, { joiners: "members" });
  await pools.settle();
  pools.clock.advance({ days: 2 });
  await pools.settle();
  // As after a long outage: the pages that tell them are yet to come.
  await pools.owner.transaction((tx) =>
    tx.update(poolsTable).set({ inviting: "members" }).where(eq(poolsTable.id, poolId)),
  );
  const path = `/api/brokering/invitations/pool/${poolId}`;
  const as = pools.signIn(cooperative.broker);
  expect((await ok(as("GET", path))).invitation.nextFrom).not.toBeNull();
  expect(await code(as("POST", `${path}/reminders`))).toBe("reminded-lately");
  await pools.settle();
  expect((await ok(as("POST", `${path}/reminders`))).reminded.people).toBe(3);
});

test("of a lot too: whoever offered or took it back is left in peace, and so is who asks", async () => {
  const cooperative = lots.world.cooperative(3);
  const { broker, manager, members } = cooperative;
  const [offered = "", took = "", silent = ""] = members;
  const { lotId } = await lots.open(cooperative);
  await lots.pledge(lotId, offered, 100);
  const { pledgeId } = await lots.pledge(lotId, took, 100);
  await ok(lots.signIn(took)("POST", `/api/brokering/pledges/${pledgeId}/withdrawal`, {}));
  const path = `/api/brokering/invitations/lot/${lotId}`;
  expect(await code(lots.signIn(manager)("POST", `${path}/reminders`))).toBe("reminded-lately");
  lots.clock.advance({ hours: 48 });
  await lots.settle();
  expect((await ok(lots.signIn(broker)("GET", path))).invitation).toMatchObject({ silent: 2, reachable: 2 });
  // The manager asks: one is left.
  expect((await ok(lots.signIn(manager)("GET", path))).invitation).toMatchObject({
    silent: 1,
    reachable: 1,
    personIds: [silent],
  });
  expect((await ok(lots.signIn(manager)("POST", `${path}/reminders`))).reminded.people).toBe(1);
  await lots.settle();
  expect(sentTo(lots, "lot_reminder")).toEqual([silent]);
  expect(await code(lots.signIn(broker)("POST", `${path}/reminders`))).toBe("reminded-lately");

  const few = lots.world.cooperative(0);
  const alone = await lots.open(few);
  const alonePath = `/api/brokering/invitations/lot/${alone.lotId}`;
  lots.clock.advance({ days: 2 });
  await lots.settle();
  // Nobody but who asks is silent: there is no reminder to offer.
  expect((await ok(lots.signIn(few.manager)("GET", alonePath))).invitation).toMatchObject({
    silent: 0,
    reachable: 0,
    personIds: [],
  });
  expect(await code(lots.signIn(few.manager)("POST", `${alonePath}/reminders`))).toBe("nobody-silent");
  lots.clock.advance({ days: 8 });
  await lots.settle();
  expect(await code(lots.signIn(broker)("POST", `${path}/reminders`))).toBe("lot-closed");
});
