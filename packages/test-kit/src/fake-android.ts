import { createHmac, randomBytes } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";
import { recordAcceptances, type Acceptance } from "./acceptances.ts";
import { readText, sendJson, startFakeServer } from "./json-server.ts";

export type AndroidMessage = {
  readonly id: string;
  readonly to: string;
  readonly body: string;
  /** In seconds from when it was taken. */
  readonly ttl: number;
  readonly createdAt: Date;
  state: "Pending" | "Processed" | "Sent" | "Delivered" | "Failed" | "Cancelled";
};

/** A message that a phone wrote to the Android phone's SIM. */
export type WrittenToAndroid = { readonly from: string; readonly text: string; readonly receivedAt: Date };

/** How the fake answers one request to send. */
export type AndroidAnswer =
  /** Refuses an id that it has taken before. */
  | { readonly kind: "accept" }
  | { readonly kind: "accept-then-drop" }
  | { readonly kind: "accept-then-hang" }
  | { readonly kind: "drop" }
  | { readonly kind: "refuse"; readonly status: number; readonly message?: string };

/** A request as the phone would make it, to be handed to the service under test. */
export type AndroidCall = {
  readonly url: string;
  readonly headers: Record<string, string>;
  readonly payload: string;
};

export type FakeAndroid = {
  /** For ANDROID_API_URL. */
  readonly url: string;
  /** Everything it took, in order; what a test removes it has forgotten. */
  readonly accepted: AndroidMessage[];
  /** Everything it took, whatever has become of it since. */
  readonly acceptances: () => readonly Acceptance[];
  /** Requests to send that arrived, taken or not. */
  readonly attempts: () => number;
  answer(...answers: AndroidAnswer[]): void;
  answerAlways(answer: AndroidAnswer): void;
  /** Whether looking things up is out of order. */
  breakLists(broken: boolean): void;
  /** A phone writes to it: it is in its inbox, and nobody has been told. */
  writes(from: string, text: string): WrittenToAndroid;
  /** The signed call that tells of a written message, under new ids each time. */
  posts(written: WrittenToAndroid, signing?: Signing): AndroidCall;
  /** The signed report on a message. */
  report(message: AndroidMessage, event: Reported, extra?: { reason?: string }): AndroidCall;
  /** What it was asked to look for in its inbox, and now has to tell. */
  readonly exported: AndroidCall[];
  stop(): Promise<void>;
};

export type Reported = "sent" | "delivered" | "failed" | "cancelled";
type Signing = { key?: string; at?: Date };

const stateOf = { sent: "Sent", delivered: "Delivered", failed: "Failed", cancelled: "Cancelled" } as const;

/** A JSON request, signed with `key` at that moment as the phone signs. */
export function signAndroidRequest(url: string, event: object, key: string, at: Date): AndroidCall {
  const payload = JSON.stringify(event);
  const timestamp = String(Math.floor(at.getTime() / 1000));
  return {
    url,
    headers: {
      "content-type": "application/json",
      "x-timestamp": timestamp,
      "x-signature": createHmac("sha256", key).update(payload).update(timestamp).digest("hex"),
    },
    payload,
  };
}

type Options = {
  username: string;
  password: string;
  webhookKey: string;
  clock: () => Date;
  publicUrl?: string;
  /** A server stands between, which keeps no inbox. */
  behindServer?: boolean;
};

