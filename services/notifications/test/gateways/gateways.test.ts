import { randomUUID } from "node:crypto";
import { connectDatabase } from "@minka/database/connect";
import { startFakeAndroid } from "@minka/test-kit/fake-android";
import { startFakeTwilio } from "@minka/test-kit/fake-twilio";
import { createTestClock } from "@minka/test-kit/test-clock";
import { createTestDatabase } from "@minka/test-kit/test-database";
import { expect, test } from "vitest";
import { readConfig, type GatewayConfig } from "../../src/config.ts";
import { createAndroidGateway } from "../../src/gateways/android.ts";
import { createSimulator } from "../../src/gateways/simulator.ts";
import { createTwilioGateway } from "../../src/gateways/twilio.ts";
import { simulatorMessages } from "../../src/tables.ts";
import {
  describeClientIds,
  describeGateway,
  describeRedaction,
  describeRemoteGateway,
  type Bench,
  type RedactingBench,
  type RemoteBench,
} from "./gateway-contract.ts";

const accountSid = "AC00000000000000000000000000000000";
const authToken = "a-token-of-the-fake";
const login = { username: "minka", password: "la clave del telefono" };

function configOf<Kind extends GatewayConfig["kind"]>(
  kind: Kind,
  settings: Record<string, string>,
): Extract<GatewayConfig, { kind: Kind }> {
  const [config] = readConfig({ SMS_GATEWAY: kind, ...settings });
  if (config?.kind !== kind) throw new Error(`not ${kind}`);
  return config as Extract<GatewayConfig, { kind: Kind }>;
}

async function openTwilio(kind: "twilio" | "twilio-whatsapp", timeoutMs: number): Promise<RedactingBench> {
  const clock = createTestClock();
  const fake = await startFakeTwilio({ accountSid, authToken, clock });
  const config = configOf(kind, {
    PUBLIC_URL: "https://minka.example",
    TWILIO_ACCOUNT_SID: accountSid,
    TWILIO_AUTH_TOKEN: authToken,
    TWILIO_FROM: "+15005550006",
    TWILIO_WHATSAPP_FROM: "+15005550006",
    TWILIO_API_URL: fake.url,
  });
  const addressOf = (phone: string) => (kind === "twilio" ? phone : `whatsapp:${phone}`);
  return {
    gateway: createTwilioGateway({ config: { ...config, kind }, clock, timeoutMs }),
    clock,
    taken: fake.acceptances,
    behave: (behaviour) => fake.answer(behaviour),
    breakLists: () => fake.breakLists(true),
    disappear: fake.stop,
    forget: () => void fake.accepted.splice(0),
    writes: (phone, text) => void fake.writes(addressOf(phone), text),
    wordsOf: (id) => fake.accepted.find(({ sid }) => sid === id)?.body,
    leaves(id) {
      for (const message of fake.accepted) if (message.sid === id) message.status = "delivered";
    },
    stop: fake.stop,
  };
}

async function openAndroid(timeoutMs: number) {
  const clock = createTestClock();
  const fake = await startFakeAndroid({ ...login, webhookKey: "la llave", clock });
  const config = configOf("android", {
    ANDROID_API_URL: fake.url,
    ANDROID_USERNAME: login.username,
    ANDROID_PASSWORD: login.password,
    ANDROID_WEBHOOK_KEY: "la llave",
  });
  const bench: RemoteBench = {
    gateway: createAndroidGateway({ config, clock, timeoutMs }),
    clock,
    taken: fake.acceptances,
    behave: (behaviour) => fake.answer(behaviour),
    breakLists: () => fake.breakLists(true),
    disappear: fake.stop,
    forget: () => void fake.accepted.splice(0),
    writes: (phone, text) => void fake.writes(phone, text),
    stop: fake.stop,
  };
  return { bench, fake, config };
}

