import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { sendText } from "@minka/contracts/notifications";
import { newId } from "@minka/database/new-id";
import { mountEndpoint } from "@minka/http/mount-endpoint";
import { defineService } from "@minka/service/define-service";
import { runForTest, type TestRun } from "@minka/test-kit/run-for-test";
import { profiles } from "../src/service.ts";

type Sent = { phone: string; code: string; expiresAt: string };

export type ProfilesRun = TestRun & {
  /** Resolves with the next SMS that profiles asks to be sent. */
  nextSms(): Promise<Sent>;
  sent: Sent[];
  post(path: string, body: object, token?: string): ReturnType<typeof post>;
};

const post = (run: TestRun, url: string, body: object, token?: string) =>
  run.app.inject({
    method: "POST",
    url,
    payload: body,
    headers: token ? { authorization: `Bearer ${token}` } : {},
  });

/** Profiles beside a neighbour that keeps what it is asked to send. */
export async function runProfiles(environment: Record<string, string> = {}): Promise<ProfilesRun> {
  const sent: Sent[] = [];
  const waiting: ((sms: Sent) => void)[] = [];
  const notifications = defineService({
    name: "notifications",
    migrations: null,
    start: () => ({
      routes(app) {
        mountEndpoint(app, sendText, async ({ body }) => {
          const sms = { phone: body.phone, code: String(body.parameters["code"]), expiresAt: body.expiresAt };
          sent.push(sms);
          waiting.shift()?.(sms);
          return { messageId: newId() };
        });
      },
    }),
  });
  const dataDir = await mkdtemp(join(tmpdir(), "minka-profiles-"));
  const run = await runForTest([profiles, notifications], {
    environment: { DATA_DIR: dataDir, ...environment },
  });
  return {
    ...run,
    sent,
    nextSms: () => new Promise((resolve) => waiting.push(resolve)),
    post: (path, body, token) => post(run, path, body, token),
    async stop() {
      await run.stop();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}

export const trace = { trace: "test-trace" };

/** Asks for a code and exchanges it. */
export async function signIn(run: ProfilesRun, phone: string): Promise<{ token: string; personId: string }> {
  const sms = run.nextSms();
  await run.post("/api/auth/codes", { phone });
  const { code } = await sms;
  const answer = (await run.post("/api/auth/tokens", { phone, code })).json();
  return { token: answer.accessToken, personId: answer.personId };
}

export function consentAt(run: TestRun) {
  return { version: "2026-11", channel: "sms" as const, at: run.clock().toISOString() };
}
