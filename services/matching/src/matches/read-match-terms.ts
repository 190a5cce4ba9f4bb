import type { Actor } from "@minka/contracts/actor";
import type { HandlerAnswer, HandlerInput } from "@minka/contracts/endpoint";
import type { readMatchTerms as contract, Request } from "@minka/contracts/matching";
import { readOfferVersion } from "@minka/contracts/offers";
import { publicTerms } from "@minka/contracts/public-terms";
import { DomainError } from "@minka/domain/errors";
import { limaDay } from "@minka/domain/lima-time";
import type { CallContext } from "@minka/http/mount-endpoint";
import type { ServiceKit } from "@minka/service/define-service";
import { eq } from "@minka/database/query";
import { matches } from "../tables.ts";

/** What a match was made with, for whoever may see the match in its request. An agent's base point stays away. */
export function matchTermsReader(
  { db, call, clock }: Pick<ServiceKit, "db" | "call" | "clock">,
  readRequest: (actor: Actor, requestId: string) => Promise<Request>,
) {
  return async (
    { actor, trace }: Pick<CallContext, "actor" | "trace">,
    { params: { matchId } }: HandlerInput<typeof contract>,
  ): Promise<HandlerAnswer<typeof contract>> => {
    const [found] = await db.read
      .select({ requestId: matches.requestId, offerId: matches.offerId, version: matches.offerVersion })
      .from(matches)
      .where(eq(matches.id, matchId));
    if (!found) throw noSuchMatch();
    const request = await readRequest(actor, found.requestId);
    // A provider sees its own match and not its rivals'.
    if (!request.matches.some(({ id }) => id === matchId)) throw noSuchMatch();
    const { offerId, version } = found;
    const said = await call(readOfferVersion, { params: { offerId, version } }, { trace });
    const terms = publicTerms(said.terms, limaDay(clock()));
    return { offerId, offerVersion: version, terms, since: said.since };
  };
}

function noSuchMatch(): DomainError {
  return new DomainError("not-found", "no-such-match", "There is no such match.");
}
