import { startActing } from "@minka/contracts/acting";
import { refreshSignIn, signOut, type exchangeCode } from "@minka/contracts/auth";
import type { Answer } from "@minka/contracts/endpoint";
import { newId } from "@minka/database/new-id";
import { DomainError } from "@minka/domain/errors";
import type { ServiceKit } from "@minka/service/define-service";
import { and, eq, lt, or } from "@minka/database/query";
import { interrupted, sessions } from "../tables.ts";
import { keyHash, newSessionKey, type Keys, type SessionContents } from "./seal.ts";

type SignedIn = Answer<typeof exchangeCode>;
export type SessionMeans = Pick<ServiceKit, "db" | "clock" | "call"> & { readonly keys: Keys };

/** A signed-in browser, with a token that still holds. */
export type Session = {
  readonly id: string;
  readonly contents: SessionContents;
  /** The cookie's next value, where the browser is to be given one. */
  readonly renewed: { readonly key: string; readonly until: Date } | null;
};

/** A token this close to its end would end on the way. */
const leewayMs = 60_000;
const rotateAfterMs = 24 * 60 * 60 * 1000;
/** After this the browser is taken to have its newer cookie, as soon as it shows it. */
const graceMs = 2 * 60 * 1000;

/** A new session for who has just proved who they are; returns what the cookie is to say. */
export async function openSession(
  { db, clock, keys }: SessionMeans,
  signedIn: SignedIn,
): Promise<{ key: string; until: Date }> {
  const [id, key, now] = [newId(), newSessionKey(), clock()];
  const until = new Date(signedIn.refreshExpiresAt);
  await db.read.delete(sessions).where(lt(sessions.expiresAt, now));
  await db.read.delete(interrupted).where(lt(interrupted.expiresAt, now));
  await db.read.insert(sessions).values({
    id,
    keyHash: keyHash(key),
    sealed: keys.seal(id, contentsOf(signedIn, now)),
    rotatedAt: now,
    expiresAt: until,
  });
  return { key, until };
}

/** Who holds this cookie, with fresh tokens; null for a cookie that is wrong or over, or a sign-in that was ended. */
export async function readSession(means: SessionMeans, key: string, trace: string): Promise<Session | null> {
  const row = await findRow(means, key);
  const contents = row && means.keys.open(row.id, row.sealed);
  if (!row || !contents) return null;
  const fresh = await freshContents(means, row, contents, trace);
  if (!fresh) return null;
  const next = await rotate(means, row, key);
  const renewed = next === null ? null : { key: next, until: fresh.until };
  return { id: row.id, contents: fresh.contents, renewed };
}

type Row = typeof sessions.$inferSelect;
/** What a session holds, and when the sign-in ends that its tokens belong to. */
type Held = { readonly contents: SessionContents; readonly until: Date };

async function findRow({ db, clock }: SessionMeans, key: string): Promise<Row | undefined> {
  const hash = keyHash(key);
  const [row] = await db.read
    .select()
    .from(sessions)
    .where(or(eq(sessions.keyHash, hash), eq(sessions.previousKeyHash, hash)));
  return row && row.expiresAt > clock() ? row : undefined;
}

function contentsOf(signedIn: SignedIn, now: Date): SessionContents {
  const { accessToken, expiresInSeconds, refreshToken, personId } = signedIn;
  const accessUntil = new Date(now.getTime() + expiresInSeconds * 1000).toISOString();
  return {
    personId,
    operator: saysOperator(accessToken),
    accessToken,
    accessUntil,
    refreshToken,
    acting: null,
  };
}

/** What a token that profiles has just signed says of its holder. */
function saysOperator(token: string): boolean {
  const claims: unknown = JSON.parse(Buffer.from(token.split(".")[1] ?? "", "base64url").toString());
  return typeof claims === "object" && claims !== null && "operator" in claims && claims.operator === true;
}

/** The same with tokens that hold for a while; null where the sign-in is over. */
async function freshContents(
  means: SessionMeans,
  row: Row,
  contents: SessionContents,
  trace: string,
): Promise<Held | null> {
  const held = { contents, until: row.expiresAt };
  const own = endsSoon(contents.accessUntil, means.clock()) ? await refresh(means, row, held, trace) : held;
  const acting = own?.contents.acting;
  if (!acting || !endsSoon(acting.accessUntil, means.clock())) return own;
  const { personId, organizationId } = acting;
  const next = await stillActingFor(means, own.contents, { personId, organizationId }, trace);
  // Who ended it meanwhile, or acts for somebody else, has said so after this.
  return change(means, row.id, (now) =>
    now.contents.acting?.accessToken === acting.accessToken
      ? { ...now, contents: { ...now.contents, acting: next } }
      : now,
  );
}

/**
 * Two pages that refresh at once get the same successor; one that comes too late for it finds what the other has
 * stored. A sign-in that was ended takes its session with it.
 */
