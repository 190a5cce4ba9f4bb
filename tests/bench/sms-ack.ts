import { randomUUID } from "node:crypto";
import { fork, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { signTwilioRequest } from "@minka/test-kit/fake-twilio";
import { createBenchDatabase } from "./bench-database.ts";
import type { Figure } from "./run-benches.ts";
import { round } from "./statistics.ts";

const publicUrl = "https://minka.example";
const path = "/sms/twilio/inbound";
const authToken = "0123456789abcdef0123456789abcdef";
const seconds = 6;
const connections = 64;

/**
 * Signed webhooks accepted and durable, per second, over a bare Fastify route that does one insert on the
 * same database. Both servers are processes of their own and see the same requests from the same client.
 */
export async function benchSmsAck(): Promise<Figure[]> {
  const database = await createBenchDatabase();
  try {
    const environment = {
      DATABASE_URL: database.url("notifications"),
      SMS_GATEWAY: "twilio",
      TWILIO_ACCOUNT_SID: "AC00000000000000000000000000000000",
      TWILIO_AUTH_TOKEN: authToken,
      TWILIO_FROM: "+15005550006",
      PUBLIC_URL: publicUrl,
      ROLE: "api",
    };
    const bodies = Array.from({ length: 20_000 }, signedBody);
    const rounds: { bare: number; whole: number }[] = [];
    // Taken in turns, so that a noisy moment of the machine does not decide the ratio.
    for (let turn = 0; turn < 2; turn += 1) {
      const bare = await measure("bare-insert-server.ts", environment, bodies);
      const whole = await measure("intake-server.ts", environment, bodies.map(signedBody));
      rounds.push({ bare, whole });
    }
    const bare = Math.max(...rounds.map((each) => each.bare));
    const whole = Math.max(...rounds.map((each) => each.whole));
    return [
      {
        bench: "sms-ack",
        value: round(whole),
        unit: "requests/s",
        limit: round(bare),
        ratio: round(whole / bare),
      },
    ];
  } finally {
    await database.drop();
  }
}

type Signed = ReturnType<typeof signTwilioRequest>;

function signedBody(): Signed {
  const fields = {
    MessageSid: `SM${randomUUID().replaceAll("-", "")}`,
    From: `+519${String(Math.floor(Math.random() * 100_000_000)).padStart(8, "0")}`,
    To: "+15005550006",
    Body: "nesecito un tecnico pa la monilia en mi cacao, tocache",
  };
  return signTwilioRequest(`${publicUrl}${path}`, fields, authToken);
}

async function measure(server: string, environment: NodeJS.ProcessEnv, requests: Signed[]): Promise<number> {
  const child = fork(join(import.meta.dirname, server), { env: { ...process.env, ...environment } });
  try {
    const [port] = (await once(child, "message")) as [number];
    await load(port, requests.slice(0, 500));
    const waiting = requests.slice(500);
    const started = performance.now();
    const accepted = await load(port, waiting, started + seconds * 1000);
    return accepted / ((performance.now() - started) / 1000);
  } finally {
    await end(child);
  }
}

async function load(port: number, requests: Signed[], until = Number.POSITIVE_INFINITY): Promise<number> {
  let accepted = 0;
  const waiting = requests.values();
  const lane = async () => {
    for (const { payload, headers } of waiting) {
      if (performance.now() > until) return;
      const response = await fetch(`http://127.0.0.1:${port}${path}`, {
        method: "POST",
        body: payload,
        headers,
      });
      await response.text();
      if (response.status !== 200) throw new Error(`the server answered ${response.status}`);
      accepted += 1;
    }
  };
  await Promise.all(Array.from({ length: connections }, lane));
  return accepted;
}

async function end(child: ChildProcess): Promise<void> {
  const ended = once(child, "exit");
  child.kill("SIGTERM");
  await ended;
}
