import type { Nudge } from "@minka/contracts/jobs";
import type { ServiceName } from "@minka/contracts/service-names";
import { openNudgeQueue, type NudgeQueue } from "@minka/queue/queue";
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from "vitest";
import { backends, nudge, silent, type TestBackend } from "./backends.ts";

for (const { name, start, missing } of backends) {
  describe.skipIf(missing !== null)(`nudges over ${name}${missing === null ? "" : ` (${missing})`}`, () => {
    let own: TestBackend;
    const open: NudgeQueue[] = [];
    beforeAll(async () => {
      own = await start();
    });
    afterAll(() => own.stop());
    afterEach(async () => {
      await own.giveBack();
      await Promise.all(open.splice(0).map((queue) => queue.close()));
      await own.empty();
    });

    async function openQueue(): Promise<NudgeQueue> {
      const queue = await openNudgeQueue(own.backend, silent);
      open.push(queue);
      return queue;
    }

    /** What arrives for a service, batch by batch. */
    async function listen(queue: NudgeQueue, service: ServiceName): Promise<Nudge[][]> {
      const batches: Nudge[][] = [];
      await queue.receive(service, async (nudges) => {
        batches.push(nudges);
      });
      return batches;
    }

    const arrived = (batches: Nudge[][], id: string) =>
      batches.flat().filter((each) => each.id === id).length;

    /** Sends probes until one gets through: the backend is back for this queue. */
    async function untilWorkingAgain(
      queue: NudgeQueue,
      batches: Nudge[][],
      service: ServiceName,
    ): Promise<void> {
      await vi.waitFor(
        () => {
          const probe = nudge(service);
          queue.send([probe]);
          return vi.waitFor(() => expect(arrived(batches, probe.id)).toBe(1), { timeout: 500, interval: 10 });
        },
        { timeout: 20_000, interval: 50 },
      );
    }

    async function timeToClose(queue: NudgeQueue): Promise<number> {
      const began = performance.now();
      await queue.close();
      return performance.now() - began;
    }

    test("a nudge arrives once, whole, at the service it is for", async () => {
      const queue = await openQueue();
      const forMatching = await listen(queue, "matching");
      const forNotifications = await listen(queue, "notifications");
      const sent = [nudge("matching"), nudge("notifications"), nudge("matching")];
      queue.send(sent);
      await vi.waitFor(async () => {
        expect([...forMatching, ...forNotifications].flat()).toHaveLength(3);
        expect(await queue.isIdle()).toBe(true);
      }, 20_000);
      expect(forMatching.flat()).toEqual([sent[0], sent[2]]);
      expect(forNotifications.flat()).toEqual([sent[1]]);
    });

    test("the same row nudged twice arrives twice", async () => {
      const queue = await openQueue();
      const batches = await listen(queue, "matching");
      const again = nudge("matching");
      queue.send([again]);
      await vi.waitFor(() => expect(arrived(batches, again.id)).toBe(1), 20_000);
      queue.send([again]);
      await vi.waitFor(() => expect(arrived(batches, again.id)).toBe(2), 20_000);
    });

    test("a thousand nudges of one moment travel together", async () => {
      const queue = await openQueue();
      const batches = await listen(queue, "matching");
      for (let index = 0; index < 1_000; index += 1) queue.send([nudge("matching")]);
      await vi.waitFor(() => expect(batches.flat()).toHaveLength(1_000), { timeout: 20_000 });
      expect(batches.length).toBeLessThanOrEqual(2);
    });

    test("a batch whose handling throws does not come again", async () => {
      const queue = await openQueue();
      const bad = nudge("matching");
      const seen: string[] = [];
      await queue.receive("matching", async (nudges) => {
        seen.push(...nudges.map(({ id }) => id));
        if (nudges.some(({ id }) => id === bad.id)) throw new Error("broken");
      });
      queue.send([bad]);
      await vi.waitFor(async () => {
        expect(seen).toContain(bad.id);
        expect(await queue.isIdle()).toBe(true);
      }, 20_000);
      const later = nudge("matching");
      queue.send([later]);
      await vi.waitFor(() => expect(seen).toContain(later.id), 20_000);
      expect(seen).toEqual([bad.id, later.id]);
    });

    test("it is idle only when nothing is gathered, waiting or being handled", async () => {
      const queue = await openQueue();
      const { promise: released, resolve: release } = Promise.withResolvers<void>();
      let handling = false;
      await queue.receive("matching", async () => {
        handling = true;
        await released;
      });
      expect(await queue.isIdle()).toBe(true);
      queue.send([nudge("matching")]);
      expect(await queue.isIdle()).toBe(false);
      await vi.waitFor(() => expect(handling).toBe(true), 20_000);
      expect(await queue.isIdle()).toBe(false);
      release();
      await vi.waitFor(async () => expect(await queue.isIdle()).toBe(true), 20_000);
    });

    test("emptied behind its back, it goes on with what is sent next", async () => {
      const queue = await openQueue();
      const batches = await listen(queue, "matching");
      queue.send([nudge("matching")]);
      await vi.waitFor(() => expect(batches).toHaveLength(1), 20_000);
      await own.empty();
      await untilWorkingAgain(queue, batches, "matching");
      await vi.waitFor(async () => expect(await queue.isIdle()).toBe(true), 20_000);
    });

    test("emptied while a batch is handled, it goes on", async () => {
      const queue = await openQueue();
      const { promise: released, resolve: release } = Promise.withResolvers<void>();
      const batches: Nudge[][] = [];
      await queue.receive("matching", async (nudges) => {
        batches.push(nudges);
        if (batches.length === 1) await released;
      });
      queue.send([nudge("matching")]);
      await vi.waitFor(() => expect(batches).toHaveLength(1), 20_000);
      await own.empty();
      release();
      await untilWorkingAgain(queue, batches, "matching");
    });

    test("while it is away sending neither throws nor waits, and afterwards the receiver recovers", async () => {
      const queue = await openQueue();
      const batches = await listen(queue, "matching");
      queue.send([nudge("matching")]);
      await vi.waitFor(() => expect(batches).toHaveLength(1), 20_000);
      await own.takeAway();
      const began = performance.now();
      for (let index = 0; index < 1_000; index += 1) queue.send([nudge("matching"), nudge("catalog")]);
      expect(performance.now() - began).toBeLessThan(100);
      await expect(queue.ping()).rejects.toThrow();
      await own.giveBack();
      await untilWorkingAgain(queue, batches, "matching");
      await queue.ping();
    });

    test("a service first nudged during an outage is nudged after it", async () => {
      const queue = await openQueue();
      const elsewhere = await openQueue();
      const batches = await listen(elsewhere, "catalog");
      await own.takeAway();
      queue.send([nudge("catalog")]);
      await expect(queue.ping()).rejects.toThrow();
      await own.giveBack();
      await untilWorkingAgain(queue, batches, "catalog");
    });

    test("while it hangs sending neither throws nor waits, and afterwards the receiver recovers", async () => {
      const queue = await openQueue();
      const batches = await listen(queue, "matching");
      own.hang();
      const began = performance.now();
      for (let index = 0; index < 1_000; index += 1) queue.send([nudge("matching")]);
      expect(performance.now() - began).toBeLessThan(100);
      await expect(queue.ping()).rejects.toThrow();
      await own.giveBack();
      await untilWorkingAgain(queue, batches, "matching");
    }, 40_000);

    test.each<[string, () => Promise<void> | void]>([
      ["works", () => {}],
      ["was emptied", () => own.empty()],
      ["is away", () => own.takeAway()],
      ["hangs", () => own.hang()],
    ])("it closes within two seconds while the backend %s", async (_state, disturb) => {
      const queue = await openQueue();
      await listen(queue, "matching");
      await listen(queue, "notifications");
      await disturb();
      queue.send([nudge("matching")]);
      expect(await timeToClose(queue)).toBeLessThan(2_000);
    });

    test("it closes within two seconds although a handler never ends", async () => {
      const queue = await openQueue();
      let handling = false;
      await queue.receive("matching", () => {
        handling = true;
        return new Promise(() => {});
      });
      queue.send([nudge("matching")]);
      await vi.waitFor(() => expect(handling).toBe(true), 20_000);
      expect(await timeToClose(queue)).toBeLessThan(2_000);
    });

    test("closing lets a handler finish that is about to", async () => {
      const queue = await openQueue();
      const { promise: released, resolve: release } = Promise.withResolvers<void>();
      let state = "";
      await queue.receive("matching", async () => {
        state = "handling";
        await released;
        state = "handled";
      });
      queue.send([nudge("matching")]);
      await vi.waitFor(() => expect(state).toBe("handling"), 20_000);
      const closed = queue.close();
      release();
      await closed;
      expect(state).toBe("handled");
    });
  });
}