async function openSimulator(): Promise<Bench> {
  const clock = createTestClock();
  const database = await createTestDatabase();
  const db = connectDatabase({ url: database.url("notifications"), name: "test", maxConnections: 3 });
  const taken: { at: Date; id: string; to: string; body: string }[] = [];
  const simulator = createSimulator({ db, clock });
  return {
    gateway: {
      ...simulator,
      async send(message) {
        const outcome = await simulator.send(message);
        const rows = await db.read.select().from(simulatorMessages).orderBy(simulatorMessages.id);
        taken.splice(
          0,
          taken.length,
          ...rows.map(({ at, id, phone, text }) => ({ at, id, to: phone, body: text })),
        );
        return outcome;
      },
    },
    clock,
    taken: () => taken,
    async stop() {
      await db.close();
      await database.drop();
    },
  };
}

const refuse = (status: number, code?: number) =>
  ({ kind: "refuse", status, ...(code ? { code } : {}) }) as const;

type Timeout = { timeoutMs: number };
const openSms = ({ timeoutMs }: Timeout) => openTwilio("twilio", timeoutMs);
const openWhatsapp = ({ timeoutMs }: Timeout) => openTwilio("twilio-whatsapp", timeoutMs);
const openPhone = async ({ timeoutMs }: Timeout) => (await openAndroid(timeoutMs)).bench;

describeGateway("simulator", openSimulator);
describeGateway("twilio", openSms);
describeGateway("twilio-whatsapp", openWhatsapp);
describeGateway("android", openPhone);

describeClientIds("simulator", openSimulator);
describeClientIds("android", openPhone);

describeRedaction("twilio", openSms);
describeRedaction("twilio-whatsapp", openWhatsapp);

describeRemoteGateway("twilio", openSms, [
  [refuse(429), "busy"],
  [refuse(429, 20429), "busy"],
  [refuse(401), "pause"],
  [refuse(403, 20003), "pause"],
  [refuse(404, 20404), "pause"],
  [refuse(400, 21610), "opted-out"],
  [refuse(400, 21611), "soon"],
  [refuse(400, 30001), "soon"],
  [refuse(400, 30008), "soon"],
  [refuse(400, 30003), "away"],
  [refuse(400, 21211), "never"],
  [refuse(400, 21408), "pause"],
  [refuse(400), "never"],
]);
describeRemoteGateway("twilio-whatsapp", openWhatsapp, [
  [refuse(400, 63016), "elsewhere"],
  [refuse(400, 63003), "elsewhere"],
  [refuse(429, 63018), "busy"],
  [refuse(400, 63051), "pause"],
]);
describeRemoteGateway("android", openPhone, [
  [refuse(429), "busy"],
  [refuse(401), "pause"],
  [refuse(404), "pause"],
  [{ kind: "refuse", status: 503, message: "queue limits exceeded: too old pending message" }, "pause"],
  [refuse(400), "elsewhere"],
]);

test("a messaging service of Twilio's lists what came to its numbers, and nothing else of the account", async () => {
  const clock = createTestClock();
  const fake = await startFakeTwilio({ accountSid, authToken, clock, messagingServiceSid: "MG1" });
  try {
    fake.writes("+51987654321", "broca");
    const received = async (service: string) => {
      const config = configOf("twilio", {
        PUBLIC_URL: "https://minka.example",
        TWILIO_ACCOUNT_SID: accountSid,
        TWILIO_AUTH_TOKEN: authToken,
        TWILIO_MESSAGING_SERVICE_SID: service,
        TWILIO_API_URL: fake.url,
      });
      const gateway = createTwilioGateway({ config, clock });
      const expiresAt = new Date(clock().getTime() + 60_000);
      const outgoing = { id: "1", attempt: 1, phone: "+51987654321", text: "Hola", ephemeral: false };
      await gateway.send({ ...outgoing, expiresAt });
      return gateway.received?.(clock());
    };
    expect(await received("MG1")).toMatchObject([{ text: "broca" }]);
    expect(await received("MG2")).toEqual([]);
  } finally {
    await fake.stop();
  }
});

