import { randomUUID } from "node:crypto";
import type { Acceptance } from "@minka/test-kit/acceptances";
import type { TestClock } from "@minka/test-kit/test-clock";
import { afterEach, describe, expect, test } from "vitest";
import type { Gateway, ListedMessage, Outgoing, Retry } from "../../src/gateways/gateway.ts";

/** How the other side can be had to answer one request to send. */
type Behaviour =
  | { readonly kind: "accept-then-drop" | "accept-then-hang" | "drop" }
  | {
      readonly kind: "refuse";
      readonly status: number;
      readonly code?: number;
      readonly message?: string;
    };

/** A gateway with the other side that a test has in hand. */
export type Bench = {
  readonly gateway: Gateway;
  readonly clock: TestClock;
  /** What the other side has taken, whatever became of it since. */
  taken(): readonly Acceptance[];
  stop(): Promise<void>;
};

/** One that a network lies before. */
export type RemoteBench = Bench & {
  behave(behaviour: Behaviour): void;
  /** What is looked up is out of order. */
  breakLists(): void;
  /** Nobody listens any more. */
  disappear(): Promise<void>;
  /** Has the other side forget what it took, as a list that lags behind. */
  forget(): void;
  /** A phone writes, and nobody is told. */
  writes(phone: string, text: string): void;
};

/** One that can be asked to forget. */
export type RedactingBench = RemoteBench & {
  /** A message's words as the other side still keeps them. */
  wordsOf(externalId: string): string | undefined;
  /** The message is no longer on its way. */
  leaves(externalId: string): void;
};

type Open<Kind extends Bench> = (options: { timeoutMs: number }) => Promise<Kind>;

/** What it answers when it will not take a message, and what is to be done about that. */
export type Refusals = readonly (readonly [Extract<Behaviour, { kind: "refuse" }>, Retry])[];

const phone = "+51987654321";
const text = "Su clave secreta es 4711";
const patientMs = 10_000;

const message = ({ clock }: Bench, changes: Partial<Outgoing> = {}): Outgoing => ({
  id: randomUUID(),
  attempt: 1,
  phone,
  text,
  expiresAt: new Date(clock().getTime() + 3_600_000),
  ephemeral: false,
  ...changes,
});

const lookFor = ({ gateway, clock }: Bench, { id }: Outgoing, settled: readonly string[] = []) =>
  gateway.find({
    id,
    phone,
    texts: [text],
    since: clock(),
    taken: async (ids) => new Set(ids.filter((one) => settled.includes(one))),
  });

const idsTaken = (bench: Bench) => bench.taken().map(({ id }) => id);

/** Neither the phone nor the words, in whatever is kept or logged. */
function expectDiscreet(said: unknown): void {
  const words = said instanceof Error ? `${said.message} ${said.stack}` : JSON.stringify(said);
  expect(words).not.toMatch(/987654321|4711|clave/);
}

/** Opens benches for one group of tests, and closes them after each. */
function benchesOf<Kind extends Bench>(open: Open<Kind>) {
  const benches: Kind[] = [];
  afterEach(async () => {
    for (const bench of benches.splice(0)) await bench.stop();
  });
  return async (timeoutMs = patientMs): Promise<Kind> => {
    const bench = await open({ timeoutMs });
    benches.push(bench);
    return bench;
  };
}

/** What every gateway promises to the jobs that use it, with a fake of its other side. */
export function describeGateway(name: string, open: Open<Bench>): void {
  describe(`the gateway ${name}`, () => {
    const start = benchesOf(open);

    test("says what it is called and how fast it is", async () => {
      const { gateway } = await start();
      expect(gateway.name).toBe(name);
      expect(gateway.segmentsPerSecond).toBeGreaterThan(0);
    });

    test("takes a message with the right words and gives its id", async () => {
      const bench = await start();
      const outcome = await bench.gateway.send(message(bench));
      const [taken] = bench.taken();
      expect(outcome).toEqual({ kind: "accepted", externalId: taken?.id });
      expect(bench.taken()).toMatchObject([{ to: expect.stringContaining(phone), body: text }]);
    });

    test("gives two messages with the same words two ids", async () => {
      const bench = await start();
      await bench.gateway.send(message(bench));
      await bench.gateway.send(message(bench));
      expect(new Set(idsTaken(bench)).size).toBe(2);
    });

    test("taken, with the answer lost with the process, is found again as accepted", async () => {
      const bench = await start();
      const first = message(bench);
      await bench.gateway.send(first);
      expect(await lookFor(bench, first)).toEqual({ kind: "accepted", externalId: idsTaken(bench)[0] });
    });

    test("does not take a message that is accounted for, or of another id, for the one in doubt", async () => {
      const bench = await start();
      await bench.gateway.send(message(bench));
      const finding = await lookFor(bench, message(bench), idsTaken(bench));
      expect(finding.kind).not.toBe("accepted");
    });
  });
}

/** What those promise that take our ids. */
export function describeClientIds(name: string, open: Open<Bench>): void {
  test(`the gateway ${name} takes an attempt once, however often it is made`, async () => {
    const bench = await open({ timeoutMs: patientMs });
    try {
      expect(bench.gateway.takesClientIds).toBe(true);
      const once = message(bench);
      const outcomes = await Promise.all([1, 2, 3].map(() => bench.gateway.send(once)));
      const later = await bench.gateway.send({ ...once, attempt: 2 });
      expect(bench.taken()).toHaveLength(1);
      for (const outcome of [...outcomes, later]) {
        expect(outcome).toEqual({ kind: "accepted", externalId: idsTaken(bench)[0] });
      }
    } finally {
      await bench.stop();
    }
  });
}

