import type { Clock } from "@minka/domain/clock";
import { parsePhone } from "@minka/domain/phone";
import { z } from "zod";
import type { AndroidConfig } from "../config.ts";
import { createAndroidClient, type AndroidAnswer } from "./android-client.ts";
import { idOfTry, idOfWritten } from "./android-ids.ts";
import type { Finding, Gateway, ListedMessage, Outgoing, SendOutcome } from "./gateway.ts";

/** More tries than fit into any message's time to live; and the phone's ids have three places for them. */
const mostTries = 99;
/** The most that the phone puts on one page of its inbox. */
const inboxPage = 500;
/** How far the phone's clock, and the network's that stamps what it receives, may be behind ours. */
const clockSkewMs = 10 * 60_000;

const stateAnswer = z.object({ id: z.string(), state: z.string() });
const inboxAnswer = z.array(
  z.object({ sender: z.string(), contentPreview: z.string(), createdAt: z.string() }),
);

type Options = { config: AndroidConfig; clock: Clock; timeoutMs?: number };
type Kept = "kept" | "failed" | "absent";

/**
 * An Android phone with a SIM of Peru, by the protocol of SMS Gateway for Android, whether the phone is asked
 * itself or fetches its messages from a server. It takes our ids and takes each only once, so what is in
 * doubt is handed over again: a try gets a new number only when all before it are known to have failed.
 */
export function createAndroidGateway({ config, clock, timeoutMs = 10_000 }: Options): Gateway {
  const ask = createAndroidClient(config);
  const ofDevice = config.deviceId === null ? {} : { deviceId: config.deviceId };

  async function send(message: Outgoing): Promise<SendOutcome> {
    const seconds = Math.floor((message.expiresAt.getTime() - clock().getTime()) / 1000);
    if (seconds < 1) return { kind: "refused", code: "expired", retry: "never" };
    // One limit for all of it: a sender that takes longer is held to be dead.
    const signal = AbortSignal.timeout(timeoutMs);
    for (let number = 1; number <= mostTries; number++) {
      const externalId = idOfTry(message.id, number);
      // What came of earlier attempts is asked for first; only what the phone does not know is handed over.
      const before = number < message.attempt ? await look(externalId, signal) : "absent";
      if (before === "kept") return { kind: "accepted", externalId };
      if (before === "failed") continue;
      if (before !== "absent") return outcomeOf(before, externalId);
      const answer = await ask({
        method: "POST",
        path: "/messages?skipPhoneValidation=true",
        body: {
          id: externalId,
          textMessage: { text: message.text },
          phoneNumbers: [message.phone],
          withDeliveryReport: true,
          // From its own clock, which may be wrong: a date of ours could be past there.
          ttl: seconds,
          ...ofDevice,
        },
        signal,
      });
      if (answer.kind !== "answered" || answer.status !== 409) return outcomeOf(answer, externalId);
      const known = await look(externalId, signal);
      if (known === "failed") continue;
      if (typeof known === "object") return { kind: "unknown", error: errorOf(known) };
      return { kind: "accepted", externalId };
    }
    return { kind: "refused", code: "too many tries", retry: "never" };
  }

  /** What the phone knows of a try; an answer that does not say is given back. */
  async function look(externalId: string, signal: AbortSignal): Promise<Kept | AndroidAnswer> {
    const answer = await ask({ method: "GET", path: `/messages/${externalId}`, signal });
    if (answer.kind !== "answered") return answer;
    if (answer.status === 404) return "absent";
    const known = answer.status === 200 ? stateAnswer.safeParse(answer.body) : null;
    if (!known?.success || known.data.id !== externalId) return answer;
    return known.data.state === "Failed" ? "failed" : "kept";
  }

  // That it is not there proves nothing: what was cut off may still be on its way.
  async function find({ id }: { readonly id: string }): Promise<Finding> {
    const signal = AbortSignal.timeout(timeoutMs);
    for (let number = 1; number <= mostTries; number++) {
      const externalId = idOfTry(id, number);
      const known = await look(externalId, signal);
      if (known === "kept") return { kind: "accepted", externalId };
      if (known !== "failed") break;
    }
    return { kind: "cannot-tell" };
  }

  /**
   * Has the phone look through its inbox: what it never reported comes as webhooks. Only the phone itself has
   * a list to read; the server that stands between it and Minka has none.
   */
  async function received(since: Date): Promise<readonly ListedMessage[]> {
    const signal = AbortSignal.timeout(3 * timeoutMs);
    const from = new Date(since.getTime() - clockSkewMs).toISOString();
    const until = new Date(clock().getTime() + clockSkewMs).toISOString();
    const told = await ask({
      method: "POST",
      path: "/messages/inbox/export",
      body: { since: from, until, ...ofDevice },
      signal,
    });
    if (told.kind !== "answered" || told.status >= 300) throw unreadable(told);
    const found: ListedMessage[] = [];
    for (let offset = 0; ; offset += inboxPage) {
      const query = new URLSearchParams({
        type: "SMS",
        from,
        to: until,
        limit: `${inboxPage}`,
        offset: `${offset}`,
      });
      const page = await ask({ method: "GET", path: `/inbox?${query.toString()}`, signal });
      if (page.kind === "answered" && [404, 405, 501].includes(page.status)) return [];
      const rows = page.kind === "answered" && page.status === 200 ? inboxAnswer.safeParse(page.body) : null;
      if (!rows?.success) throw unreadable(page);
      found.push(...rows.data.flatMap((row) => listed(row)));
      if (rows.data.length < inboxPage)
        return found.sort((a, b) => a.writtenAt.getTime() - b.writtenAt.getTime());
    }
  }

  function listed({
    sender,
    contentPreview: text,
    createdAt,
  }: z.output<typeof inboxAnswer>[number]): ListedMessage[] {
    const phone = parsePhone(sender);
    if (phone === null) return [];
    const externalId = idOfWritten({ phone, text, receivedAt: createdAt }, config.idSecret);
    return [{ externalId, phone, text, writtenAt: new Date(createdAt) }];
  }

  return {
    name: "android",
    segmentsPerSecond: config.segmentsPerSecond,
    takesClientIds: true,
    repeatsWithNewIds: true,
    send,
    find,
    received,
  };
}

