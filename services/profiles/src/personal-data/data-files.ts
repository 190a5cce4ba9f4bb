import { createHash, randomBytes } from "node:crypto";
import { actorLabel } from "@minka/contracts/actor";
import type { HandlerAnswer } from "@minka/contracts/endpoint";
import type { openDataFile as contract, PersonalFile } from "@minka/contracts/personal-data";
import { newId } from "@minka/database/new-id";
import { DomainError } from "@minka/domain/errors";
import type { CallContext } from "@minka/http/mount-endpoint";
import { and, eq, gt, isNull, lte } from "@minka/database/query";
import { audit } from "../tables.ts";
import { gatherFile, type GatherKit } from "./gather-file.ts";
import { dataFiles } from "./personal-data-tables.ts";

const validMs = 24 * 60 * 60 * 1000;

/** 256 random bits: a plain hash of it cannot be guessed back. */
const hashOf = (token: string) => createHash("sha256").update(token).digest("base64url");

/**
 * A link for somebody who wrote from their phone and has no way to sign in. The token is in this answer and
 * nowhere else, so a repeated command makes a new one.
 */
export async function openDataFile(
  kit: GatherKit,
  { actor, trace }: Pick<CallContext, "actor" | "trace">,
  personId: string,
): Promise<HandlerAnswer<typeof contract>> {
  const { sections } = await gatherFile(kit, personId, trace);
  const at = kit.clock();
  const expiresAt = new Date(at.getTime() + validMs);
  const token = randomBytes(32).toString("base64url");
  await kit.db.transaction(async (tx) => {
    await tx.delete(dataFiles).where(lte(dataFiles.expiresAt, at));
    await tx
      .insert(dataFiles)
      .values({ id: newId(), personId, tokenHash: hashOf(token), createdAt: at, expiresAt });
    await tx.insert(audit).values({
      id: newId(),
      at,
      actor: actorLabel(actor),
      action: "person.open-data-file",
      subject: personId,
      trace,
    });
  });
  const memberships = sections["profiles"]?.["memberships"] ?? [];
  return {
    token,
    expiresAt: expiresAt.toISOString(),
    organizations: memberships.filter(({ state }) => state === "active").length,
    requests: sections["matching"]?.["requests"]?.length ?? 0,
  };
}

/**
 * The file, once. It is made before the token is spent, so that a service that is away costs nobody their link;
 * of two who come at once only the first gets it. Throws `no-such-file` (404) alike for wrong, used and old.
 */
export async function readDataFile(
  kit: GatherKit,
  { trace }: Pick<CallContext, "trace">,
  token: string,
): Promise<PersonalFile> {
  const at = kit.clock();
  const unspent = and(
    eq(dataFiles.tokenHash, hashOf(token)),
    isNull(dataFiles.usedAt),
    gt(dataFiles.expiresAt, at),
  );
  const [link] = await kit.db.read.select().from(dataFiles).where(unspent);
  if (!link) throw noSuchFile();
  const file = await gatherFile(kit, link.personId, trace);
  await kit.db.transaction(async (tx) => {
    const spent = await tx
      .update(dataFiles)
      .set({ usedAt: at })
      .where(unspent)
      .returning({ id: dataFiles.id });
    if (spent.length === 0) throw noSuchFile();
    await tx.insert(audit).values({
      id: newId(),
      at,
      actor: `person:${link.personId}`,
      action: "person.export by-link",
      subject: link.personId,
      trace,
    });
  });
  return file;
}

function noSuchFile(): DomainError {
  return new DomainError("not-found", "no-such-file", "This link is wrong, used or older than 24 hours.");
}
