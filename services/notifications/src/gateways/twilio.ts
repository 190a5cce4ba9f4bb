import type { Clock } from "@minka/domain/clock";
import twilio from "twilio";
import type { TwilioConfig } from "../config.ts";
import type { Attempted, Finding, Gateway, Outgoing, SendOutcome } from "./gateway.ts";
import { retryOf } from "./twilio-errors.ts";

/** Network failures that happen before anything has been sent. */
const neverSent = new Set(["ECONNREFUSED", "ENOTFOUND", "EAI_AGAIN", "EHOSTUNREACH", "ENETUNREACH"]);
/** How far Twilio's clock may be behind ours. */
const clockSkewMs = 30_000;
/** How many messages of one phone are looked through; more than it is ever sent in ten minutes. */
const listed = 50;
/** The longest that Twilio keeps a message it cannot pass on, in seconds. */
const longestValidity = 36_000;
/** What trial accounts put before every text. */
const trialPrefix = "Sent from your Twilio trial account - ";

type Options = { config: TwilioConfig; clock: Clock; timeoutMs?: number };

/**
 * SMS through Twilio. It takes no ids from us: an attempt without an answer is found again by its report
 * (the message's id rides in the report's address) or by its text in the list of what that phone was sent.
 */
export function createTwilioGateway({ config, clock, timeoutMs = 10_000 }: Options): Gateway {
  const client = twilio(config.accountSid, config.authToken, {
    httpClient: httpClientTo(config.apiUrl, timeoutMs),
  });

  async function send(message: Outgoing): Promise<SendOutcome> {
    const seconds = Math.floor((message.expiresAt.getTime() - clock().getTime()) / 1000);
    try {
      const { sid } = await client.messages.create({
        to: message.phone,
        ...config.sender,
        body: message.text,
        statusCallback: statusAddress(config.publicUrl, message),
        validityPeriod: Math.min(longestValidity, Math.max(10, seconds)),
      });
      return sid
        ? { kind: "accepted", externalId: sid }
        : { kind: "unknown", error: "answered without an id" };
    } catch (error) {
      return outcomeOf(error, message);
    }
  }

  async function find({ phone, text, since, taken }: Attempted): Promise<Finding> {
    if (text === null) return { kind: "cannot-tell" };
    const recent = await client.messages
      .list({ to: phone, limit: listed, pageSize: listed })
      .catch(() => null);
    if (recent === null) return { kind: "cannot-tell" };
    const earliest = since.getTime() - clockSkewMs;
    const candidates = recent
      .filter(({ body }) => body === text || body === `${trialPrefix}${text}`)
      .filter(({ dateCreated }) => dateCreated.getTime() >= earliest)
      .sort((a, b) => a.dateCreated.getTime() - b.dateCreated.getTime());
    const settled = await taken(candidates.map(({ sid }) => sid));
    const mine = candidates.find(({ sid }) => !settled.has(sid));
    return mine ? { kind: "accepted", externalId: mine.sid } : { kind: "cannot-tell" };
  }

  return { name: "twilio", takesClientIds: false, repeatsWithNewIds: false, send, find };
}

/** The library's client, sending its requests to another host than the one that the library has built in. */
function httpClientTo(apiUrl: string, timeoutMs: number): twilio.RequestClient {
  const httpClient = new twilio.RequestClient({ timeout: timeoutMs });
  httpClient.axios.interceptors.request.use((request) => {
    const { pathname, search } = new URL(request.url ?? "/", apiUrl);
    request.url = `${apiUrl}${pathname}${search}`;
    return request;
  });
  return httpClient;
}

/** Where Twilio reports on an attempt. */
function statusAddress(publicUrl: string, { id, attempt }: Outgoing): string {
  return `${publicUrl}/sms/twilio/status?message=${id}&attempt=${attempt}`;
}

// Errors keep only codes: their messages quote the phone, and the library's hold the text.
function outcomeOf(error: unknown, { attempt, phone }: Outgoing): SendOutcome {
  if (error instanceof twilio.RestException) {
    const { status } = error;
    if (status >= 500 || status === 408) return { kind: "unknown", error: `http ${status}` };
    const code = String(error.code ?? (status === 429 ? 20429 : status === 401 ? 20003 : status));
    const retry = status === 429 ? "soon" : retryOf(code, { attempt, phone });
    return { kind: "refused", code, retry };
  }
  const code = networkCode(error);
  if (neverSent.has(code)) return { kind: "refused", code, retry: "soon" };
  return { kind: "unknown", error: code };
}

function networkCode(error: unknown): string {
  if (!(error instanceof Error)) return "unknown";
  return "code" in error && typeof error.code === "string" ? error.code : error.name;
}

/** Twilio's word for where a message is, in ours; null for one that says nothing. */
export function stateOfTwilioStatus(status: string): "sent" | "delivered" | "undelivered" | "failed" | null {
  switch (status) {
    case "accepted":
    case "scheduled":
    case "queued":
    case "sending":
    case "sent":
      return "sent";
    case "delivered":
    case "read":
      return "delivered";
    case "undelivered":
      return "undelivered";
    case "failed":
    case "canceled":
      return "failed";
    default:
      return null;
  }
}