async function refresh(
  means: SessionMeans,
  row: Row,
  { contents: { refreshToken } }: Held,
  trace: string,
): Promise<Held | null> {
  try {
    const signedIn = await means.call(refreshSignIn, { body: { refreshToken } }, { trace });
    return await change(means, row.id, (now) =>
      // A token that was spent since must not come back: whoever showed it again would be taken for a thief.
      now.contents.refreshToken === refreshToken
        ? {
            contents: { ...contentsOf(signedIn, means.clock()), acting: now.contents.acting },
            until: new Date(signedIn.refreshExpiresAt),
          }
        : now,
    );
  } catch (error) {
    if (!(error instanceof DomainError) || error.category !== "unauthenticated") throw error;
    const { db } = means;
    await db.read.delete(sessions).where(and(eq(sessions.id, row.id), eq(sessions.sealed, row.sealed)));
    return change(means, row.id, (now) => now);
  }
}

const endsSoon = (until: string, now: Date) => Date.parse(until) - now.getTime() < leewayMs;

/**
 * Writes what `to` makes of what the session holds now, which may be more than who calls has seen: of two pages at once
 * the second changes what the first wrote. Null where the session is over.
 */
async function change({ db, keys }: SessionMeans, id: string, to: (now: Held) => Held): Promise<Held | null> {
  for (;;) {
    const [row] = await db.read.select().from(sessions).where(eq(sessions.id, id));
    const contents = row && keys.open(row.id, row.sealed);
    if (!row || !contents) return null;
    const now = { contents, until: row.expiresAt };
    const next = to(now);
    if (next === now) return now;
    const written = await db.read
      .update(sessions)
      .set({ sealed: keys.seal(id, next.contents), expiresAt: next.until })
      .where(and(eq(sessions.id, id), eq(sessions.sealed, row.sealed)))
      .returning({ id: sessions.id });
    if (written.length > 0) return next;
  }
}

/** A token to act for whoever agreed. */
async function actingFor(
  { call, clock }: SessionMeans,
  { accessToken }: SessionContents,
  whom: { personId: string; organizationId?: string | undefined },
  trace: string,
): Promise<SessionContents["acting"]> {
  const body = {
    personId: whom.personId,
    ...(whom.organizationId ? { organizationId: whom.organizationId } : {}),
  };
  const granted = await call(startActing, { body }, { trace, personToken: accessToken });
  const accessUntil = new Date(clock().getTime() + granted.expiresInSeconds * 1000).toISOString();
  return { ...body, accessToken: granted.accessToken, accessUntil };
}

/** The next such token; null once they may not any more. */
async function stillActingFor(...asked: Parameters<typeof actingFor>): ReturnType<typeof actingFor> {
  try {
    return await actingFor(...asked);
  } catch (error) {
    if (error instanceof DomainError && ["forbidden", "not-found"].includes(error.category)) return null;
    throw error;
  }
}

/** From now on the session acts for somebody else, or with null for its own person again. Throws what profiles says. */
export async function actFor(
  means: SessionMeans,
  session: Session,
  whom: { personId: string; organizationId?: string | undefined } | null,
  trace: string,
): Promise<void> {
  const acting = whom && (await actingFor(means, session.contents, whom, trace));
  await change(means, session.id, (now) => ({ ...now, contents: { ...now.contents, acting } }));
}

/** What the session's person may do has changed: their next page asks for a token that says so. */
export async function renewSoon(means: SessionMeans, { id }: Session): Promise<void> {
  const accessUntil = means.clock().toISOString();
  await change(means, id, (now) => ({ ...now, contents: { ...now.contents, accessUntil } }));
}

/** A new cookie once a day; null where it stays. The former one is good until the browser shows the newer. */
async function rotate({ db, clock, keys }: SessionMeans, row: Row, key: string): Promise<string | null> {
  const [hash, next, age] = [keyHash(key), keys.successor(key), clock().getTime() - row.rotatedAt.getTime()];
  if (row.keyHash !== hash) return next;
  const current = and(eq(sessions.id, row.id), eq(sessions.keyHash, hash));
  if (age > rotateAfterMs) {
    await db.read
      .update(sessions)
      .set({ keyHash: keyHash(next), previousKeyHash: hash, rotatedAt: clock() })
      .where(current);
    return next;
  }
  if (row.previousKeyHash && age > graceMs)
    await db.read.update(sessions).set({ previousKeyHash: null }).where(current);
  return null;
}

/** Ends the sign-in and forgets the session. Also where profiles is away: its tokens then end by themselves. */
export async function endSession(means: SessionMeans, session: Session, trace: string): Promise<void> {
  await means.db.read.delete(sessions).where(eq(sessions.id, session.id));
  const { refreshToken } = session.contents;
  await means.call(signOut, { body: { refreshToken } }, { trace }).catch((error: unknown) => {
    if (!(error instanceof DomainError)) throw error;
  });
}
