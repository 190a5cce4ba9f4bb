import type { Making, Person, PersonRole, Rows } from "./world.ts";

type Village = {
  readonly districtCode: string;
  readonly people: Readonly<Record<PersonRole | "spare", Person>>;
  /** What the producer has already. */
  readonly helper: Rows;
};

export type OrganizationMade = {
  readonly organizationId: string;
  readonly rows: Rows;
  readonly of: Partial<Record<PersonRole, Rows>>;
};

export const memberList = (rows: readonly string[]) =>
  ["Nombre completo,DNI,Ubigeo INEI", ...rows].join("\n");

/** A verified association with its people, its board, lists of members, and somebody who asks to join. */
export async function makeOrganization(
  { done, platform, checker }: Making,
  { districtCode, people, helper }: Village,
): Promise<OrganizationMade> {
  const { manager, broker, producer, ward, spare, agent } = people;
  const { organization } = await done<{ organization: { id: string } }>(
    manager,
    "POST",
    "/api/profiles/organizations",
    { personId: manager.id, name: `Asociación de ${districtCode}`, kind: "association", districtCode },
  );
  const organizationId = organization.id;
  const base = `/api/profiles/organizations/${organizationId}`;
  await done(checker, "POST", `${base}/verify`);

  async function join(personId: string, role: string): Promise<string> {
    const { membership } = await done<{ membership: { membershipId: string } }>(
      manager,
      "POST",
      `${base}/members`,
      { personId, role },
    );
    const { membershipId } = membership;
    await done({ id: personId }, "POST", `/api/profiles/memberships/${membershipId}/answer`, {
      accepted: true,
    });
    return membershipId;
  }
  await join(producer.id, "member");
  await join(ward.id, "member");
  await join(broker.id, "broker");
  const memberMembershipId = await join(spare.id, "member");
  // A member without a phone: whose word has to be heard.
  const phonelessId = helper["principalId"] ?? "";
  await join(phonelessId, "member");
  const joining = await done<{ membership: { membershipId: string } }>(agent, "POST", `${base}/requests`, {
    personId: agent.id,
  });
  const { seat } = await done<{ seat: { seatId: string } }>(manager, "POST", `${base}/board`, {
    position: "president",
    name: "Julia Tangoa",
    since: "2026-01-01",
  });

  async function send(rows: readonly string[]): Promise<string> {
    const { importId } = await done<{ importId: string }>(
      manager,
      "POST",
      `${base}/imports`,
      memberList(rows),
      "text/csv",
    );
    await platform.settle();
    return importId;
  }
  const listed = (name: string, place: number) => `${name},${place}1${districtCode},${districtCode}`;
  const loaded = await send([listed("Ana Pérez", 1), listed("Berta Ríos", 2)]);
  await done(manager, "POST", `${base}/imports/${loaded}/start`);
  await platform.settle();
  const { items } = await done<{ items: { invitationId: string }[] }>(manager, "GET", `${base}/invitations`);
  const [first, second] = items.map(({ invitationId }) => invitationId);
  if (!first || !second) throw new Error("the list invited nobody");
  const importId = await send([listed("Delia Torres", 3)]);
  return {
    organizationId,
    rows: {
      organizationId,
      memberMembershipId,
      joinedMembershipId: joining.membership.membershipId,
      phonelessId,
      seatId: seat.seatId,
      importId,
      invitationId: first,
    },
    of: { manager: { invitationId: second } },
  };
}
