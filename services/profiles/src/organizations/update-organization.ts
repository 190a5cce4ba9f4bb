import type { HandlerAnswer, HandlerInput } from "@minka/contracts/endpoint";
import type { updateOrganization as contract } from "@minka/contracts/organizations";
import { DomainError } from "@minka/domain/errors";
import { limaDay } from "@minka/domain/lima-time";
import { actOf, type Context, type Means } from "@minka/service/act";
import { eq } from "@minka/database/query";
import { record } from "../acts.ts";
import { lockOrganization, refuseClosed, type OrganizationRow } from "../memberships/lock-membership.ts";
import { refuseUnlessRole } from "../memberships/organization-rights.ts";
import { refuseUnknownDistrict } from "../people/district.ts";
import { organizations } from "../tables.ts";
import { refuseFutureGuideline, refuseTakenRuc } from "./check-entry.ts";
import { viewOrganization } from "./organization-view.ts";
import { writeCertificates } from "./write-certificates.ts";

type Input = HandlerInput<typeof contract>;

/**
 * Changes what is given and confirms the rest. What an operator has verified (who it is and where) is to be verified
 * again when a manager changes it. Throws `not-your-organization` (403), `group-has-no-ruc` (422), `ruc-taken` and
 * `organization-closed` (409).
 */
export async function updateOrganization(
  { db, clock }: Means,
  context: Context,
  { params: { organizationId }, body }: Input,
): Promise<HandlerAnswer<typeof contract>> {
  refuseUnknownDistrict(body.districtCode);
  const act = actOf(context, clock());
  refuseFutureGuideline(body.genderGuideline, act.at);
  const { certificates, genderGuideline, ...entry } = body;
  return db.transaction(async (tx) => {
    const { actor } = context;
    const organization = await lockOrganization(tx, organizationId);
    await refuseUnlessRole(tx, actor, organizationId, ["manager"]);
    refuseClosed(organization);
    refuseRucOfGroup(organization, body);
    await refuseTakenRuc(tx, body.ruc, organizationId);
    const doubtful = !(actor.kind === "person" && actor.operator) && isAnother(organization, body);
    await tx
      .update(organizations)
      .set({
        ...entry,
        ...(genderGuideline === undefined
          ? {}
          : {
              genderGuideline: genderGuideline?.text ?? null,
              genderGuidelineOn: genderGuideline?.adoptedOn ?? null,
            }),
        ...(doubtful ? { verifiedAt: null } : {}),
        confirmedOn: limaDay(act.at),
      })
      .where(eq(organizations.id, organizationId));
    await writeCertificates(tx, organizationId, certificates);
    await record(tx, act, "organization.update", `organization:${organizationId}`);
    return { organization: await viewOrganization(tx, actor, organizationId, act.at) };
  });
}

const identity = ["name", "legalName", "ruc", "districtCode"] as const;

function isAnother(organization: OrganizationRow, body: Input["body"]): boolean {
  return identity.some((field) => body[field] !== undefined && body[field] !== organization[field]);
}

function refuseRucOfGroup({ kind }: OrganizationRow, { ruc }: Input["body"]): void {
  if (kind !== "informal_group" || !ruc) return;
  throw new DomainError(
    "invalid",
    "group-has-no-ruc",
    "A group with a RUC is registered as what it became.",
    {
      errors: [{ path: "body.ruc", message: "an informal group has none" }],
    },
  );
}
