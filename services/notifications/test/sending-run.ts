import { connectDatabase, type Database } from "@minka/database/connect";
import { defineService } from "@minka/service/define-service";
import { runForTest, type TestRun } from "@minka/test-kit/run-for-test";
import { createTestClock } from "@minka/test-kit/test-clock";
import { asc, eq } from "@minka/database/query";
import { lockConversation } from "../src/conversations/conversation-lease.ts";
import type { Finding, Gateway, Outgoing, SendOutcome } from "../src/gateways/gateway.ts";
import { enqueueMessage, type NewMessage } from "../src/sending/enqueue-message.ts";
import { recordReport, type Report } from "../src/sending/record-report.ts";
import { redactMessageJob } from "../src/sending/redact-message.ts";
import { sendMessageJob } from "../src/sending/send-message.ts";
import { outboundAttempts } from "../src/sending/sending-tables.ts";
import { settleMessageJob } from "../src/sending/settle-message.ts";
import { wakeMessageJob } from "../src/sending/wake-message.ts";
import { attentionItems, conversations, outboundMessages } from "../src/tables.ts";

export const phone = "+51987654321";
export const otherPhone = "+51912345678";
const environment = { SERVICE_SECRET: "a secret of the tests" };

type Answer = SendOutcome | { readonly kind: "accept" } | ((message: Outgoing) => Promise<SendOutcome>);

/** A gateway that writes down every call and everything that it took. */
export type RecordingGateway = Gateway & {
  readonly calls: Outgoing[];
  readonly accepted: Outgoing[];
  /** The texts that it took, in order. */
  texts(phone?: string): string[];
  answer(...answers: Answer[]): void;
  answerAlways(answer: Answer): void;
  /** What its list says of a message in doubt; usually nothing. */
  finds(finding: (message: { id: string }) => Finding): void;
};

export function recordingGateway(name: string, traits: Partial<Gateway> = {}): RecordingGateway {
  const calls: Outgoing[] = [];
  const accepted: Outgoing[] = [];
  const answers: Answer[] = [];
  let usual: Answer = { kind: "accept" };
  let finding: (message: { id: string }) => Finding = () => ({ kind: "cannot-tell" });
  const take = (message: Outgoing): SendOutcome => {
    accepted.push(message);
    return { kind: "accepted", externalId: `${name}-${message.id}-${message.attempt}` };
  };
  return {
    name,
    segmentsPerSecond: Number.POSITIVE_INFINITY,
    takesClientIds: false,
    repeatsWithNewIds: false,
    async find({ id, taken }) {
      const found = finding({ id });
      const known = found.kind === "accepted" && (await taken([found.externalId])).has(found.externalId);
      return known ? { kind: "cannot-tell" } : found;
    },
    ...traits,
    calls,
    accepted,
    texts: (to) => accepted.filter((one) => !to || one.phone === to).map(({ text }) => text),
    answer: (...next) => void answers.push(...next),
    answerAlways: (answer) => void (usual = answer),
    finds: (next) => void (finding = next),
    async send(message) {
      calls.push(message);
      const answer = answers.shift() ?? usual;
      if (typeof answer === "function") return answer(message);
      return answer.kind === "accept" ? take(message) : answer;
    },
  };
}

/** Takes the message, and dies before it answers. */
export const acceptThenDie =
  (gateway: RecordingGateway): Answer =>
  async (message) => {
    gateway.accepted.push(message);
    return { kind: "unknown", error: "ECONNRESET" };
  };

export const refused = (
  code: string,
  retry: Extract<SendOutcome, { kind: "refused" }>["retry"],
): SendOutcome => ({
  kind: "refused",
  code,
  retry,
});
export const busy = refused("20429", "busy");
export const down = refused("ECONNREFUSED", "soon");

export type SendingRun = TestRun & {
  readonly db: Database;
  readonly job: ReturnType<typeof sendMessageJob>;
  readonly settling: ReturnType<typeof settleMessageJob>;
  enqueue(message?: Partial<NewMessage>): Promise<string>;
  outbound(id: string): Promise<typeof outboundMessages.$inferSelect>;
  attempts(id: string): Promise<(typeof outboundAttempts.$inferSelect)[]>;
  attention(): Promise<(typeof attentionItems.$inferSelect)[]>;
  report(report: Report): Promise<void>;
  /** The phone has written by that gateway. */
  wrote(gateway: string, at: Date): Promise<void>;
};

/** Sending by the given gateways, with nothing else around it. */
export async function runSending(
  gateways: readonly Gateway[],
  clock = createTestClock(),
): Promise<SendingRun> {
  const sending = defineService({
    name: "notifications",
    migrations: new URL("../migrations/", import.meta.url),
    start: (kit) => ({
      routes: () => {},
      jobs: {
        "send-message": sendMessageJob({ ...kit, gateways }),
        "settle-message": settleMessageJob({ ...kit, gateways }),
        "wake-message": wakeMessageJob(kit),
        "redact-message": redactMessageJob({ ...kit, gateways }),
      },
    }),
  });
  const run = await runForTest([sending], { clock, environment });
  const db = connectDatabase({ url: run.database.url("notifications"), name: "test", maxConnections: 10 });
  return {
    ...run,
    db,
    job: sendMessageJob({ db, clock, gateways, environment }),
    settling: settleMessageJob({ db, clock, gateways }),
    enqueue: (message) =>
      db.transaction((tx) =>
        enqueueMessage(tx, { phone, text: "Hola", at: clock(), trace: "test-trace", ...message }),
      ),
    async outbound(id) {
      const [message] = await db.read.select().from(outboundMessages).where(eq(outboundMessages.id, id));
      if (!message) throw new Error("no such message");
      return message;
    },
    attempts: (id) =>
      db.read
        .select()
        .from(outboundAttempts)
        .where(eq(outboundAttempts.messageId, id))
        .orderBy(asc(outboundAttempts.number)),
    attention: () => db.read.select().from(attentionItems).orderBy(attentionItems.at, attentionItems.id),
    wrote: (gateway, wroteAt) =>
      db.transaction(async (tx) => {
        const { id } = await lockConversation(tx, phone, "test-trace");
        await tx.update(conversations).set({ gateway, wroteAt }).where(eq(conversations.id, id));
      }),
    report: (report) => recordReport({ db, clock }, report),
    async stop() {
      await db.close();
      await run.stop();
    },
  };
}

export function phoneNumber(index: number): string {
  return `+519${String(10_000_000 + index)}`;
}
