import postgres from "postgres";
import { describe, expect, test } from "vitest";
import { createChance, type Chance } from "../day/chance.ts";
import { publicUrl } from "../dialogue/twilio-line.ts";
import { forkPlatform, type ForkedPlatform } from "../support/forked-platform.ts";
import { hasRedisServer, startRedisServer } from "../support/redis-server.ts";
import { createDemoDatabase } from "../support/test-platform.ts";
import { until } from "../support/until.ts";
import { findDifferences } from "./reconcile.ts";
import { troubledAndroid, troubledTwilio, type GatewayCall, type SoakGateway } from "./soak-gateways.ts";

const long = Boolean(process.env["MINKA_LONG"]);
const seed = Number(process.env["SOAK_SEED"] ?? 1);
/** How many messages and deaths; by hand any number, to look for what is rare. */
const size = {
  messages: Number(process.env["SOAK_MESSAGES"] ?? (long ? 5_000 : 500)),
  kills: Number(process.env["SOAK_KILLS"] ?? (long ? 30 : 5)),
};
/** People who write at the same time. */
const lanes = 12;

const texts = [
  "nesecito un tecnico pa la monilia en mi cacao, tocache",
  "si",
  "1",
  "2",
  "no",
  "estado",
  "ayuda",
  "cancelar",
  "listo",
  "quiero vender 8 qq de cacao seco, uchiza",
  "BAJA",
  "ALTA",
  "no entiendo",
  "5",
  "que precio tiene el cacao",
];

/** Two machines on one database, one of which loses its power now and then. */
async function startMachines(environment: Record<string, string>) {
  const database = await createDemoDatabase();
  const machines: ForkedPlatform[] = [
    await forkPlatform(database, environment),
    await forkPlatform(database, environment),
  ];
  let offsetMs = 0;
  return {
    database,
    all: () => machines,
    /** Ends one at once and starts another in its place, on a clock that agrees with the one that is left. */
    async kill(index: number): Promise<void> {
      await machines[index]?.kill();
      machines[index] = await forkPlatform(database, {
        ...environment,
        CLOCK_OFFSET_MS: String(offsetMs),
      });
    },
    async advance(ms: number): Promise<void> {
      offsetMs += ms;
      await Promise.all(machines.map((machine) => machine.advance(ms)));
    },
    now: () => new Date(Date.now() + offsetMs),
    async stop(): Promise<void> {
      await Promise.all(machines.map((machine) => machine.kill()));
      await database.drop();
    },
  };
}
type Machines = Awaited<ReturnType<typeof startMachines>>;

/** Posts as gateways do, which try again while nobody answers well. */
async function post(
  machines: Machines,
  chance: Chance,
  { url, headers, payload }: GatewayCall,
): Promise<void> {
  let last = "";
  await until(
    async () => {
      const { url: address } = chance.oneOf(machines.all());
      const answer = await fetch(`${address}${url.slice(publicUrl.length)}`, {
        method: "POST",
        headers,
        body: payload,
        signal: AbortSignal.timeout(6_000),
      });
      last = `${answer.status} ${await answer.text()}`;
      return answer.ok ? true : undefined;
    },
    { what: "a webhook is taken", withinMs: 60_000 },
  ).catch((error: unknown) => {
    throw new Error(`${url} was answered ${last}`, { cause: error });
  });
}

type Soak = {
  open: (clock: () => Date) => Promise<SoakGateway>;
  settings?: Record<string, string>;
  messages: number;
  kills: number;
};

