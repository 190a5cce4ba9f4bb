import type { HandlerAnswer } from "@minka/contracts/endpoint";
import type { membershipNews as contract } from "@minka/contracts/memberships";
import type { Queries } from "@minka/database/connect";
import { eq } from "@minka/database/query";
import { memberships, organizations } from "../tables.ts";
import { firstManager } from "./first-manager.ts";
import { membershipUnknown, type MembershipRow } from "./lock-membership.ts";
import { shortName } from "./wordings.ts";

/** Who hears of it later hears nothing: they will have asked. */
const newsMs = 3 * 24 * 60 * 60 * 1000;

/** How things stand now, for whoever waits for it: who asked to join, who was put out, or who starts a group. */
export async function readNews(
  queries: Queries,
  membershipId: string,
): Promise<HandlerAnswer<typeof contract>> {
  const [found] = await queries
    .select({ membership: memberships, organization: organizations })
    .from(memberships)
    .innerJoin(organizations, eq(organizations.id, memberships.organizationId))
    .where(eq(memberships.id, membershipId));
  if (!found) throw membershipUnknown();
  const { membership, organization } = found;
  const parameters = { organization: shortName(organization.name) };
  const until = new Date((membership.settledAt ?? new Date(0)).getTime() + newsMs).toISOString();
  const text = personalNews(membership);
  if (text) return { news: [{ personId: membership.personId, text, parameters }], until };
  const starter = membership.origin === "group" && (await firstManager(queries, organization.id));
  if (!starter || organization.state === "closed") return { news: [], until };
  const groupText = organization.state === "active" ? "group_ready" : "group_short";
  return { news: [{ personId: starter.id, text: groupText, parameters }], until };
}

function personalNews({ origin, state, since, endReason }: MembershipRow): string | null {
  if (endReason === "put_out") return since === null ? "joined_no" : "membership_ended";
  if (origin !== "joined") return null;
  if (endReason === "lapsed") return "joined_silent";
  if (state === "refused") return "joined_no";
  return state === "active" ? "joined_yes" : null;
}
