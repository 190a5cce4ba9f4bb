import { sizeClasses } from "@minka/domain/size-class";
import { crops, topics } from "@minka/domain/vocabulary";
import { z } from "zod";
import { areaCode, centimos, districtCode, limaDay, page, pageQuery } from "./common.ts";
import { endpoint, fileAnswer } from "./endpoint.ts";

/**
 * A sponsor pays services for a named group: who is in it sees who pays and how much, and nobody is ranked better or
 * worse for it.
 */
export const sponsorshipStates = ["draft", "active", "paused", "ended"] as const;
export type SponsorshipState = (typeof sponsorshipStates)[number];

/** `provider`: a verified buyer, supplier or lender. `programme`: of which there is no entry; operators speak for it. */
export const sponsorKinds = ["provider", "organization", "programme"] as const;

/** Where the price is of somebody's work. What is bought, sold or lent has a price by the sack or a rate. */
export const sponsoredKinds = ["assistance", "training", "service"] as const;

/** `released`: it did not take place, and the money is there for another. */
export const sponsoredStates = ["reserved", "spent", "released"] as const;
export type SponsoredState = (typeof sponsoredStates)[number];

const each = <Item extends z.ZodType>(item: Item, most: number) =>
  z
    .array(item)
    .max(most)
    .default([])
    .refine((items) => new Set(items).size === items.length, { message: "each once" });

const terms = {
  title: z.string().trim().min(3).max(80).describe("For whom it is, as its managers and operators read it"),
  budgetCentimos: centimos.min(1),
  from: limaDay,
  until: limaDay.describe("The last day on which a service may be asked for"),
  kinds: each(z.enum(sponsoredKinds), sponsoredKinds.length).describe("Empty: all that can be sponsored"),
  topics: each(z.enum(topics), topics.length).describe("Empty: whatever the topic"),
  crops: each(z.enum(crops), crops.length).describe("Empty: whatever the crop, also none"),
  districts: each(areaCode, 100).describe("Where the service is given; empty: anywhere"),
  sexes: each(z.enum(["f", "m"]), 2).describe("Empty: whoever, also who has not said"),
  sizeClasses: each(z.enum(sizeClasses), sizeClasses.length).describe(
    "Empty: whatever the size, also an unknown one",
  ),
  member: z.boolean().nullable().default(null).describe("Of an organization, or of none; null: both"),
  organizationIds: each(z.uuid(), 50).describe("Members of one of these alone; empty: of any or none"),
  sharePercent: z.int().min(1).max(100).describe("Of the price"),
  mostPerServiceCentimos: centimos.min(1),
  mostPerPerson: z.int().min(1).max(100).describe("Services for one person in all"),
};

export const sponsorship = z.object({
  id: z.uuid(),
  state: z.enum(sponsorshipStates),
  sponsor: z.object({ kind: z.enum(sponsorKinds), id: z.uuid().nullable(), name: z.string() }),
  contactPersonId: z.uuid(),
  ...terms,
  reservedCentimos: centimos.describe("For services that are asked for or agreed"),
  spentCentimos: centimos.describe("For services that took place"),
});
export type Sponsorship = z.output<typeof sponsorship>;

const params = z.object({ sponsorshipId: z.uuid() });
const people = ["person", "operator"] as const;
const stepAnswer = z.object({ sponsorshipId: z.uuid(), state: z.enum(sponsorshipStates) });
const base = "/api/matching/sponsorships";

export const proposeSponsorship = endpoint({
  service: "matching",
  method: "POST",
  path: base,
  summary:
    "Propose to pay services for a group: a manager of a verified buyer, supplier or lender or of an organization; an operator for any of them or for a programme. Nothing is paid before another operator approves.",
  access: people,
  body: z.object({
    sponsor: z.discriminatedUnion("kind", [
      z.object({ kind: z.literal("provider"), id: z.uuid() }),
      z.object({ kind: z.literal("organization"), id: z.uuid() }),
      z.object({
        kind: z.literal("programme"),
        name: z.string().trim().min(2).max(80).describe("As producers read it"),
      }),
    ]),
    contactPersonId: z.uuid().optional().describe("Who answers for it; the caller unless said"),
    ...terms,
  }),
  answer: stepAnswer,
  status: 201,
});