function outcomeOf(answer: AndroidAnswer, externalId: string): SendOutcome {
  if (answer.kind === "not-sent") return { kind: "refused", code: answer.code, retry: "soon" };
  if (answer.kind === "no-answer") return { kind: "unknown", error: answer.code };
  const { status, body } = answer;
  if (status >= 200 && status < 300) {
    const taken = stateAnswer.safeParse(body);
    return taken.success && taken.data.id === externalId
      ? { kind: "accepted", externalId }
      : { kind: "unknown", error: "answered without our id" };
  }
  if (status === 429) return { kind: "refused", code: "429", retry: "busy" };
  // The server says so when the phone has fetched nothing for long; an error of another kind may hide anything.
  if (status === 503 && /queue limits? ?exceeded/i.test(JSON.stringify(body)))
    return { kind: "refused", code: "queue full", retry: "pause" };
  if (status >= 500 || status < 400 || status === 408) return { kind: "unknown", error: errorOf(answer) };
  // Key, address or phone are wrong, for all; what is wrong with one message another gateway may not mind.
  const retry = [401, 403, 404].includes(status) ? "pause" : "elsewhere";
  return { kind: "refused", code: `http ${status}`, retry };
}

function errorOf(answer: AndroidAnswer): string {
  return answer.kind === "answered" ? `http ${answer.status}` : answer.code;
}

const unreadable = (answer: AndroidAnswer): Error =>
  new Error(`the phone's inbox could not be read (${errorOf(answer)})`);
