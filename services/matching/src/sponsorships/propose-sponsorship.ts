import type { Answer, HandlerInput } from "@minka/contracts/endpoint";
import { sponsoredKinds, type proposeSponsorship as contract } from "@minka/contracts/sponsorships";
import { newId } from "@minka/database/new-id";
import { once } from "@minka/database/once";
import { DomainError } from "@minka/domain/errors";
import { limaDay, type LimaDay } from "@minka/domain/lima-time";
import type { ServiceKit } from "@minka/service/define-service";
import { actOf, humansOf, type Context } from "@minka/service/act";
import { record } from "../acting.ts";
import { idempotencyKeys } from "../tables.ts";
import { readSponsorName, sponsorRole } from "./sponsor-rights.ts";
import { sponsorships } from "./sponsorships-tables.ts";

type Body = HandlerInput<typeof contract>["body"];
export type Calling = Pick<ServiceKit, "db" | "clock" | "call">;

/**
 * Writes down what a sponsor would pay, as a draft: no money is promised before an operator approves it.
 * `not-your-sponsor` (403), `not-a-sponsor` (409), `period-wrong` (422).
 */
export async function proposeSponsorship(
  { db, clock, call }: Calling,
  context: Context,
  { body }: HandlerInput<typeof contract>,
): Promise<Answer<typeof contract>> {
  const { actor, trace } = context;
  const { sponsor: _sponsor, contactPersonId, kinds, ...terms } = body;
  refuseWrongPeriod(terms, limaDay(clock()));
  const said = sponsorSaid(body.sponsor);
  await sponsorRole(call, actor, said, trace);
  const sponsorName = said.name ?? (await readSponsorName(call, said, trace));
  if (actor.kind !== "person") throw new Error("only people are let in here");
  const makers = humansOf(actor);
  return db.transaction((tx) =>
    once(tx, { idempotencyKeys }, { claim: context.claim, clock }, async () => {
      const act = actOf(context, clock());
      const sponsorshipId = newId();
      const state = "draft" as const;
      await tx.insert(sponsorships).values({
        id: sponsorshipId,
        sponsorKind: said.sponsorKind,
        sponsorId: said.sponsorId,
        sponsorName,
        contactPersonId: contactPersonId ?? actor.personId,
        ...terms,
        kinds: kinds.length > 0 ? kinds : [...sponsoredKinds],
        state,
        makers,
        createdAt: act.at,
        trace,
      });
      await record(tx, act, "sponsorship.propose", `sponsorship:${sponsorshipId}`);
      return { sponsorshipId, state };
    }),
  );
}

type Said =
  | { sponsorKind: "provider" | "organization"; sponsorId: string; name: null }
  | { sponsorKind: "programme"; sponsorId: null; name: string };

function sponsorSaid(sponsor: Body["sponsor"]): Said {
  return sponsor.kind === "programme"
    ? { sponsorKind: sponsor.kind, sponsorId: null, name: sponsor.name }
    : { sponsorKind: sponsor.kind, sponsorId: sponsor.id, name: null };
}

function refuseWrongPeriod({ from, until }: Pick<Body, "from" | "until">, today: LimaDay): void {
  if (until >= from && until >= today) return;
  throw new DomainError("invalid", "period-wrong", "It ends before it begins, or has ended.", {
    errors: [{ path: "body.until", message: `must be from ${from > today ? from : today} on` }],
  });
}
