import type { MembershipRole } from "@minka/contracts/memberships";
import { readOrganization, type Organization } from "@minka/contracts/organizations";
import { DomainError } from "@minka/domain/errors";
import { html, type Content } from "../../design/html.ts";
import { notice } from "../../design/parts.ts";
import { ledOrganizations, standingOf } from "../../frame/standing.ts";
import type { SignedVisit } from "../../visits/visit.ts";

export type DeskVisit = SignedVisit<{ organizationId: string }>;

export const deskPath = ({ params }: DeskVisit, rest = ""): string =>
  `/mi-organizacion/${params.organizationId}${rest}`;

export type Desk = {
  readonly organization: Organization;
  /** Null: an operator, who is none of its people. */
  readonly role: Exclude<MembershipRole, "member"> | null;
};

/** The organization of the address, for who leads something in it; to anybody else its desk does not exist. */
export async function readDesk(visit: DeskVisit): Promise<Desk> {
  const { organizationId } = visit.params;
  const [{ organization }, standing] = await Promise.all([
    visit.call(readOrganization, { params: { organizationId } }),
    standingOf(visit),
  ]);
  const own = ledOrganizations(standing).find(({ id }) => id === organizationId);
  if (!own && !visit.person.operator) throw new DomainError("not-found", "no-such-page", "Nothing is here.");
  return { organization, role: own && own.role !== "member" ? own.role : null };
}

/** What the services would refuse to others is not offered to them. */
export const isManager = ({ role }: Desk): boolean => role === "manager" || role === null;
export const isBroker = ({ role }: Desk): boolean => role !== "delegate";

/** What hinders an organization as a whole. */
export function organizationNotice({ verified, state }: Organization): Content {
  if (state === "closed") return notice("Esta organización está cerrada: aquí solo queda su historia.");
  if (state === "forming")
    return notice(
      "El grupo se está formando. Cuando sean tres personas que dijeron SI, ya puede comprar y vender.",
    );
  return verified
    ? null
    : notice(
        html`Una persona de Minka todavía no revisó esta organización. Hasta entonces pregunta a 30 personas
        como mucho y no anota permisos de palabra. Que los datos estén completos ayuda.`,
      );
}
