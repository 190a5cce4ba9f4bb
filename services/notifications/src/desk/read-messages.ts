import type { Queries } from "@minka/database/connect";
import { DomainError } from "@minka/domain/errors";
import { and, desc, eq, gte, isNotNull, lt, ne, or } from "@minka/database/query";
import { inboundMessages, outboundMessages } from "../tables.ts";
import { messagesLeft, operatorMessages } from "./desk-tables.ts";

/** Where a message stands among those of its phone. */
export type Place = { readonly at: Date; readonly direction: "in" | "out"; readonly sequence: number };

export function writePlace({ at, direction, sequence }: Place): string {
  return Buffer.from(`${at.toISOString()} ${direction} ${sequence}`).toString("base64url");
}

/** Throws `cursor-wrong` (422). */
export function readPlace(cursor: string): Place {
  const [at = "", direction, sequence] = Buffer.from(cursor, "base64url").toString().split(" ");
  const place = { at: new Date(at), sequence: Number(sequence) };
  const known = direction === "in" || direction === "out";
  if (!known || Number.isNaN(place.at.getTime()) || !Number.isSafeInteger(place.sequence))
    throw new DomainError("invalid", "cursor-wrong", "The cursor is not one that this list gave.");
  return { ...place, direction };
}

type Asked = {
  /** A phone's, as operators read them; or what one person may read again of their own. */
  readonly of: { readonly phone: string } | { readonly personId: string };
  readonly since: Date | undefined;
  /** Only what is older than this. */
  readonly before: Place | undefined;
  readonly limit: number;
};

export type ShownMessage = Place & {
  readonly id: string;
  readonly text: string | null;
  readonly operatorId: string | null;
  readonly state: typeof outboundMessages.$inferSelect.state | null;
  readonly unanswered: boolean;
};

/** Both directions, the newest first; at one moment what was written comes before the answer to it. */
export async function readMessages(queries: Queries, asked: Asked): Promise<ShownMessage[]> {
  const [written, sent] = [await readWritten(queries, asked), await readSent(queries, asked)];
  return [...written, ...sent].toSorted((a, b) => (isOlder(a, b) ? 1 : -1)).slice(0, asked.limit);
}

function isOlder(a: Place, b: Place): boolean {
  if (a.at.getTime() !== b.at.getTime()) return a.at < b.at;
  return a.direction === b.direction ? a.sequence < b.sequence : a.direction === "in";
}

/** Calls for help are shown nowhere, nor is where one stood: what is not kept has no row here. */
async function readWritten(queries: Queries, { of, since, before, limit }: Asked): Promise<ShownMessage[]> {
  const { receivedAt, sequence } = inboundMessages;
  const rows = await queries
    .select({
      id: inboundMessages.id,
      at: receivedAt,
      sequence,
      text: inboundMessages.body,
      left: messagesLeft.messageId,
    })
    .from(inboundMessages)
    .leftJoin(messagesLeft, eq(messagesLeft.messageId, inboundMessages.id))
    .where(
      and(
        "phone" in of
          ? eq(inboundMessages.phone, of.phone)
          : and(eq(inboundMessages.personId, of.personId), eq(inboundMessages.safety, false)),
        isNotNull(inboundMessages.body),
        // Nothing but a private word was in it.
        "phone" in of ? undefined : ne(inboundMessages.body, ""),
        since && gte(receivedAt, since),
        before &&
          or(
            lt(receivedAt, before.at),
            and(
              eq(receivedAt, before.at),
              before.direction === "in" ? lt(sequence, before.sequence) : undefined,
            ),
          ),
      ),
    )
    .orderBy(desc(receivedAt), desc(sequence))
    .limit(limit);
  return rows.map(({ left, ...row }) => ({
    ...row,
    direction: "in",
    operatorId: null,
    state: null,
    unanswered: left !== null,
  }));
}

/** What is sent once and kept nowhere (codes, links to somebody's data, answers to a call for help) is not shown. */
async function readSent(queries: Queries, { of, since, before, limit }: Asked): Promise<ShownMessage[]> {
  const { createdAt, sequence } = outboundMessages;
  const rows = await queries
    .select({
      id: outboundMessages.id,
      at: createdAt,
      sequence,
      text: outboundMessages.body,
      operatorId: operatorMessages.operatorId,
      state: outboundMessages.state,
    })
    .from(outboundMessages)
    .leftJoin(operatorMessages, eq(operatorMessages.messageId, outboundMessages.id))
    .where(
      and(
        "phone" in of
          ? eq(outboundMessages.phone, of.phone)
          : and(eq(outboundMessages.personId, of.personId), isNotNull(outboundMessages.body)),
        eq(outboundMessages.ephemeral, false),
        since && gte(createdAt, since),
        before &&
          or(
            lt(createdAt, before.at),
            before.direction === "out"
              ? and(eq(createdAt, before.at), lt(sequence, before.sequence))
              : undefined,
          ),
      ),
    )
    .orderBy(desc(createdAt), desc(sequence))
    .limit(limit);
  return rows.map((row) => ({ ...row, direction: "out", unanswered: false }));
}