export const readSponsorship = endpoint({
  service: "matching",
  method: "GET",
  path: `${base}/:sponsorshipId`,
  summary: "What is paid for whom, and what is left: for the sponsor's managers and operators.",
  access: people,
  params,
  answer: z.object({ sponsorship }),
});

export const listSponsorships = endpoint({
  service: "matching",
  method: "GET",
  path: base,
  summary: "Sponsorships, the newest first: a sponsor's for its managers, anybody's for operators.",
  access: people,
  query: z.object({
    sponsorId: z.uuid().optional().describe("A provider or an organization; only operators leave it out"),
    state: z.enum(sponsorshipStates).optional(),
    kind: z.enum(sponsoredKinds).optional().describe("Those that pay for it"),
    ...pageQuery,
  }),
  answer: page(sponsorship),
});

const step = (name: string, summary: string, access: readonly ("person" | "operator")[]) =>
  endpoint({
    service: "matching",
    method: "POST",
    path: `${base}/:sponsorshipId/${name}`,
    summary,
    access,
    params,
    answer: stepAnswer,
  });

export const approveSponsorship = step(
  "approval",
  "An operator who neither proposed it nor answers for it lets a draft begin.",
  ["operator"],
);
export const pauseSponsorship = step(
  "pause",
  "Nothing new is paid for the time being; what is reserved stays.",
  people,
);
export const resumeSponsorship = step("resumption", "An operator lets a paused one go on.", ["operator"]);
export const endSponsorship = step(
  "end",
  "Nothing new is paid any more; what is reserved stays. By itself after its last day.",
  people,
);

export const raiseBudget = endpoint({
  service: "matching",
  method: "POST",
  path: `${base}/:sponsorshipId/budget`,
  summary: "A manager of the sponsor or an operator adds to the budget: it is never lowered.",
  access: people,
  params,
  body: z.object({ budgetCentimos: centimos.describe("In all, with what is spent") }),
  answer: z.object({ sponsorshipId: z.uuid(), budgetCentimos: centimos }),
});

/** What spending is reported by. */
export const reportedBy = ["district", "sex", "size", "member"] as const;

const counted = z.object({
  services: z.int().nullable().describe("Reserved or spent. This and the rest are null where withheld"),
  persons: z.int().nullable(),
  reservedCentimos: centimos.nullable(),
  spentCentimos: centimos.nullable(),
});

const report = z.object({
  sponsorshipId: z.uuid(),
  budgetCentimos: centimos,
  reservedCentimos: centimos,
  spentCentimos: centimos,
  leftCentimos: centimos,
  services: z.int(),
  persons: z.int().nullable().describe("Null where withheld: fewer than five"),
  rows: z.array(
    z.object({
      by: z.enum(reportedBy),
      value: z
        .union([districtCode, z.enum(["f", "m", ...sizeClasses, "yes", "no", "unknown"])])
        .describe("A district's INEI code; `yes` for a member of an organization"),
      ...counted.shape,
    }),
  ),
});
export type SponsorshipReport = z.output<typeof report>;

export const readSponsorshipReport = endpoint({
  service: "matching",
  method: "GET",
  path: `${base}/:sponsorshipId/report`,
  summary:
    "Spending by district, sex, size and membership. Operators read all of it; the sponsor's managers not what would tell of fewer than five persons.",
  access: people,
  params,
  answer: z.object({ report }),
});

export const exportSponsorshipReport = endpoint({
  service: "matching",
  method: "GET",
  path: `${base}/:sponsorshipId/report-file`,
  summary: "The same report as a file for spreadsheets.",
  access: people,
  params,
  query: z.object({ format: z.enum(["csv", "xlsx"]).default("xlsx") }),
  download: {
    contentTypes: [
      "text/csv; charset=utf-8",
      "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ],
  },
  answer: fileAnswer,
});

export const sponsorshipsEndpoints = [
  proposeSponsorship,
  listSponsorships,
  readSponsorship,
  approveSponsorship,
  pauseSponsorship,
  resumeSponsorship,
  endSponsorship,
  raiseBudget,
  readSponsorshipReport,
  exportSponsorshipReport,
];
