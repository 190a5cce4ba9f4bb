import { createHmac, timingSafeEqual } from "node:crypto";
import type { Database } from "@minka/database/connect";
import type { Clock } from "@minka/domain/clock";
import { DomainError } from "@minka/domain/errors";
import { parsePhone } from "@minka/domain/phone";
import type { App } from "@minka/http/app";
import { and, desc, eq } from "@minka/database/query";
import { z } from "zod";
import type { AndroidConfig } from "../config.ts";
import { refusalOfFailure } from "../gateways/android-failures.ts";
import { idOfWritten, messageOfTry, stampOf } from "../gateways/android-ids.ts";
import type { Gateway, Refusal } from "../gateways/gateway.ts";
import { recordReport } from "../sending/record-report.ts";
import { outboundAttempts } from "../sending/sending-tables.ts";
import type { Journal } from "./journal.ts";
import { receiveMessage } from "./receive-message.ts";

type Kit = {
  readonly db: Database;
  readonly clock: Clock;
  readonly journal: Journal;
  readonly gateway: Gateway;
  readonly config: AndroidConfig;
};

const written = z.object({
  message: z.string(),
  /** What older phones call `phoneNumber`. */
  sender: z.string().optional(),
  phoneNumber: z.string().optional(),
  receivedAt: z.string(),
});
const about = z.object({ messageId: z.string() });

const event = z.discriminatedUnion("event", [
  z.object({ event: z.literal("sms:received"), payload: written }),
  z.object({ event: z.literal("sms:sent"), payload: about }),
  z.object({ event: z.literal("sms:delivered"), payload: about }),
  z.object({ event: z.literal("sms:failed"), payload: about.extend({ reason: z.string().default("") }) }),
  z.object({ event: z.literal("sms:cancelled"), payload: about }),
]);
type Event = z.output<typeof event>;

const known: ReadonlySet<unknown> = new Set(event.options.map(({ shape }) => shape.event.value));

/** Ten times what the phone's longest message needs. */
const bodyLimit = 64 * 1024;
/** How old a signature may be, or how far the phone's clock off. */
const freshMs = 10 * 60_000;

/** What the Android phone calls, one address for all its events: a message for Minka, and how one of Minka's fares. */
export function androidRoutes(app: App, { db, clock, journal, gateway, config }: Kit): void {
  app.removeAllContentTypeParsers();
  // The signature is over the bytes as they came.
  app.addContentTypeParser("application/json", { parseAs: "buffer", bodyLimit }, (_request, body, done) =>
    done(null, body),
  );

  app.post("/sms/android/webhooks", async (request, reply) => {
    const { body, headers } = request;
    if (!Buffer.isBuffer(body) || !isGenuine(body, headers, config, clock())) {
      throw new DomainError(
        "forbidden",
        "signature-invalid",
        "The request is not signed as the phone signs.",
      );
    }
    const told = readEvent(body);
    if (told?.event === "sms:received") {
      const { message: text, sender, phoneNumber, receivedAt } = told.payload;
      const phone = parsePhone(sender ?? phoneNumber ?? "");
      if (phone === null) {
        request.log.info({ gateway: gateway.name }, "message from a sender that cannot be answered");
      } else {
        const externalId = idOfWritten({ phone, text, receivedAt }, config.idSecret);
        const stampedAt = stampOf(receivedAt);
        const received = { gateway, externalId, phone, text, trace: request.id };
        await receiveMessage({ clock, journal }, stampedAt ? { ...received, stampedAt } : received);
      }
    } else if (told) {
      await report(told);
    }
    return reply.status(204).send();
  });

  async function report(told: Exclude<Event, { event: "sms:received" }>): Promise<void> {
    const externalId = told.payload.messageId;
    const messageId = messageOfTry(externalId);
    const attempt = messageId && (await attemptBehind(db, { messageId, gateway: gateway.name, externalId }));
    if (!messageId || !attempt) return;
    const message = { messageId, attempt, externalId };
    const failed = (refusal: (message: { attempt: number }) => Refusal) =>
      recordReport({ db, clock }, { ...message, state: "failed", refusal });
    switch (told.event) {
      case "sms:sent":
        return recordReport({ db, clock }, { ...message, state: "sent" });
      case "sms:delivered":
        return recordReport({ db, clock }, { ...message, state: "delivered" });
      case "sms:failed":
        return failed(({ attempt }) => refusalOfFailure(told.payload.reason, attempt));
      case "sms:cancelled":
        return failed(() => ({ code: "cancelled", retry: "never" }));
    }
  }
}

/**
 * The attempt that a try's report is about: the one that is known to have led to it, or, while the phone's answer
 * is still on its way, the last one by this gateway. The phone counts only what it has taken, so its number is none
 * of ours.
 */
async function attemptBehind(
  db: Database,
  { messageId, gateway, externalId }: { messageId: string; gateway: string; externalId: string },
): Promise<number | null> {
  const made = await db.read
    .select({ number: outboundAttempts.number, externalId: outboundAttempts.externalId })
    .from(outboundAttempts)
    .where(and(eq(outboundAttempts.messageId, messageId), eq(outboundAttempts.gateway, gateway)))
    .orderBy(desc(outboundAttempts.number));
  const behind = made.find((attempt) => attempt.externalId === externalId) ?? made[0];
  return behind?.number ?? null;
}

/** Null for an event that is nothing to Minka. */
function readEvent(body: Buffer): Event | null {
  let json: unknown;
  try {
    json = JSON.parse(body.toString("utf8"));
  } catch {
    throw new DomainError("invalid", "invalid-input", "The body is no JSON.");
  }
  if (typeof json !== "object" || json === null || !("event" in json) || !known.has(json.event)) return null;
  const read = event.safeParse(json);
  if (read.success) return read.data;
  // Where it is wrong, not what it says.
  const errors = read.error.issues.map(({ path, message }) => ({ path: path.join("."), message }));
  throw new DomainError("invalid", "invalid-input", "Some fields are not valid.", { errors });
}

/**
 * Signed by the phone over the body and the moment, with either key while it is being changed. What was
 * signed long ago is somebody's copy: the phone signs each try anew.
 */
function isGenuine(
  body: Buffer,
  headers: Readonly<Record<string, string | string[] | undefined>>,
  { webhookKeys }: AndroidConfig,
  now: Date,
): boolean {
  const { "x-signature": signature, "x-timestamp": timestamp } = headers;
  if (typeof signature !== "string" || typeof timestamp !== "string") return false;
  if (!/^\d{1,12}$/.test(timestamp)) return false;
  if (Math.abs(now.getTime() - Number(timestamp) * 1000) > freshMs) return false;
  const given = Buffer.from(signature.trim().toLowerCase());
  return webhookKeys.some((key) => {
    const right = Buffer.from(createHmac("sha256", key).update(body).update(timestamp).digest("hex"));
    return right.length === given.length && timingSafeEqual(right, given);
  });
}