/** What those promise that a network lies before. */
export function describeRemoteGateway(name: string, open: Open<RemoteBench>, refusals: Refusals): void {
  describe(`the gateway ${name}, far away,`, () => {
    const start = benchesOf(open);

    test.each(["accept-then-drop", "drop"] as const)(
      "(%s) does not know what was not answered",
      async (kind) => {
        const bench = await start();
        bench.behave({ kind });
        const doubtful = message(bench);
        const outcome = await bench.gateway.send(doubtful);
        expect(outcome.kind).toBe("unknown");
        expectDiscreet(outcome);
        expect(bench.taken()).toHaveLength(kind === "drop" ? 0 : 1);
        const finding = await lookFor(bench, doubtful);
        expect(finding.kind).toBe(kind === "drop" ? "cannot-tell" : "accepted");
      },
    );

    test("gives up in time on what is never answered, and does not know", async () => {
      const bench = await start(150);
      bench.behave({ kind: "accept-then-hang" });
      const outcome = await bench.gateway.send(message(bench));
      expect(outcome.kind).toBe("unknown");
      expectDiscreet(outcome);
    });

    test.each([500, 502, 503, 408, 302])("does not know after an answer of %d", async (status) => {
      const bench = await start();
      bench.behave({ kind: "refuse", status });
      expect(await bench.gateway.send(message(bench))).toMatchObject({ kind: "unknown" });
    });

    test("knows that nothing was taken where nobody listens, and does not throw", async () => {
      const bench = await start();
      await bench.disappear();
      const outcome = await bench.gateway.send(message(bench));
      expect(outcome).toMatchObject({ kind: "refused", retry: "soon" });
      expectDiscreet(outcome);
      expect(await lookFor(bench, message(bench))).toEqual({ kind: "cannot-tell" });
    });

    test("never says that it has not taken what its list may only be late to show", async () => {
      const bench = await start();
      const first = message(bench);
      await bench.gateway.send(first);
      bench.forget();
      expect(await lookFor(bench, first)).toEqual({ kind: "cannot-tell" });
    });

    test("leaves in doubt what cannot be looked up, and says so where that is asked of it", async () => {
      const bench = await start();
      const first = message(bench);
      await bench.gateway.send(first);
      bench.breakLists();
      expect(await lookFor(bench, first)).toEqual({ kind: "cannot-tell" });
      const unread = await bench.gateway.received?.(bench.clock()).catch((error: unknown) => error);
      expect(unread).toBeInstanceOf(Error);
      expectDiscreet(unread);
    });

    test.each(refusals)("refusing with %o means %s", async (behaviour, retry) => {
      const bench = await start();
      bench.behave(behaviour);
      const outcome = await bench.gateway.send(message(bench));
      expect(outcome).toMatchObject({ kind: "refused", retry });
      expectDiscreet(outcome);
      expect(bench.taken()).toEqual([]);
    });

    test("lists what phones wrote and nobody was told, once each, oldest first, and nothing older", async () => {
      const bench = await start();
      const { gateway, clock } = bench;
      bench.writes(phone, "de ayer");
      clock.advance({ days: 1 });
      const since = clock();
      bench.writes(phone, "broca");
      clock.advance({ seconds: 30 });
      bench.writes("+51912345678", "ñandú 👍");
      bench.writes("CLARO", "publicidad");
      await gateway.send(message(bench));
      const listed = await gateway.received?.(since);
      expect(listed).toMatchObject([
        { phone, text: "broca", writtenAt: since },
        { phone: "+51912345678", text: "ñandú 👍", writtenAt: clock() },
      ]);
      const ids = (list: readonly ListedMessage[] = []) => list.map(({ externalId }) => externalId);
      expect(new Set(ids(listed)).size).toBe(2);
      expect(ids(await gateway.received?.(since))).toEqual(ids(listed));
    });

    test("lists more than one page of what phones wrote", async () => {
      const bench = await start();
      const since = bench.clock();
      for (let written = 0; written < 1_100; written++) bench.writes(phone, `mensaje ${written}`);
      expect(await bench.gateway.received?.(since)).toHaveLength(1_100);
    });
  });
}

/** What those promise that can be asked to forget. */
export function describeRedaction(name: string, open: Open<RedactingBench>): void {
  test(`the gateway ${name} forgets a message's words when it is asked, once they are on their way no more`, async () => {
    const bench = await open({ timeoutMs: patientMs });
    try {
      const redact = async (id: string) => bench.gateway.redact?.(id);
      await bench.gateway.send(message(bench, { ephemeral: true }));
      const externalId = idsTaken(bench)[0] ?? "";
      expect(await redact(externalId)).toBe(false);
      expect(bench.wordsOf(externalId)).toBe(text);
      bench.leaves(externalId);
      expect(await redact(externalId)).toBe(true);
      expect(bench.wordsOf(externalId)).toBe("");
      expect(await redact("SM00000000000000000000000000000000")).toBe(true); // nothing to forget
      bench.breakLists();
      expect(await redact(externalId)).toBe(false);
    } finally {
      await bench.stop();
    }
  });
}
