import { randomBytes } from "node:crypto";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import twilio from "twilio";

export type TwilioMessage = {
  readonly sid: string;
  readonly to: string;
  readonly from: string;
  readonly body: string;
  readonly statusCallback: string;
  readonly validityPeriod: number;
  readonly createdAt: Date;
  status: string;
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
  /** Requests to send that arrived, taken or not. */
  readonly attempts: () => number;
  /** Answers the coming requests in this order, and those after them with the usual answer. */
  answer(...answers: TwilioAnswer[]): void;
  /** The usual answer; it accepts unless told otherwise. */
  answerAlways(answer: TwilioAnswer): void;
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

type Options = { accountSid: string; authToken: string; clock: () => Date };

/** As much of Twilio's Messages API as sending and finding needs, on a loopback port. */
export async function startFakeTwilio({ accountSid, authToken, clock }: Options): Promise<FakeTwilio> {
  const accepted: TwilioMessage[] = [];
  const answers: TwilioAnswer[] = [];
  let usual: TwilioAnswer = { kind: "accept" };
  let attempts = 0;
  const path = `/2010-04-01/Accounts/${accountSid}/Messages.json`;
  const credentials = `Basic ${Buffer.from(`${accountSid}:${authToken}`).toString("base64")}`;

  function take(fields: URLSearchParams): TwilioMessage {
    const message = {
      sid: `SM${randomBytes(16).toString("hex")}`,
      to: fields.get("To") ?? "",
      from: fields.get("From") ?? fields.get("MessagingServiceSid") ?? "",
      body: fields.get("Body") ?? "",
      statusCallback: fields.get("StatusCallback") ?? "",
      validityPeriod: Number(fields.get("ValidityPeriod")),
      createdAt: clock(),
      status: "queued",
    };
    accepted.push(message);
    return message;
  }

  async function create(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const fields = new URLSearchParams(await readText(request));
    const answer = answers.shift() ?? usual;
    attempts += 1;
    switch (answer.kind) {
      case "drop":
        request.socket.destroy();
        return;
      case "refuse":
        sendJson(response, answer.status, {
          status: answer.status,
          message: "refused",
          ...(answer.code ? { code: answer.code } : {}),
        });
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
    const messages = accepted
      .filter(({ to }) => !query.has("To") || to === query.get("To"))
      .filter(({ createdAt }) => since === null || createdAt >= new Date(since))
      .toReversed()
      .slice(0, Number(query.get("PageSize") ?? 50));
    sendJson(response, 200, { messages: messages.map(resource), page: 0, next_page_uri: null });
  }

  const server = createServer((request, response) => {
    const { pathname, searchParams } = new URL(request.url ?? "/", "http://twilio.invalid");
    if (request.headers.authorization !== credentials) {
      sendJson(response, 401, { status: 401, code: 20003, message: "Authenticate" });
    } else if (pathname !== path) {
      sendJson(response, 404, { status: 404, code: 20404, message: "not found" });
    } else if (request.method === "POST") {
      create(request, response).catch(() => request.socket.destroy());
    } else {
      list(searchParams, response);
    }
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("the fake has no port");

  return {
    url: `http://127.0.0.1:${address.port}`,
    accepted,
    attempts: () => attempts,
    answer: (...next) => void answers.push(...next),
    answerAlways: (answer) => void (usual = answer),
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
    async stop() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };

  function resource(message: TwilioMessage): Record<string, unknown> {
    const created = message.createdAt.toUTCString();
    return {
      account_sid: accountSid,
      sid: message.sid,
      to: message.to,
      from: message.from,
      body: message.body,
      status: message.status,
      direction: "outbound-api",
      num_segments: "1",
      num_media: "0",
      date_created: created,
      date_updated: created,
      date_sent: null,
      error_code: null,
      error_message: null,
      uri: `/2010-04-01/Accounts/${accountSid}/Messages/${message.sid}.json`,
    };
  }
}

function sendJson(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(body));
}

async function readText(request: IncomingMessage): Promise<string> {
  request.setEncoding("utf8");
  let text = "";
  for await (const chunk of request) text += String(chunk);
  return text;
}
