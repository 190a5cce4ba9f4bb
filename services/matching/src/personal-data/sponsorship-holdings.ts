import type { Holding } from "@minka/database/holdings";
import { eq, or, sql } from "@minka/database/query";
import { sponsoredRequests, sponsoredServices, sponsorships } from "../sponsorships/sponsorships-tables.ts";
import { requests } from "../tables.ts";

/** What matching holds on people because somebody else pays: what was paid stays, as its sponsor's account. */
export const sponsorshipHoldings: readonly Holding[] = [
  {
    table: sponsoredRequests,
    of: ({ personId }) =>
      sql`${sponsoredRequests.requestId} in (select r.id from ${requests} r where r.person_id = ${personId})`,
    show: {
      section: "couldBeSponsored",
      columns: {
        requestId: sponsoredRequests.requestId,
        sex: sponsoredRequests.sex,
        sizeClass: sponsoredRequests.sizeClass,
        member: sponsoredRequests.member,
      },
    },
    erase: "delete",
  },
  {
    table: sponsoredServices,
    of: ({ personId }) => eq(sponsoredServices.personId, personId),
    show: {
      section: "sponsoredServices",
      columns: {
        matchId: sponsoredServices.matchId,
        sponsor: sql`(select s.sponsor_name from ${sponsorships} s where s.id = sponsorship_id)`,
        amountCentimos: sponsoredServices.amountCentimos,
        spentCentimos: sponsoredServices.spentCentimos,
        state: sponsoredServices.state,
        reservedAt: sponsoredServices.reservedAt,
        districtCode: sponsoredServices.districtCode,
        sex: sponsoredServices.sex,
        sizeClass: sponsoredServices.sizeClass,
        member: sponsoredServices.member,
      },
    },
    erase: "keep",
  },
  {
    table: sponsorships,
    of: ({ personId }) =>
      or(eq(sponsorships.contactPersonId, personId), sql`${personId} = any(${sponsorships.makers})`),
    show: {
      section: "sponsorshipsProposed",
      columns: {
        id: sponsorships.id,
        sponsor: sponsorships.sponsorName,
        title: sponsorships.title,
        state: sponsorships.state,
        createdAt: sponsorships.createdAt,
      },
    },
    erase: "keep",
  },
];
