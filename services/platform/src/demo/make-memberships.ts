import type { BoardSeatRow, MembershipRow, OrganizationRow } from "@minka/profiles";
import type { Producer } from "./make-producers.ts";
import { memberShares } from "./programme.ts";
import { seededRandom, type Random } from "./random.ts";

/** Who belongs where: the crop's share of members, smaller among small producers. */
export function makeMemberships(
  random: Random,
  producers: readonly Producer[],
  organizations: readonly OrganizationRow[],
): { memberships: MembershipRow[]; boardSeats: BoardSeatRow[] } {
  const members: Producer[] = [];
  for (const crop of ["cacao", "coffee"] as const) {
    const shares = memberShares[crop];
    const all = producers.filter((producer) => producer.crop === crop);
    const [small, others] = [
      all.filter(({ size }) => size === "small"),
      all.filter(({ size }) => size !== "small"),
    ];
    const smallMembers = Math.round(small.length * shares.small);
    const otherMembers = Math.round(all.length * shares.all) - smallMembers;
    members.push(
      ...random.shuffled(small).slice(0, smallMembers),
      ...random.shuffled(others).slice(0, otherMembers),
    );
  }
  const joined = members.map(({ person, cell }) => {
    const home = organizations.filter(
      ({ districtCode, crops }) => districtCode.startsWith(cell.region) && crops.includes(cell.crop),
    );
    const nearby = home.filter(({ districtCode }) =>
      districtCode.startsWith(person.districtCode.slice(0, 4)),
    );
    const organizationId = random.pick(nearby.length > 0 ? nearby : home).id;
    return { personId: person.id, organizationId, since: `${random.between(2008, 2025)}-01-01` };
  });
  return withOffices(seededRandom(organizations.length + 1), joined);
}

type Joined = Pick<MembershipRow, "personId" | "organizationId" | "since">;

/** The first who joined leads; the next hold the other offices, and of those after them one buys and sells for all. */
const offices = ["president", "vice_president", "secretary", "treasurer", "ombudsperson"] as const;
const firstDay = "2025-01-01";
const lastDay = "2027-12-31";

function withOffices(details: Random, joined: readonly Joined[]) {
  const memberships: MembershipRow[] = [];
  const boardSeats: BoardSeatRow[] = [];
  const sizes = new Map<string, number>();
  for (const { personId, organizationId, since } of joined) {
    const place = sizes.get(organizationId) ?? 0;
    sizes.set(organizationId, place + 1);
    const position = offices[place];
    const role = place === 0 ? "manager" : place === 5 ? "broker" : place === 6 ? "delegate" : "member";
    memberships.push({ id: details.id(), personId, organizationId, role, since });
    if (position)
      boardSeats.push({
        id: details.id(),
        personId,
        organizationId,
        position,
        since: firstDay,
        until: lastDay,
      });
  }
  return { memberships, boardSeats };
}
