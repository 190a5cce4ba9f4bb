import type { Nudge } from "@minka/contracts/jobs";
import type { NudgeQueue } from "@minka/queue/queue";
import { startWorker, type Job } from "@minka/queue/worker";
import { pino } from "pino";
import { expect, test, vi } from "vitest";

/** Wires of one's own: what the worker does with a nudge is asked here, how nudges travel is asked elsewhere. */
function handWires(): NudgeQueue & { deliver(nudges: Nudge[]): Promise<void> } {
  let handle: (nudges: Nudge[]) => Promise<void> = async () => {};
  return {
    send() {},
    async receive(_service, given) {
      handle = given;
    },
    isBusyHere: () => false,
    isIdle: async () => true,
    ping: async () => {},
    close: async () => {},
    deliver: (nudges) => handle(nudges),
  };
}

/** Rows that are due until they have been run. */
function rows(count: number, run: (id: string) => Promise<void> = async () => {}) {
  const waiting = new Set(Array.from({ length: count }, (_, index) => `row-${index}`));
  const job: Job = {
    async due(limit) {
      return [...waiting].slice(0, limit).map((id) => ({ id, trace: `trace of ${id}` }));
    },
    async run(id) {
      await run(id);
      waiting.delete(id);
    },
  };
  return { job, waiting };
}

function logInto(lines: Record<string, unknown>[]) {
  return pino({ level: "debug" }, { write: (line: string) => void lines.push(JSON.parse(line)) });
}

async function start(jobs: Record<string, Job>, extra: Partial<Parameters<typeof startWorker>[0]> = {}) {
  const queue = handWires();
  const lines: Record<string, unknown>[] = [];
  const worker = await startWorker({
    service: "matching",
    jobs,
    queue,
    log: logInto(lines),
    sweepEveryMs: null,
    ...extra,
  });
  return { queue, worker, lines };
}

const nudge = (job: string, id: string): Nudge => ({ service: "matching", job, id, trace: `trace of ${id}` });

test("a sweep runs all that is due, however much it is, and tells how many", async () => {
  const { job, waiting } = rows(450);
  const { worker } = await start({ "match-request": job });
  expect(await worker.sweep()).toBe(450);
  expect(waiting.size).toBe(0);
  expect(await worker.sweep()).toBe(0);
});

test("a run that fails leaves its row due, and the next sweep does it", async () => {
  let broken = true;
  const { job, waiting } = rows(1, async () => {
    if (broken) throw new Error("not today");
  });
  const outcomes: string[] = [];
  const { queue, worker, lines } = await start(
    { "match-request": job },
    { onRun: (_job, outcome) => outcomes.push(outcome) },
  );
  await queue.deliver([nudge("match-request", "row-0")]);
  expect(await worker.sweep()).toBe(1);
  expect(waiting.size).toBe(1);
  broken = false;
  await worker.sweep();
  expect(waiting.size).toBe(0);
  expect(outcomes).toEqual(["failed", "failed", "done"]);
  expect(lines).toContainEqual(expect.objectContaining({ msg: "job failed; it stays due", id: "row-0" }));
});

test("rows that always fail do not keep a sweep going for ever, nor other rows from running", async () => {
  const { job, waiting } = rows(250, async (id) => {
    if (id === "row-0") throw new Error("always");
  });
  const { worker } = await start({ "match-request": job });
  await worker.sweep();
  expect([...waiting]).toEqual(["row-0"]);
});

test("a kind that cannot be looked for does not starve the others, and is told", async () => {
  const { job, waiting } = rows(3);
  const broken: Job = { due: () => Promise.reject(new Error("no such column")), run: async () => {} };
  const { worker } = await start({ "expire-ask": broken, "match-request": job });
  await expect(worker.sweep()).rejects.toThrow("no such column");
  expect(waiting.size).toBe(0);
});

