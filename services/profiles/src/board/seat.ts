import type { HandlerInput } from "@minka/contracts/endpoint";
import type { addBoardSeat } from "@minka/contracts/organizations";
import type { Queries, Transaction } from "@minka/database/connect";
import { newId } from "@minka/database/new-id";
import { DomainError } from "@minka/domain/errors";
import { and, desc, eq, gte, isNull, lte, ne, or, sql } from "@minka/database/query";
import type { OrganizationRow } from "../memberships/lock-membership.ts";
import { roleIn } from "../memberships/organization-rights.ts";
import { boardSeats } from "../organizations/organizations-tables.ts";
import { people } from "../tables.ts";

export type SeatInput = HandlerInput<typeof addBoardSeat>["body"];

/** Enters an office. The caller holds the organization. `path` is where the entry stands in the body. */
export async function insertSeat(
  tx: Transaction,
  organization: OrganizationRow,
  seat: SeatInput,
  path = "body",
): Promise<string> {
  const id = newId();
  await refuseSeat(tx, organization, { ...seat, id }, path);
  await tx.insert(boardSeats).values({ ...seat, id, organizationId: organization.id });
  return id;
}

const communityPositions: readonly SeatInput["position"][] = ["chief", "deputy_chief"];

/**
 * Throws `seat-wrong` (422) with what is wrong of it, and `position-taken` (409) where another holds the same office in
 * a part of the term. A board has several members at large.
 */
export async function refuseSeat(
  tx: Transaction,
  organization: OrganizationRow,
  seat: SeatInput & { id: string },
  path = "body",
): Promise<void> {
  const wrong = (field: string, message: string) =>
    new DomainError("invalid", "seat-wrong", `The office's ${field} ${message}.`, {
      errors: [{ path: `${path}.${field}`, message }],
    });
  if ((seat.personId === null) === (seat.name === null)) {
    throw wrong("personId", "is given, or else a name");
  }
  if (seat.until !== null && seat.until < seat.since) throw wrong("until", "is before since");
  if (communityPositions.includes(seat.position) && organization.kind !== "native_community") {
    throw wrong("position", "is one of native communities");
  }
  if (seat.personId !== null && !(await roleIn(tx, seat.personId, organization.id))) {
    throw wrong("personId", "is nobody who belongs to the organization");
  }
  if (seat.position === "member_at_large") return;
  const [other] = await tx
    .select({ id: boardSeats.id })
    .from(boardSeats)
    .where(
      and(
        eq(boardSeats.organizationId, organization.id),
        eq(boardSeats.position, seat.position),
        ne(boardSeats.id, seat.id),
        or(isNull(boardSeats.until), gte(boardSeats.until, seat.since)),
        seat.until === null ? undefined : lte(boardSeats.since, seat.until),
      ),
    )
    .limit(1);
  if (!other) return;
  throw new DomainError(
    "conflict",
    "position-taken",
    "Another holds this office in this term; end that first.",
    {
      details: { seatId: other.id },
      errors: [{ path: `${path}.position`, message: "is another's in this term" }],
    },
  );
}

/** Offices with their holders, the latest term first; a registered person's name and sex are their own row's. */
export async function readSeats(queries: Queries, organizationId: string, today: string, seatId?: string) {
  return queries
    .select({
      seatId: boardSeats.id,
      position: boardSeats.position,
      personId: boardSeats.personId,
      name: sql<string | null>`coalesce(${people.name}, ${boardSeats.name})`,
      sex: sql<"f" | "m" | null>`coalesce(${people.sex}, ${boardSeats.sex})`,
      since: boardSeats.since,
      until: boardSeats.until,
      current: sql<boolean>`${boardSeats.since} <= ${today}::date
        and (${boardSeats.until} is null or ${boardSeats.until} >= ${today}::date)`,
    })
    .from(boardSeats)
    .leftJoin(people, eq(people.id, boardSeats.personId))
    .where(
      and(
        eq(boardSeats.organizationId, organizationId),
        seatId === undefined ? undefined : eq(boardSeats.id, seatId),
      ),
    )
    .orderBy(desc(boardSeats.since), desc(boardSeats.id));
}

export function seatUnknown(): DomainError {
  return new DomainError("not-found", "seat-unknown", "The organization has no such office.");
}