test("WhatsApp writes from and to WhatsApp's addresses, and has its reports come to its own", async () => {
  const clock = createTestClock();
  const fake = await startFakeTwilio({ accountSid, authToken, clock });
  try {
    const config = configOf("twilio-whatsapp", {
      PUBLIC_URL: "https://minka.example",
      TWILIO_ACCOUNT_SID: accountSid,
      TWILIO_AUTH_TOKEN: authToken,
      TWILIO_WHATSAPP_FROM: "whatsapp:+15005550006",
      TWILIO_API_URL: fake.url,
    });
    await createTwilioGateway({ config, clock }).send({
      id: "0199d0c5-7a41-7000-8000-000000000001",
      attempt: 3,
      phone: "+51987654321",
      text: "Hola",
      expiresAt: new Date(clock().getTime() + 60_000),
      ephemeral: false,
    });
    expect(fake.accepted).toMatchObject([
      {
        to: "whatsapp:+51987654321",
        from: "whatsapp:+15005550006",
        statusCallback:
          "https://minka.example/sms/twilio-whatsapp/status?message=0199d0c5-7a41-7000-8000-000000000001&attempt=3",
      },
    ]);
  } finally {
    await fake.stop();
  }
});

test("an Android phone gets a new message only when it is known to have failed with all before", async () => {
  const { bench, fake } = await openAndroid(10_000);
  try {
    const id = randomUUID();
    const compact = id.replaceAll("-", "");
    const send = (attempt: number) =>
      bench.gateway.send({
        id,
        attempt,
        phone: "+51987654321",
        text: "Hola",
        expiresAt: new Date(bench.clock().getTime() + 90_500),
        ephemeral: false,
      });
    expect(await send(1)).toEqual({ kind: "accepted", externalId: `${compact}-1` });
    expect(fake.accepted).toMatchObject([{ ttl: 90 }]);
    expect(fake.accepted[0]?.id.length).toBeLessThanOrEqual(36); // what the phone's server keeps of an id
    for (const message of fake.accepted) message.state = "Failed";
    // Its answer is lost: the next attempt finds what the last one left.
    fake.answer({ kind: "accept-then-drop" });
    expect(await send(2)).toMatchObject({ kind: "unknown" });
    expect(await send(3)).toEqual({ kind: "accepted", externalId: `${compact}-2` });
    expect(fake.acceptances()).toHaveLength(2);
    // Cancelled by a person at the phone: not a failure to make good.
    for (const message of fake.accepted.slice(1)) message.state = "Cancelled";
    expect(await send(4)).toEqual({ kind: "accepted", externalId: `${compact}-2` });
    // Put off without counting: the same attempt again is a new message all the same.
    for (const message of fake.accepted) message.state = "Failed";
    expect(await send(2)).toEqual({ kind: "accepted", externalId: `${compact}-3` });
    expect(fake.acceptances().map((one) => one.id)).toEqual(
      [1, 2, 3].map((number) => `${compact}-${number}`),
    );
  } finally {
    await bench.stop();
  }
});

test("an Android phone is not asked to send what is worth nothing any more", async () => {
  const { bench, fake } = await openAndroid(10_000);
  try {
    const late = { id: randomUUID(), attempt: 1, phone: "+51987654321", text: "Hola", ephemeral: false };
    const outcome = await bench.gateway.send({ ...late, expiresAt: bench.clock() });
    expect(outcome).toEqual({ kind: "refused", code: "expired", retry: "never" });
    expect(fake.attempts()).toBe(0);
  } finally {
    await bench.stop();
  }
});

test("an Android phone behind a server tells by webhook what it is asked for, and lists nothing", async () => {
  const clock = createTestClock();
  const fake = await startFakeAndroid({ ...login, webhookKey: "la llave", clock, behindServer: true });
  try {
    const config = configOf("android", {
      ANDROID_API_URL: fake.url,
      ANDROID_USERNAME: login.username,
      ANDROID_PASSWORD: login.password,
      ANDROID_WEBHOOK_KEY: "la llave",
    });
    fake.posts(fake.writes("+51987654321", "contado"));
    fake.writes("+51987654321", "callado");
    expect(await createAndroidGateway({ config, clock }).received?.(clock())).toEqual([]);
    expect(fake.exported).toHaveLength(1);
    expect(fake.exported[0]?.payload).toContain("callado");
  } finally {
    await fake.stop();
  }
});
