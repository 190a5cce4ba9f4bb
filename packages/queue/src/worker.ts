import type { JobName, Nudge } from "@minka/contracts/jobs";
import type { ServiceName } from "@minka/contracts/service-names";
import type { Logger } from "pino";
import type { NudgeQueue } from "./queue.ts";

/**
 * One kind of work. `due` finds rows whose time has come (whatever a rule needs is in the row, so that the
 * sweep alone is enough); `run` does one of them, and does nothing when it is already done or taken.
 */
export type Job = {
  due(limit: number): Promise<readonly { id: string; trace: string }[]>;
  run(id: string, trace: string): Promise<void>;
};

/** A service gives exactly the jobs that the catalog names for it. */
export type Jobs<Service extends ServiceName> = Readonly<Record<JobName<Service>, Job>>;

export type RunningWorker = {
  /** Runs what is due now, until a look finds nothing new; returns how many runs that took. */
  sweep(): Promise<number>;
  /** Runs in progress, by nudge or by sweep. */
  busy(): number;
  /** Runs begun so far. */
  runs(): number;
  /** Begins nothing new, and resolves when what runs has ended. */
  stop(): Promise<void>;
};

const sweepBatch = 200;
const parallelRuns = 8;

export type WorkerOptions = {
  service: ServiceName;
  jobs: Readonly<Record<string, Job>>;
  queue: NudgeQueue;
  log: Logger;
  /** How often the sweep looks for what nudges did not bring; 5 s unless said, null for never by itself. */
  sweepEveryMs?: number | null;
  onRun?: (job: string, outcome: "done" | "failed", seconds: number) => void;
};

export async function startWorker(options: WorkerOptions): Promise<RunningWorker> {
  const { service, jobs, queue, log, sweepEveryMs = 5_000, onRun } = options;
  const running = new Map<string, Promise<void>>();
  let begun = 0;
  let stopped = false;
  let sweeping: Promise<number> | undefined;

  async function run(job: string, id: string, trace: string): Promise<void> {
    const definition = jobs[job];
    if (!definition) return;
    // A nudge and the sweep often bring the same row at once. The second waits: then it usually has nothing to do.
    const row = `${job} ${id}`;
    for (let other = running.get(row); other; other = running.get(row)) await other;
    if (stopped) return;
    begun += 1;
    const one = runOne(definition, { job, id, trace }).finally(() => running.delete(row));
    running.set(row, one);
    await one;
  }

  async function runOne(definition: Job, which: { job: string; id: string; trace: string }): Promise<void> {
    const started = performance.now();
    let outcome: "done" | "failed" = "done";
    try {
      await definition.run(which.id, which.trace);
    } catch (error) {
      outcome = "failed";
      log.error({ ...which, err: error }, "job failed; it stays due");
    }
    const seconds = (performance.now() - started) / 1000;
    log.debug({ ...which, outcome, ms: Math.round(seconds * 1000) }, "job run");
    onRun?.(which.job, outcome, seconds);
  }

  async function runAll(work: readonly { job: string; id: string; trace: string }[]): Promise<void> {
    const waiting = work.values();
    const lanes = Array.from({ length: Math.min(parallelRuns, work.length) }, async () => {
      for (const { job, id, trace } of waiting) await run(job, id, trace);
    });
    await Promise.all(lanes);
  }

  async function sweepJob(job: string, { due }: Job): Promise<number> {
    const seen = new Set<string>();
    for (;;) {
      if (stopped) break;
      const found = await due(sweepBatch);
      const fresh = found.filter(({ id }) => !seen.has(id));
      for (const { id } of fresh) seen.add(id);
      await runAll(fresh.map(({ id, trace }) => ({ job, id, trace })));
      // What is seen again has failed and waits for the next sweep.
      if (fresh.length === 0 || found.length < sweepBatch) break;
    }
    return seen.size;
  }

  async function sweepOnce(): Promise<number> {
    let count = 0;
    const failures: unknown[] = [];
    for (const [job, definition] of Object.entries(jobs)) {
      // One kind that cannot be looked for must not starve the others.
      count += await sweepJob(job, definition).catch((error: unknown) => {
        failures.push(error);
        return 0;
      });
    }
    if (failures.length > 0) throw failures[0];
    return count;
  }

  // A sweep that is asked for while one runs joins it: two at once would only fight over the same rows.
  function sweep(): Promise<number> {
    sweeping ??= sweepOnce().finally(() => (sweeping = undefined));
    return sweeping;
  }

  await queue.receive(service, async (nudges: Nudge[]) => runAll(nudges));
  const timer =
    sweepEveryMs === null
      ? undefined
      : setInterval(() => {
          sweep().catch((error: unknown) => log.error({ err: error, service }, "sweep failed"));
        }, sweepEveryMs);

  return {
    sweep,
    busy: () => running.size,
    runs: () => begun,
    async stop() {
      stopped = true;
      clearInterval(timer);
      await sweeping?.catch(() => {});
      await Promise.all(running.values());
    },
  };
}
