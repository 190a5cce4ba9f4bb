import type { Clock } from "@minka/domain/clock";
import { parsePhone } from "@minka/domain/phone";
import twilio from "twilio";
import type { TwilioConfig } from "../config.ts";
import type { Attempted, Finding, Gateway, ListedMessage, Outgoing, SendOutcome } from "./gateway.ts";
import { neverSent } from "./never-sent.ts";
import { retryOf } from "./twilio-errors.ts";

/** How far Twilio's clock may be behind ours, or that of the process that made the attempt be ahead. */
const clockSkewMs = 5 * 60_000;
/** How many messages of one phone are looked through; more than it is ever sent in ten minutes. */
const listed = 50;
/** The most that Twilio puts on one page of a list. */
const largestPage = 1_000;
/** The longest that Twilio keeps a message it cannot pass on, in seconds. */
const longestValidity = 36_000;
/** What trial accounts put before every text. */
const trialPrefix = "Sent from your Twilio trial account - ";
const whatsappPrefix = "whatsapp:";

type Options = { config: TwilioConfig; clock: Clock; timeoutMs?: number };

/**
 * SMS or WhatsApp through Twilio. It takes no ids from us: an attempt without an answer is found again by its
 * report (the message's id rides in the report's address) or by its text in the list of what that phone was
 * sent.
 */
export function createTwilioGateway({ config, clock, timeoutMs = 10_000 }: Options): Gateway {
  const { messages } = twilio(config.accountSid, config.authToken, {
    httpClient: httpClientTo(config.apiUrl, timeoutMs),
  });
  const addressOf = (phone: string) => (config.kind === "twilio-whatsapp" ? whatsappPrefix + phone : phone);
  const sender = "from" in config.sender ? { from: addressOf(config.sender.from) } : { ...config.sender };

  async function send(message: Outgoing): Promise<SendOutcome> {
    const seconds = Math.floor((message.expiresAt.getTime() - clock().getTime()) / 1000);
    try {
      const { sid } = await messages.create({
        to: addressOf(message.phone),
        ...sender,
        body: message.text,
        statusCallback: statusAddress(config, message),
        validityPeriod: Math.min(longestValidity, Math.max(10, seconds)),
      });
      return sid
        ? { kind: "accepted", externalId: sid }
        : { kind: "unknown", error: "answered without an id" };
    } catch (error) {
      return outcomeOf(error, message);
    }
  }

  async function find({ phone, texts, since, taken }: Attempted): Promise<Finding> {
    const recent = await messages
      .list({ to: addressOf(phone), limit: listed, pageSize: listed })
      .catch(() => null);
    if (recent === null) return { kind: "cannot-tell" };
    const earliest = since.getTime() - clockSkewMs;
    const candidates = recent
      .filter(({ body }) => texts.some((text) => body === text || body === `${trialPrefix}${text}`))
      .filter(({ dateCreated }) => dateCreated.getTime() >= earliest)
      .sort((a, b) => a.dateCreated.getTime() - b.dateCreated.getTime());
    const settled = await taken(candidates.map(({ sid }) => sid));
    const mine = candidates.find(({ sid }) => !settled.has(sid));
    return mine ? { kind: "accepted", externalId: mine.sid } : { kind: "cannot-tell" };
  }

  async function received(since: Date): Promise<readonly ListedMessage[]> {
    const earliest = new Date(since.getTime() - clockSkewMs);
    const list = await messages
      .list({
        ...("from" in sender ? { to: sender.from } : {}),
        dateSentAfter: earliest,
        pageSize: largestPage,
      })
      .catch((error: unknown) => {
        throw new Error(`Twilio's list could not be read (${codeOf(error)})`);
      });
    return list
      .filter(({ direction }) => direction === "inbound")
      .filter((one) => "from" in sender || one.messagingServiceSid === sender.messagingServiceSid)
      .flatMap(({ sid, from, body, dateSent, dateCreated }) => {
        const phone = phoneOf(from, config);
        const writtenAt = dateSent ?? dateCreated;
        return phone === null || writtenAt < earliest
          ? []
          : [{ externalId: sid, phone, text: body, writtenAt }];
      })
      .sort((a, b) => a.writtenAt.getTime() - b.writtenAt.getTime());
  }

  /** Leaves the message in the list without its words; one that is still on its way cannot be redacted yet. */
  async function redact(externalId: string): Promise<boolean> {
    try {
      await messages(externalId).update({ body: "" });
      return true;
    } catch (error) {
      return error instanceof twilio.RestException && error.status === 404;
    }
  }

  return {
    name: config.kind,
    segmentsPerSecond: config.segmentsPerSecond,
    takesClientIds: false,
    repeatsWithNewIds: false,
    send,
    find,
    received,
    redact,
  };
}

/** The phone that Twilio names as a sender; null for one that is no phone, or of the other channel. */
export function phoneOf(from: string, { kind }: Pick<TwilioConfig, "kind">): string | null {
  if (kind === "twilio") return parsePhone(from);
  return from.startsWith(whatsappPrefix) ? parsePhone(from.slice(whatsappPrefix.length)) : null;
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

/** For Twilio alone, and no part of what it signs: a report that fails for whatever reason is made again. */
const reportAgain = "#rc=5&rp=all";

/** Where Twilio reports on an attempt. */
function statusAddress({ publicUrl, kind }: TwilioConfig, { id, attempt }: Outgoing): string {
  return `${publicUrl}/sms/${kind}/status?message=${id}&attempt=${attempt}${reportAgain}`;
}

// Errors keep only codes: their messages quote the phone, and the library's hold the text.
function outcomeOf(error: unknown, { attempt, phone }: Outgoing): SendOutcome {
  const code = codeOf(error);
  if (error instanceof twilio.RestException) {
    const { status } = error;
    if (status < 400 || status >= 500 || status === 408) return { kind: "unknown", error: `http ${status}` };
    return { kind: "refused", code, retry: status === 429 ? "busy" : retryOf(code, { attempt, phone }) };
  }
  if (neverSent.has(code)) return { kind: "refused", code, retry: "soon" };
  return { kind: "unknown", error: code };
}

function codeOf(error: unknown): string {
  if (error instanceof twilio.RestException) {
    const { status, code } = error;
    return String(code ?? (status === 429 ? 20429 : status === 401 ? 20003 : status));
  }
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
