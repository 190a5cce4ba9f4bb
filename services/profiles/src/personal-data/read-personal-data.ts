import { actorLabel, refuseWhileActing, refuseWordless, type Actor } from "@minka/contracts/actor";
import type { HandlerInput } from "@minka/contracts/endpoint";
import type { PersonalFile, readPersonalData as contract } from "@minka/contracts/personal-data";
import { newId } from "@minka/database/new-id";
import { DomainError } from "@minka/domain/errors";
import type { CallContext } from "@minka/http/mount-endpoint";
import { refuseOthers } from "../people/read-person.ts";
import { audit } from "../tables.ts";
import { gatherFile, type GatherKit } from "./gather-file.ts";

type Reason = HandlerInput<typeof contract>["query"]["reason"];

/** The person's own file. An operator says why, and the audit keeps it: `reason-needed` (422). */
export async function readPersonalData(
  kit: GatherKit,
  { actor, trace }: Pick<CallContext, "actor" | "trace">,
  { params: { personId }, query: { reason } }: HandlerInput<typeof contract>,
): Promise<PersonalFile> {
  refuseUnlessOwnOrReasoned(actor, personId, reason, "query.reason");
  const file = await gatherFile(kit, personId, trace);
  await kit.db.read.insert(audit).values({
    id: newId(),
    at: kit.clock(),
    actor: actorLabel(actor),
    action: reason ? `person.export ${reason}` : "person.export",
    subject: personId,
    trace,
  });
  return file;
}

/** The person alone, not who acts for them or may be anybody of a shared phone; an operator with a reason; a service for who wrote to it. */
export function refuseUnlessOwnOrReasoned(
  actor: Actor,
  personId: string,
  reason: Reason,
  path: string,
): void {
  refuseOthers(actor, personId);
  refuseWhileActing(actor);
  refuseWordless(actor, personId);
  if (actor.kind !== "person" || actor.personId === personId || reason) return;
  throw new DomainError("invalid", "reason-needed", "An operator says why.", {
    errors: [{ path, message: "is needed of an operator" }],
  });
}
