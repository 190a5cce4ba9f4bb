import { afterAll, afterEach, beforeAll, expect } from "vitest";
import postgres from "postgres";
import { cancelRequest, listRequests, type Request } from "@minka/contracts/matching";
import { identifyPhone } from "@minka/contracts/profiles";
import { agentsOnTheList } from "../support/agents.ts";
import { startTestPlatform, type TestPlatform } from "../support/test-platform.ts";

/** A phone in a dialogue: writes, lets everything happen, and reads what came. */
export type Party = {
  readonly number: string;
  /** Writes one SMS and returns what this phone received by the time all is quiet. */
  says(text: string): Promise<string[]>;
  /** Writes without waiting for anything. */
  writes(text: string): Promise<void>;
  /** What came since the last look. */
  reads(): Promise<string[]>;
};

export const pest = "nesecito un tecnico pa la monilia en mi cacao, tocache";

/** Whatever carries a phone's messages. */
export type Line = Omit<Party, "says">;
type Setting = {
  start?: () => Promise<TestPlatform>;
  line?: (platform: TestPlatform, number: string) => Line;
  environment?: Record<string, string>;
};

/**
 * One platform for a test file and the people of its dialogues. After each test whatever its producers still
 * had open is cancelled, so that no provider is busy with the test before.
 */
export function stage({
  environment = {},
  start = () => startTestPlatform({ environment }),
  line = (platform, number) => platform.phone(number),
}: Setting = {}) {
  let platform: TestPlatform;
  let owner: postgres.Sql;
  let used: Line[] = [];
  let next = 1;

  beforeAll(async () => {
    platform = await start();
    owner = postgres(platform.database.ownerUrl, { max: 1, onnotice: () => {} });
  });
  afterEach(async () => {
    for (const { number } of used) {
      for (const { id, state, engagement } of await openRequests(number)) {
        // What an operator has to settle keeps nobody busy.
        if (["done", "cancelled", "lapsed"].includes(state) || engagement?.state === "disputed") continue;
        const call = platform.callAs("notifications");
        await call(cancelRequest, { params: { requestId: id }, body: {} }, { trace: "test" });
      }
    }
    used = [];
    await platform.settle();
  });
  afterAll(async () => {
    await owner.end();
    await platform.stop();
  });

  function party(phone: Line): Party {
    return {
      number: phone.number,
      writes: phone.writes,
      reads: phone.reads,
      async says(text) {
        await phone.writes(text);
        await platform.settle();
        return phone.reads();
      },
    };
  }

  async function openRequests(number: string): Promise<Request[]> {
    const call = platform.callAs("notifications");
    const { person } = await call(identifyPhone, { body: { phone: number } }, { trace: "test" });
    if (!person) return [];
    const { items } = await call(listRequests, { query: { personId: person.id } }, { trace: "test" });
    return items;
  }

  const people = {
    get platform() {
      return platform;
    },
    /** The database's owner, who sees every schema. */
    get owner() {
      return owner;
    },
    settle: () => platform.settle(),
    /** A phone that Minka has never heard of. */
    stranger(): Party {
      const phone = line(platform, `+519009${String(next++).padStart(5, "0")}`);
      used.push(phone);
      return party(phone);
    },
    /** A phone that is in use already, from here on. */
    async someoneAt(number: string): Promise<Party> {
      const phone = line(platform, number);
      await phone.reads();
      return party(phone);
    },
    requestsOf: openRequests,
    /** The newest request of a phone. */
    async requestOf(number: string): Promise<Request> {
      const [newest] = await openRequests(number);
      if (!newest) throw new Error(`${number} has no request`);
      return newest;
    },
    /** Who is asked at this moment for the newest request of a producer. */
    async askedBy(producer: Party): Promise<Party & { name: string }> {
      const request = await people.requestOf(producer.number);
      const asked = request.matches.find(({ state }) => state === "asked");
      const agents = await agentsOnTheList(platform, producer.number);
      const agent = agents.find(({ matchId }) => matchId === asked?.id);
      if (!asked || !agent) throw new Error("nobody is asked");
      return { ...(await people.someoneAt(agent.phone)), name: asked.providerName };
    },
    async registered(): Promise<Party> {
      const producer = people.stranger();
      await producer.says("soy de tocache");
      expect(await producer.says("si")).toEqual([
        expect.stringMatching(/^Listo, su chacra está en|^Listo, su chacra/),
      ]);
      return producer;
    },
    /** A producer who has just read a list. */
    async choosing(): Promise<Party> {
      const producer = people.stranger();
      await producer.says(pest);
      expect(await producer.says("si")).toEqual([expect.stringMatching(/^3 pueden atender/)]);
      return producer;
    },
    /** A producer who has chosen, and the provider who has just been asked. */
    async waiting() {
      const producer = await people.choosing();
      expect(await producer.says("1")).toEqual([expect.stringMatching(/^Le preguntamos a/)]);
      return { producer, provider: await people.askedBy(producer) };
    },
    /** Both have agreed on tomorrow. */
    async agreed() {
      const { producer, provider } = await people.waiting();
      expect(await provider.says("si mañana")).toEqual([expect.stringMatching(/^Listo\. Visita: mañana/)]);
      expect(await producer.reads()).toEqual([expect.stringMatching(/dijo que s[ií]/)]);
      return { producer, provider };
    },
    /** The evening after the visit day. */
    async outcomeAsked() {
      const both = await people.agreed();
      platform.clock.advance({ days: 3 });
      await platform.settle();
      expect(await both.producer.reads()).toEqual([expect.stringMatching(/^¿Vino/)]);
      return both;
    },
    async ratingAsked() {
      const both = await people.outcomeAsked();
      expect(await both.producer.says("si")).toEqual([expect.stringMatching(/^¿Qué nota/)]);
      return both;
    },
  };
  return people;
}