async function soak({ open, settings, messages, kills }: Soak): Promise<void> {
  const chance = createChance(seed);
  let clock = () => new Date();
  const gateway = await open(() => clock());
  const machines = await startMachines({ ...gateway.settings, ...settings });
  clock = machines.now;
  const owner = postgres(machines.database.ownerUrl, { max: 2, onnotice: () => {} });
  try {
    const progress = { left: messages, told: 0 };
    const phones = Math.max(20, Math.floor(messages / 12));
    const writer = async () => {
      while (progress.left > 0) {
        progress.left -= 1;
        gateway.misbehave(chance);
        const from = `+5190${String(chance.between(0, phones)).padStart(7, "0")}`;
        const { call } = gateway.write(from, chance.oneOf(texts));
        await post(machines, chance, call());
        // The network sends some of them twice.
        if (chance.happens(0.05)) await post(machines, chance, call());
      }
    };
    const tellNews = async () => {
      const fresh = gateway.taken().slice(progress.told);
      progress.told += fresh.length;
      for (const one of fresh)
        for (const news of gateway.newsOf(one, chance)) await post(machines, chance, news);
    };
    const telling = async () => {
      while (progress.left > 0) {
        await tellNews();
        await new Promise((resolve) => setImmediate(resolve));
      }
    };
    const killing = async () => {
      for (let death = 0; death < kills; death += 1) {
        // Spread over the whole: each comes when its share has been written.
        const share = messages - Math.floor(((death + 1) * messages) / (kills + 1));
        await until(async () => (progress.left <= share ? true : undefined), {
          what: `${messages - share} messages are written`,
          withinMs: 600_000,
        });
        await machines.kill(death % 2);
      }
    };
    await Promise.all([...Array.from({ length: lanes }, writer), telling(), killing()]);
    gateway.behave();

    // What is in doubt, was put off or waits for a phone out of coverage is settled as time goes by. The last of the
    // news may be that a phone was out of coverage: then it goes on, for as long as a message is tried again.
    const hours = [0.2, 0.2, 1, 1, 2, 4, 8, 8, 8, ...Array.from({ length: 12 }, () => 8)];
    for (const [step, passing] of hours.entries()) {
      await machines.advance(passing * 60 * 60_000);
      await quiet(owner, machines.now());
      await tellNews();
      if (step >= 8 && !(await someWait(owner))) break;
    }

    const [kept] = await owner<{ count: number }[]>`
      select count(*)::int from notifications.inbound_messages`;
    expect(kept?.count).toBe(messages);
    expect(gateway.taken().length).toBeGreaterThan(messages / 3);
    expect(await findDifferences(owner, gateway.taken()), `seed ${seed}`).toEqual([]);
  } finally {
    await owner.end();
    await machines.stop();
    await gateway.stop();
  }
}

async function someWait(owner: postgres.Sql): Promise<boolean> {
  const waiting = await owner`
    select 1 from notifications.outbound_messages where state in ('queued', 'sending', 'unknown') limit 1`;
  return waiting.length > 0;
}

/** Waits until nothing is due: unlike a stopped clock, theirs go on, so it is asked of the database. */
async function quiet(owner: postgres.Sql, now: Date): Promise<void> {
  let left: Record<string, unknown>[] = [];
  await until(
    async () => {
      left = await owner`
        select 'inbound' as what, attempts::text as state, count(*) from notifications.inbound_messages
        where handled_at is null group by 1, 2
        union all
        select 'outbound', state || ' ' || coalesce(last_error, ''), count(*) from notifications.outbound_messages
        where (state in ('queued', 'unknown') and due_at <= ${now}) or state = 'sending' group by 1, 2
        union all
        select 'event', event || ' ' || coalesce(last_error, ''), count(*) from events.deliveries
        where handled_at is null group by 1, 2`;
      return left.length === 0 ? true : undefined;
    },
    { what: "everything is quiet", withinMs: 120_000 },
  ).catch(async (error: unknown) => {
    left = [...left, ...(await owner`select * from notifications.channels`)];
    throw new Error(`at ${now.toISOString()} still to do: ${JSON.stringify(left)}`, { cause: error });
  });
}

describe("what the gateway took and what the database says differ in nothing", () => {
  test(`after ${size.messages} messages and ${size.kills} sudden deaths, by Twilio, with the queue on Postgres`, async () => {
    await soak({ open: troubledTwilio, ...size });
  }, 1_200_000);

  test.runIf(long && hasRedisServer())(
    `after ${size.messages / 5} messages and ${size.kills / 5} sudden deaths, by an Android phone, with the queue on Redis`,
    async () => {
      const redis = await startRedisServer();
      try {
        const fewer = { messages: size.messages / 5, kills: size.kills / 5 };
        await soak({ open: troubledAndroid, settings: { REDIS_URL: redis.url }, ...fewer });
      } finally {
        await redis.stop();
      }
    },
    600_000,
  );
});
