import type { Answer, HandlerInput } from "@minka/contracts/endpoint";
import { standingStates } from "@minka/contracts/engagements";
import type { readEngagementContact as contract } from "@minka/contracts/meetings";
import { contactCards } from "@minka/contracts/profiles";
import { DomainError } from "@minka/domain/errors";
import type { Context } from "@minka/service/act";
import type { ServiceKit } from "@minka/service/define-service";
import { eq } from "@minka/database/query";
import { engagements, requests } from "../tables.ts";

/**
 * The other side of an agreement: a producer's provider, a provider's producer. `no-such-engagement` (404), `not-yours`
 * (403), `engagement-over` (409) for what does not stand any more.
 */
export async function readContact(
  { db, call }: Pick<ServiceKit, "db" | "call">,
  { actor, trace }: Pick<Context, "actor" | "trace">,
  { params: { engagementId } }: HandlerInput<typeof contract>,
): Promise<Answer<typeof contract>> {
  const [found] = await db.read
    .select({
      state: engagements.state,
      provider: engagements.providerPersonId,
      requester: requests.personId,
    })
    .from(engagements)
    .innerJoin(requests, eq(requests.id, engagements.requestId))
    .where(eq(engagements.id, engagementId));
  if (!found) throw new DomainError("not-found", "no-such-engagement", "There is no such engagement.");
  const { state, provider, requester } = found;
  const reader = actor.kind === "person" ? actor.personId : null;
  if (reader !== provider && reader !== requester)
    throw new DomainError("forbidden", "not-yours", "This is somebody else's.");
  if (!standingStates.some((standing) => standing === state))
    throw new DomainError("conflict", "engagement-over", "What was agreed does not stand any more.");
  const personId = reader === provider ? requester : provider;
  const { contacts } = await call(contactCards, { body: { personIds: [personId] } }, { trace });
  const card = contacts.find((contact) => contact.personId === personId);
  if (!card || card.withdrawn) return { personId, name: card?.name ?? null, phone: null };
  return { personId, name: card.name, phone: card.phone };
}
