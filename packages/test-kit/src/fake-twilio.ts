import { randomBytes } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";
import twilio from "twilio";
import { recordAcceptances, type Acceptance } from "./acceptances.ts";
import { readText, sendJson, startFakeServer } from "./json-server.ts";

export type TwilioMessage = {
  readonly sid: string;
  readonly to: string;
  readonly from: string;
  /** Empty once it has been redacted. */
  body: string;
  /** Where to report, without what is for Twilio alone. */
  readonly statusCallback: string;
  readonly validityPeriod: number;
  readonly createdAt: Date;
  status: string;
};

/** A message that a phone wrote to Twilio's number. */
export type WrittenToTwilio = {
  readonly sid: string;
  readonly from: string;
  readonly to: string;
  body: string;
  readonly createdAt: Date;
};

/** How the fake answers one request to send. */
export type TwilioAnswer =
  | {
      readonly kind: "accept";
      /** Runs after it is taken and before it is answered. */ readonly before?: Meanwhile;
    }
  /** Takes the message; the connection breaks before the answer. */
  | { readonly kind: "accept-then-drop" }
  /** Takes the message and never answers. */
  | { readonly kind: "accept-then-hang" }
  /** The connection breaks before the message is taken. */
  | { readonly kind: "drop" }
  | { readonly kind: "refuse"; readonly status: number; readonly code?: number };
type Meanwhile = (message: TwilioMessage) => Promise<void>;

/** A request as Twilio would make it, to be handed to the service under test. */
export type TwilioCall = {
  readonly url: string;
  readonly headers: Record<string, string>;
  readonly payload: string;
};

export type FakeTwilio = {
  /** For TWILIO_API_URL. */
  readonly url: string;
  /** Everything it took, in order; what a test removes is missing from its list. */
  readonly accepted: TwilioMessage[];
  /** Everything it took, whatever has become of it since. */
  readonly acceptances: () => readonly Acceptance[];
  /** Requests to send that arrived, taken or not; to one phone, where it is named. */
  readonly attempts: (to?: string) => number;
  /** Answers the coming requests in this order, and those after them with the usual answer. */
  answer(...answers: TwilioAnswer[]): void;
  /** The usual answer; it accepts unless told otherwise. */
  answerAlways(answer: TwilioAnswer): void;
  /** Whether its list, and what can be done with it, is out of order. */
  breakLists(broken: boolean): void;
  /** A phone writes to it (`whatsapp:+51…` by WhatsApp): it is in its list, and nobody has been told. */
  writes(from: string, text: string): WrittenToTwilio;
  /** The signed call that tells of a written message: handed over by the test, often, late or never. */
  posts(written: WrittenToTwilio, token?: string): TwilioCall;
  /** The signed report on a message, posted when the test hands it over: in any order, as often as it likes. */
  report(message: TwilioMessage, status: string, extra?: { errorCode?: number }): TwilioCall;
  stop(): Promise<void>;
};

const formType = "application/x-www-form-urlencoded";

/** A form-encoded request to `url`, signed with `token` as Twilio signs. */
export function signTwilioRequest(url: string, fields: Record<string, string>, token: string): TwilioCall {
  return {
    url,
    headers: {
      "content-type": formType,
      "x-twilio-signature": twilio.getExpectedTwilioSignature(token, url, fields),
    },
    payload: new URLSearchParams(fields).toString(),
  };
}

type Options = {
  accountSid: string;
  authToken: string;
  clock: () => Date;
  /** What phones write to. */
  number?: string;
  publicUrl?: string;
  /** The service that the number belongs to. */
  messagingServiceSid?: string;
};

