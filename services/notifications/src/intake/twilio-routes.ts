import formbody from "@fastify/formbody";
import type { Database } from "@minka/database/connect";
import type { Clock } from "@minka/domain/clock";
import { DomainError } from "@minka/domain/errors";
import type { App } from "@minka/http/app";
import twilio from "twilio";
import { z } from "zod";
import type { TwilioConfig } from "../config.ts";
import type { Gateway } from "../gateways/gateway.ts";
import { retryOf } from "../gateways/twilio-errors.ts";
import { phoneOf, stateOfTwilioStatus } from "../gateways/twilio.ts";
import { recordReport } from "../sending/record-report.ts";
import type { Journal } from "./journal.ts";
import { receiveMessage } from "./receive-message.ts";

type Kit = {
  readonly db: Database;
  readonly clock: Clock;
  readonly journal: Journal;
  readonly gateway: Gateway;
  readonly config: TwilioConfig;
};

const form = z.record(z.string(), z.string());

const inbound = z.object({
  MessageSid: z.string().min(1).max(100),
  From: z.string().max(100),
  Body: z.string(),
});

const status = z.object({
  MessageSid: z.string().min(1).max(100),
  MessageStatus: z.string().max(100),
  ErrorCode: z.string().max(20).optional(),
});
/** What Minka put into the report's address when it sent the message. */
const statusQuery = z.object({ message: z.uuid(), attempt: z.coerce.number().int().min(1) });

/** Ten times what Twilio's longest message needs. */
const bodyLimit = 16 * 1024;
/** TwiML without instructions: Minka's replies go out as messages of their own. */
const nothingToSay = "<Response/>";

/**
 * What Twilio calls: a message for Minka, and how one of Minka's fares. Form-encoded and signed. SMS and WhatsApp
 * each have addresses of their own, so that what came by one is not taken for the other's.
 */
export async function twilioRoutes(app: App, { db, clock, journal, gateway, config }: Kit): Promise<void> {
  app.removeAllContentTypeParsers();
  await app.register(formbody, {
    bodyLimit,
    // Bytes that are not UTF-8 become the replacement character instead of an error.
    parser: (text) => Object.fromEntries(new URLSearchParams(text)),
  });
  app.addHook("preValidation", async (request) => refuseForgery(request, config));

  app.post<{ Body: z.output<typeof inbound> }>(
    `/sms/${config.kind}/inbound`,
    { schema: { body: inbound } },
    async (request, reply) => {
      const { MessageSid, From, Body } = request.body;
      const phone = phoneOf(From, config);
      if (phone === null) {
        request.log.info({ gateway: gateway.name }, "message from a sender that cannot be answered");
      } else {
        const received = { gateway, externalId: MessageSid, phone, text: Body, trace: request.id };
        await receiveMessage({ clock, journal }, received);
      }
      return reply.type("text/xml").send(nothingToSay);
    },
  );

  app.post<{ Body: z.output<typeof status> }>(
    `/sms/${config.kind}/status`,
    { schema: { body: status } },
    async (request, reply) => {
      const { MessageSid, MessageStatus, ErrorCode } = request.body;
      const state = stateOfTwilioStatus(MessageStatus);
      const ours = statusQuery.safeParse(request.query);
      if (state !== null && ours.success) {
        const about = {
          messageId: ours.data.message,
          attempt: ours.data.attempt,
          externalId: MessageSid,
        };
        const code = ErrorCode || MessageStatus;
        await recordReport(
          { db, clock },
          state === "sent" || state === "delivered"
            ? { ...about, state }
            : { ...about, state, refusal: (message) => ({ code, retry: retryOf(code, message) }) },
        );
      }
      return reply.type("text/xml").send(nothingToSay);
    },
  );
}

/**
 * Twilio signs the address that it was given, which is the public one; the Host header is whatever the
 * caller says. While the token is being changed both are right.
 */
async function refuseForgery(
  request: Parameters<App["authenticate"]>[0],
  { publicUrl, webhookTokens }: TwilioConfig,
): Promise<void> {
  const signature = request.headers["x-twilio-signature"];
  const fields = form.parse(request.body ?? {});
  const genuine =
    typeof signature === "string" &&
    webhookTokens.some((token) =>
      twilio.validateRequest(token, signature, `${publicUrl}${request.url}`, fields),
    );
  if (!genuine) {
    throw new DomainError("forbidden", "signature-invalid", "The request is not signed as Twilio signs.");
  }
}
