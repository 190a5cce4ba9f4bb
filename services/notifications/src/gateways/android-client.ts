import { Agent as HttpAgent, request as httpRequest, type IncomingMessage } from "node:http";
import { Agent as HttpsAgent, request as httpsRequest } from "node:https";
import type { AndroidConfig } from "../config.ts";
import { neverSent } from "./never-sent.ts";

export type AndroidAnswer =
  | { readonly kind: "answered"; readonly status: number; readonly body: unknown }
  /** No connection was made: the other side has certainly not heard of it. */
  | { readonly kind: "not-sent"; readonly code: string }
  /** It may have been heard. */
  | { readonly kind: "no-answer"; readonly code: string };

export type AndroidRequest = {
  readonly method: "GET" | "POST";
  /** With its query, below the API's address. */
  readonly path: string;
  readonly body?: object;
  /** When to give up. */
  readonly signal: AbortSignal;
};

/** A full page of the longest texts that there can be. */
const longestAnswer = 5_000_000;

/**
 * Requests to the phone, or to the server that it asks. On sockets of our own, because a phone is often simply
 * off: that a connection never came about is then known, and another gateway may carry the message.
 */
export function createAndroidClient({ apiUrl, username, password }: AndroidConfig) {
  const secure = apiUrl.startsWith("https:");
  // A connection that is kept may have died unnoticed, and then nobody knows what was heard.
  const agent = secure ? new HttpsAgent({ keepAlive: false }) : new HttpAgent({ keepAlive: false });
  const authorization = `Basic ${Buffer.from(`${username}:${password}`).toString("base64")}`;

  return ({ method, path, body, signal }: AndroidRequest): Promise<AndroidAnswer> =>
    new Promise((resolve) => {
      let connected = false;
      const payload = body === undefined ? "" : JSON.stringify(body);
      const fail = (error: Error) => {
        const code = signal.aborted ? "timeout" : codeOf(error);
        if (connected) resolve({ kind: "no-answer", code });
        else resolve({ kind: "not-sent", code: neverSent.has(code) ? code : "unreachable" });
      };
      const headers = {
        authorization,
        accept: "application/json",
        ...(payload === "" ? {} : { "content-type": "application/json" }),
        "content-length": Buffer.byteLength(payload),
      };
      const send = secure ? httpsRequest : httpRequest;
      const request = send(`${apiUrl}${path}`, { method, headers, agent, signal }, (response) => {
        readAnswer(response).then(
          (read) => resolve({ kind: "answered", status: response.statusCode ?? 0, body: read }),
          fail,
        );
      });
      request.on("socket", (socket) => {
        socket.once(secure ? "secureConnect" : "connect", () => (connected = true));
      });
      request.on("error", fail);
      request.end(payload);
    });
}

/** The answer's JSON; null for what is none. Throws when it breaks off. */
async function readAnswer(response: IncomingMessage): Promise<unknown> {
  response.setEncoding("utf8");
  let text = "";
  for await (const chunk of response) {
    text += String(chunk);
    if (text.length > longestAnswer) throw new Error("too long");
  }
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

function codeOf(error: Error): string {
  return "code" in error && typeof error.code === "string" ? error.code : error.name;
}