/** As much of SMS Gateway for Android as sending, finding and fetching need, on a loopback port. */
export async function startFakeAndroid({
  username,
  password,
  webhookKey,
  clock,
  publicUrl = "https://minka.example",
  behindServer = false,
}: Options): Promise<FakeAndroid> {
  const accepted: AndroidMessage[] = [];
  const inbox: WrittenToAndroid[] = [];
  const posted = new Set<WrittenToAndroid>();
  const exported: AndroidCall[] = [];
  const acceptances = recordAcceptances();
  const answers: AndroidAnswer[] = [];
  let usual: AndroidAnswer = { kind: "accept" };
  let attempts = 0;
  let broken = false;
  const credentials = `Basic ${Buffer.from(`${username}:${password}`).toString("base64")}`;
  const hook = `${publicUrl}/sms/android/webhooks`;

  /** Null when it knows the id: then nothing happens. */
  function take(json: string): AndroidMessage | null {
    const { id, textMessage, phoneNumbers, ttl } = JSON.parse(json);
    if (accepted.some((known) => known.id === id)) return null;
    const message: AndroidMessage = {
      id,
      to: phoneNumbers[0],
      body: textMessage.text,
      ttl,
      createdAt: clock(),
      state: "Pending",
    };
    accepted.push(message);
    acceptances.add({ at: message.createdAt, id, to: message.to, body: message.body });
    return message;
  }

  async function create(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const json = await readText(request);
    const answer = answers.shift() ?? usual;
    attempts += 1;
    switch (answer.kind) {
      case "drop":
        request.socket.destroy();
        return;
      case "refuse":
        sendJson(response, answer.status, { message: answer.message ?? "refused" });
        return;
      case "accept-then-drop":
        take(json);
        request.socket.destroy();
        return;
      case "accept-then-hang":
        take(json);
        return;
      case "accept": {
        const message = take(json);
        if (message) sendJson(response, 202, resource(message));
        else sendJson(response, 409, { message: "conflict" });
      }
    }
  }

  function inboxPage(query: URLSearchParams, response: ServerResponse): void {
    if (behindServer) return sendJson(response, 501, { message: "not implemented" });
    const [from, to] = ["from", "to"].map((name) => new Date(query.get(name) ?? 0));
    const rows = within(from, to).map(({ from: sender, text, receivedAt }) => ({
      id: `text:${randomBytes(4).readInt32BE()}`,
      type: "SMS",
      sender,
      recipient: null,
      simNumber: 1,
      contentPreview: text,
      createdAt: receivedAt.toISOString(),
    }));
    const offset = Number(query.get("offset") ?? 0);
    sendJson(response, 200, rows.slice(offset, offset + Number(query.get("limit") ?? 50)));
  }

  const within = (from = new Date(0), to = new Date(0)) =>
    inbox.filter(({ receivedAt }) => receivedAt >= from && receivedAt <= to);

  const server = await startFakeServer(async (request, response, { pathname, searchParams }) => {
    if (request.headers.authorization !== credentials) return sendJson(response, 401, { message: "who?" });
    if (request.method === "POST" && pathname === "/messages") return create(request, response);
    if (broken) return sendJson(response, 500, { message: "broken" });
    if (request.method === "POST" && pathname === "/messages/inbox/export") {
      const { since, until } = JSON.parse(await readText(request));
      const untold = within(new Date(since), new Date(until)).filter((one) => !posted.has(one));
      exported.push(...untold.map((one) => posts(one)));
      response.writeHead(202).end();
      return;
    }
    if (pathname === "/inbox") return inboxPage(searchParams, response);
    const known = accepted.find(({ id }) => pathname === `/messages/${id}`);
    if (known) sendJson(response, 200, resource(known));
    else sendJson(response, 404, { message: "not found" });
  });

  function posts(written: WrittenToAndroid, { key = webhookKey, at = clock() }: Signing = {}): AndroidCall {
    posted.add(written);
    const payload = {
      messageId: randomBytes(4).toString("hex"),
      message: written.text,
      sender: written.from,
      phoneNumber: written.from,
      recipient: null,
      simNumber: 1,
      receivedAt: inLima(written.receivedAt),
    };
    return signAndroidRequest(hook, wrap("sms:received", payload), key, at);
  }

  return {
    url: server.url,
    accepted,
    acceptances: acceptances.all,
    attempts: () => attempts,
    answer: (...next) => void answers.push(...next),
    answerAlways: (answer) => void (usual = answer),
    breakLists: (now) => void (broken = now),
    writes(from, text) {
      const written = { from, text, receivedAt: clock() };
      inbox.push(written);
      return written;
    },
    posts,
    report(message, event, { reason } = {}) {
      message.state = stateOf[event];
      const payload = { messageId: message.id, recipient: message.to, simNumber: 1, reason };
      return signAndroidRequest(hook, wrap(`sms:${event}`, payload), webhookKey, clock());
    },
    exported,
    stop: server.stop,
  };
}

function wrap(event: string, payload: object): object {
  const id = () => randomBytes(12).toString("base64url");
  return { id: id(), webhookId: id(), deviceId: "phone-1", event, payload };
}

/** As the phone writes moments: in its own zone. */
function inLima(at: Date): string {
  return new Date(at.getTime() - 5 * 3_600_000).toISOString().replace("Z", "-05:00");
}

function resource({ id, to, state }: AndroidMessage): object {
  return { id, deviceId: "phone-1", state, recipients: [{ phoneNumber: to, state, error: null }] };
}