test("a sweep asked for while one runs joins it", async () => {
  const { promise: released, resolve: release } = Promise.withResolvers<void>();
  let runs = 0;
  const { job } = rows(1, async () => {
    runs += 1;
    await released;
  });
  const { worker } = await start({ "match-request": job });
  const both = Promise.all([worker.sweep(), worker.sweep()]);
  await vi.waitFor(() => expect(runs).toBe(1), 20_000);
  release();
  expect(await both).toEqual([1, 1]);
  expect(runs).toBe(1);
});

test("a row that a nudge and a sweep bring at once is run by one after the other", async () => {
  const { promise: released, resolve: release } = Promise.withResolvers<void>();
  let now = 0;
  let most = 0;
  let runs = 0;
  const { job } = rows(1, async () => {
    runs += 1;
    now += 1;
    most = Math.max(most, now);
    await released;
    now -= 1;
  });
  const { queue, worker } = await start({ "match-request": job });
  const both = [queue.deliver([nudge("match-request", "row-0")]), worker.sweep()];
  await vi.waitFor(() => expect(runs).toBe(1), 20_000);
  await new Promise((resolve) => setImmediate(resolve));
  expect(worker.busy()).toBe(1);
  release();
  await Promise.all(both);
  expect({ runs, most }).toEqual({ runs: 2, most: 1 });
});

test("a batch of nudges runs a few at a time, and one that fails does not stop the rest", async () => {
  let now = 0;
  let most = 0;
  const done: string[] = [];
  const job: Job = {
    due: async () => [],
    async run(id) {
      now += 1;
      most = Math.max(most, now);
      await new Promise((resolve) => setImmediate(resolve));
      now -= 1;
      if (id === "3") throw new Error("one of them");
      done.push(id);
    },
  };
  const { queue, worker } = await start({ "match-request": job });
  await queue.deliver(Array.from({ length: 40 }, (_, index) => nudge("match-request", String(index))));
  expect(done).toHaveLength(39);
  expect(most).toBeGreaterThan(1);
  expect(most).toBeLessThanOrEqual(8);
  expect(worker.busy()).toBe(0);
});

test("a nudge for a job that this service does not have is ignored", async () => {
  const { job, waiting } = rows(1);
  const { queue } = await start({ "match-request": job });
  await queue.deliver([nudge("settled-long-ago", "row-0"), nudge("match-request", "row-0")]);
  expect(waiting.size).toBe(0);
});

test("it sweeps by itself at the interval that it is given", async () => {
  const { job, waiting } = rows(5);
  const { worker } = await start({ "match-request": job }, { sweepEveryMs: 10 });
  await vi.waitFor(() => expect(waiting.size).toBe(0), 20_000);
  await worker.stop();
  waiting.add("later");
  expect(await worker.sweep()).toBe(0);
  expect(waiting.size).toBe(1);
});

test.each(["nudge", "sweep"])(
  "stopping waits for what a %s has begun, and begins nothing more",
  async (by) => {
    const { promise: released, resolve: release } = Promise.withResolvers<void>();
    const begun: string[] = [];
    const { job, waiting } = rows(20, async (id) => {
      begun.push(id);
      await released;
    });
    const { queue, worker } = await start({ "match-request": job });
    const work =
      by === "sweep" ? worker.sweep() : queue.deliver([...waiting].map((id) => nudge("match-request", id)));
    await vi.waitFor(() => expect(worker.busy()).toBe(8), 20_000);
    let stopped = false;
    const stopping = worker.stop().then(() => (stopped = true));
    await new Promise((resolve) => setImmediate(resolve));
    expect(stopped).toBe(false);
    release();
    await Promise.all([stopping, work]);
    expect(begun).toHaveLength(8);
    expect(waiting.size).toBe(12);
  },
);

test("every run leaves a line with job, id and trace at level debug", async () => {
  const { job } = rows(1);
  const { queue, lines } = await start({ "match-request": job });
  await queue.deliver([nudge("match-request", "row-0")]);
  expect(lines).toContainEqual(
    expect.objectContaining({
      level: 20,
      job: "match-request",
      id: "row-0",
      trace: "trace of row-0",
      outcome: "done",
    }),
  );
});