/** As much of Twilio's Messages API as sending, finding, fetching and redacting need, on a loopback port. */
export async function startFakeTwilio({
  accountSid,
  authToken,
  clock,
  number = "+15005550006",
  publicUrl = "https://minka.example",
  messagingServiceSid,
}: Options): Promise<FakeTwilio> {
  const accepted: TwilioMessage[] = [];
  const written: WrittenToTwilio[] = [];
  const acceptances = recordAcceptances();
  const answers: TwilioAnswer[] = [];
  let usual: TwilioAnswer = { kind: "accept" };
  const attempted: string[] = [];
  let broken = false;
  const messages = `/2010-04-01/Accounts/${accountSid}/Messages`;
  const credentials = `Basic ${Buffer.from(`${accountSid}:${authToken}`).toString("base64")}`;
  const newSid = () => `SM${randomBytes(16).toString("hex")}`;

  function take(fields: URLSearchParams): TwilioMessage {
    const message = {
      sid: newSid(),
      to: fields.get("To") ?? "",
      from: fields.get("From") ?? number,
      body: fields.get("Body") ?? "",
      statusCallback: (fields.get("StatusCallback") ?? "").replace(/#.*/, ""),
      validityPeriod: Number(fields.get("ValidityPeriod")),
      createdAt: clock(),
      status: "queued",
    };
    accepted.push(message);
    acceptances.add({ at: message.createdAt, id: message.sid, to: message.to, body: message.body });
    return message;
  }

  async function create(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const fields = new URLSearchParams(await readText(request));
    const answer = answers.shift() ?? usual;
    attempted.push(fields.get("To") ?? "");
    switch (answer.kind) {
      case "drop":
        request.socket.destroy();
        return;
      case "refuse":
        refuse(response, answer.status, answer.code);
        return;
      case "accept-then-drop":
        take(fields);
        request.socket.destroy();
        return;
      case "accept-then-hang":
        take(fields);
        return;
      case "accept": {
        const message = take(fields);
        await answer.before?.(message);
        sendJson(response, 201, resource(message));
      }
    }
  }

  function list(query: URLSearchParams, response: ServerResponse): void {
    const since = query.get("DateSent>");
    const size = Number(query.get("PageSize") ?? 50);
    const page = Number(query.get("Page") ?? 0);
    const matching = [...accepted, ...written]
      .filter(({ to }) => !query.has("To") || to === query.get("To"))
      .filter(({ createdAt }) => since === null || createdAt >= new Date(since))
      .sort((a, b) => a.createdAt.getTime() - b.createdAt.getTime())
      .toReversed();
    const next = new URLSearchParams(query);
    next.set("Page", String(page + 1));
    sendJson(response, 200, {
      messages: matching.slice(page * size, (page + 1) * size).map(resource),
      page,
      next_page_uri: matching.length > (page + 1) * size ? `${messages}.json?${next.toString()}` : null,
    });
  }

  /** A message without its words; only one that is no longer on its way. */
  async function change(sid: string, request: IncomingMessage, response: ServerResponse): Promise<void> {
    const fields = new URLSearchParams(await readText(request));
    const message = [...accepted, ...written].find((one) => one.sid === sid);
    if (!message) return refuse(response, 404, 20404);
    if (isOutbound(message) && ["queued", "sending"].includes(message.status))
      return refuse(response, 400, 20009);
    if (fields.get("Body") === "") message.body = "";
    sendJson(response, 200, resource(message));
  }

  const server = await startFakeServer(async (request, response, { pathname, searchParams }) => {
    const sid = pathname.startsWith(`${messages}/`) ? pathname.slice(messages.length + 1, -5) : null;
    if (request.headers.authorization !== credentials) return refuse(response, 401, 20003);
    if (sid === null && pathname !== `${messages}.json`) return refuse(response, 404, 20404);
    if (request.method === "POST" && sid === null) return create(request, response);
    if (broken) return refuse(response, 500);
    if (sid !== null) return change(sid, request, response);
    list(searchParams, response);
  });

  return {
    url: server.url,
    accepted,
    acceptances: acceptances.all,
    attempts: (to) => (to === undefined ? attempted : attempted.filter((one) => one === to)).length,
    answer: (...next) => void answers.push(...next),
    answerAlways: (answer) => void (usual = answer),
    breakLists: (now) => void (broken = now),
    writes(from, text) {
      const to = from.startsWith("whatsapp:") ? `whatsapp:${number}` : number;
      const message = { sid: newSid(), from, to, body: text, createdAt: clock() };
      written.push(message);
      return message;
    },
    posts({ sid, from, to, body }, token = authToken) {
      const gateway = from.startsWith("whatsapp:") ? "twilio-whatsapp" : "twilio";
      const fields = { AccountSid: accountSid, MessageSid: sid, From: from, To: to, Body: body };
      return signTwilioRequest(`${publicUrl}/sms/${gateway}/inbound`, fields, token);
    },
    report(message, status, { errorCode } = {}) {
      message.status = status;
      const fields = {
        AccountSid: accountSid,
        MessageSid: message.sid,
        SmsSid: message.sid,
        MessageStatus: status,
        SmsStatus: status,
        To: message.to,
        From: message.from,
        ApiVersion: "2010-04-01",
        ...(errorCode ? { ErrorCode: String(errorCode) } : {}),
      };
      return signTwilioRequest(message.statusCallback, fields, authToken);
    },
    stop: server.stop,
  };

  function resource(message: TwilioMessage | WrittenToTwilio): Record<string, unknown> {
    const created = message.createdAt.toUTCString();
    const outbound = isOutbound(message);
    return {
      account_sid: accountSid,
      sid: message.sid,
      to: message.to,
      from: message.from,
      body: message.body,
      status: outbound ? message.status : "received",
      direction: outbound ? "outbound-api" : "inbound",
      messaging_service_sid: messagingServiceSid ?? null,
      num_segments: "1",
      num_media: "0",
      date_created: created,
      date_updated: created,
      date_sent: outbound ? null : created,
      error_code: null,
      error_message: null,
      uri: `${messages}/${message.sid}.json`,
    };
  }
}

function isOutbound(message: TwilioMessage | WrittenToTwilio): message is TwilioMessage {
  return "status" in message;
}

function refuse(response: ServerResponse, status: number, code?: number): void {
  sendJson(response, status, { status, message: "refused", ...(code ? { code } : {}) });
}
