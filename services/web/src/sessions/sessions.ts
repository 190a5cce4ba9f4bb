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
  return { id: row.id, contents: fresh, renewed: await rotate(means, row, key) };
}

type Row = typeof sessions.$inferSelect;

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

/**
 * The same with tokens that hold for a while. Two pages that refresh at once get the same successor; one that comes
 * too late for it finds what the other has stored. A sign-in that was ended takes its session with it.
 */
async function freshContents(
  means: SessionMeans,
  row: Row,
  contents: SessionContents,
  trace: string,
): Promise<SessionContents | null> {
  const { call, clock, keys } = means;
  let fresh = contents;
  if (endsSoon(contents.accessUntil, clock())) {
    try {
      const signedIn = await call(
        refreshSignIn,
        { body: { refreshToken: contents.refreshToken } },
        { trace },
      );
      fresh = { ...contentsOf(signedIn, clock()), acting: contents.acting };
      await keep(means, row.id, fresh, new Date(signedIn.refreshExpiresAt));
    } catch (error) {
      if (!(error instanceof DomainError) || error.category !== "unauthenticated") throw error;
      const [again] = await means.db.read.select().from(sessions).where(eq(sessions.id, row.id));
      const theirs = again && again.sealed !== row.sealed ? keys.open(again.id, again.sealed) : null;
      if (!theirs) await means.db.read.delete(sessions).where(eq(sessions.id, row.id));
      return theirs;
    }
  }
  if (!fresh.acting || !endsSoon(fresh.acting.accessUntil, clock())) return fresh;
  const { personId, organizationId } = fresh.acting;
  fresh = { ...fresh, acting: await stillActingFor(means, fresh, { personId, organizationId }, trace) };
  await keep(means, row.id, fresh);
  return fresh;
}

const endsSoon = (until: string, now: Date) => Date.parse(until) - now.getTime() < leewayMs;

async function keep(
  { db, keys }: SessionMeans,
  id: string,
  contents: SessionContents,
  until?: Date,
): Promise<void> {
  await db.read
    .update(sessions)
    .set({ sealed: keys.seal(id, contents), ...(until ? { expiresAt: until } : {}) })
    .where(eq(sessions.id, id));
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
  await keep(means, session.id, { ...session.contents, acting });
}

/** What the session's person may do has changed: their next page asks for a token that says so. */
export async function renewSoon(means: SessionMeans, { id, contents }: Session): Promise<void> {
  await keep(means, id, { ...contents, accessUntil: means.clock().toISOString() });
}

/** A new cookie once a day. The former one is good until the browser shows the newer. */
async function rotate({ db, clock, keys }: SessionMeans, row: Row, key: string): Promise<Session["renewed"]> {
  const [hash, next, age] = [keyHash(key), keys.successor(key), clock().getTime() - row.rotatedAt.getTime()];
  const renewed = { key: next, until: row.expiresAt };
  if (row.keyHash !== hash) return renewed;
  const current = and(eq(sessions.id, row.id), eq(sessions.keyHash, hash));
  if (age > rotateAfterMs) {
    await db.read
      .update(sessions)
      .set({ keyHash: keyHash(next), previousKeyHash: hash, rotatedAt: clock() })
      .where(current);
    return renewed;
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
