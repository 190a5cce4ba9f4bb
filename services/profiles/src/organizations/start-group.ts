import type { HandlerAnswer, HandlerInput } from "@minka/contracts/endpoint";
import type { startGroup as contract } from "@minka/contracts/organizations";
import type { Transaction } from "@minka/database/connect";
import { newId } from "@minka/database/new-id";
import { once } from "@minka/database/once";
import { DomainError } from "@minka/domain/errors";
import { limaDay } from "@minka/domain/lima-time";
import { findDistrict } from "@minka/geography/districts";
import { actOf, type Context, type Means } from "@minka/service/act";
import { and, eq } from "@minka/database/query";
import { record } from "../acts.ts";
import type { RefusalKey } from "../invitations/refusals.ts";
import { askMembership, refuseTooMany } from "../memberships/ask-membership.ts";
import { personAtPhone } from "../memberships/person-at-phone.ts";
import { refuseUnknownDistrict } from "../people/district.ts";
import { personUnknown, refuseOthers } from "../people/read-person.ts";
import { idempotencyKeys, organizations, people, phones } from "../tables.ts";
import { viewOrganization } from "./organization-view.ts";
import { foundMembership } from "./register-organization.ts";

type Input = HandlerInput<typeof contract>["body"];

/**
 * A person and at least two neighbours, each asked by SMS. Throws `not-your-profile` (403), `district-needed` and
 * `neighbours-alike` (422), `group-forming` (409, one at a time), `wants-no-questions` (409).
 */
export async function startGroup(
  { db, clock, key }: Means & { key: RefusalKey },
  context: Context,
  input: Input,
): Promise<HandlerAnswer<typeof contract>> {
  refuseOthers(context.actor, input.personId);
  refuseUnknownDistrict(input.districtCode);
  refuseAlike(input, []);
  const act = actOf(context, clock());
  const { personId, neighbours } = input;
  return db.transaction((tx) =>
    once(tx, { idempotencyKeys }, { claim: context.claim, clock }, async () => {
      const starter = await lockStarter(tx, personId);
      refuseAlike(input, starter.phones);
      const districtCode = input.districtCode ?? starter.districtCode;
      if (!districtCode) {
        throw new DomainError("invalid", "district-needed", "Say in which district the group is.", {
          errors: [{ path: "body.districtCode", message: "is not known of the person either" }],
        });
      }
      const organizationId = newId();
      await tx.insert(organizations).values({
        id: organizationId,
        name: input.name ?? `Vecinos de ${findDistrict(districtCode)?.name ?? districtCode}`,
        kind: "informal_group",
        districtCode,
        crops: input.crops,
        state: "forming",
        confirmedOn: limaDay(act.at),
        registeredBy: personId,
        createdAt: act.at,
      });
      await record(tx, act, "organization.start-group", `organization:${organizationId}`);
      await foundMembership(tx, act, { organizationId, personId });
      await refuseTooMany(tx, { organizationId }, neighbours.length);
      const membershipIds: string[] = [];
      // In one order, so that two groups that name the same phones never wait for each other.
      for (const neighbour of neighbours.toSorted((a, b) => (a.phone < b.phone ? -1 : 1))) {
        const neighbourId = await personAtPhone(tx, key, act, neighbour);
        const asked = { personId: neighbourId, organizationId, namedAs: neighbour.name };
        membershipIds.push(await askMembership(tx, act, { ...asked, role: "member", origin: "group" }));
      }
      const organization = await viewOrganization(tx, context.actor, organizationId, act.at);
      return { organization, membershipIds };
    }),
  );
}

/** The person's row is locked: of two groups begun at once the second sees the first. */
async function lockStarter(tx: Transaction, personId: string) {
  const [person] = await tx
    .select({ districtCode: people.districtCode })
    .from(people)
    .where(and(eq(people.id, personId), eq(people.state, "active")))
    .for("no key update");
  if (!person) throw personUnknown();
  const forming = await tx.$count(
    organizations,
    and(eq(organizations.registeredBy, personId), eq(organizations.state, "forming")),
  );
  if (forming > 0) {
    throw new DomainError(
      "conflict",
      "group-forming",
      "A group of this person is forming; add neighbours to it.",
    );
  }
  const own = await tx.select({ phone: phones.phone }).from(phones).where(eq(phones.personId, personId));
  return { ...person, phones: own.map(({ phone }) => phone) };
}

/** Each neighbour answers on a phone of their own. */
function refuseAlike({ neighbours }: Input, starters: readonly string[]): void {
  const seen = new Set(starters);
  const errors = neighbours.flatMap(({ phone }, index) => {
    if (!seen.has(phone)) {
      seen.add(phone);
      return [];
    }
    return [{ path: `body.neighbours.${index}.phone`, message: "is another's here" }];
  });
  if (errors.length === 0) return;
  throw new DomainError("invalid", "neighbours-alike", "Name neighbours with phones of their own.", {
    errors,
  });
}
