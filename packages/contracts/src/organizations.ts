import { isRuc } from "@minka/domain/identity-documents";
import { certificates, crops } from "@minka/domain/vocabulary";
import { z } from "zod";
import { phoneText } from "./auth.ts";
import { areaCode, centimos, districtCode, instantText, limaDay, page, pageQuery } from "./common.ts";
import { endpoint } from "./endpoint.ts";

export const organizationKinds = [
  "association",
  "cooperative",
  "committee",
  "native_community",
  "community_committee",
  "informal_group",
] as const;

/** `forming`: a group of neighbours of whom not enough have agreed yet. */
export const organizationStates = ["forming", "active", "closed"] as const;

/** `chief` and `deputy_chief` lead a native community; `ombudsperson` is where a member complains. */
export const boardPositions = [
  "president",
  "vice_president",
  "secretary",
  "treasurer",
  "member_at_large",
  "ombudsperson",
  "chief",
  "deputy_chief",
] as const;

/** A group of neighbours is this many people, with who starts it. */
export const smallestGroup = 3;

const organizationKind = z.enum(organizationKinds);
const ruc = z
  .string()
  .refine((text) => text.startsWith("20") && isRuc(text), "is not the RUC of an organization: 20…, 11 digits")
  .describe("Tax number of a legal person: eleven digits that begin with 20, the last one a check digit");
const shortTexts = z
  .array(z.string().trim().min(2).max(120))
  .max(12)
  .describe("Short texts, one thing each, as people read them");
const certificateHeld = z.object({
  certificate: z.enum(certificates),
  issuer: z.string().trim().min(2).max(80).nullable().default(null),
  number: z.string().trim().min(1).max(40).nullable().default(null),
  expiresOn: limaDay,
});
const genderGuideline = z
  .object({ text: z.string().trim().min(3).max(500), adoptedOn: limaDay })
  .describe("What the organization has decided about women's and men's part in it, and when");

const name = z.string().trim().min(3).max(80);

/** What its managers say of an organization. */
const said = z.object({
  name: name.describe("What people call it"),
  legalName: z.string().trim().min(3).max(160).nullable(),
  ruc: ruc.nullable(),
  districtCode,
  crops: z.array(z.enum(crops)).max(12),
  phone: phoneText.nullable().describe("The organization's own, shown to everybody"),
  description: z.string().trim().min(3).max(600).nullable(),
  entryFeeCentimos: centimos.nullable().describe("Céntimos to join; 0 is free, null not said"),
  requirements: shortTexts,
  services: shortTexts.describe("What members get, one thing each"),
  genderGuideline: genderGuideline.nullable(),
  certificates: z.array(certificateHeld).max(12),
});

const seat = z.object({
  position: z.enum(boardPositions),
  personId: z.uuid().nullable().default(null).describe("A member; or give `name`"),
  name: z.string().trim().min(2).max(80).nullable().default(null),
  sex: z.enum(["f", "m"]).nullable().default(null),
  since: limaDay.describe("First day of the term"),
  until: limaDay.nullable().default(null).describe("Last day of the term; null where none is set"),
});

const summary = z.object({
  id: z.uuid(),
  name: z.string(),
  kind: organizationKind,
  districtCode,
  crops: z.array(z.string()),
  phone: phoneText.nullable(),
  verified: z.boolean().describe("An operator found that it is what it says"),
  confirmedOn: limaDay.describe("When its entry was last said to be right"),
  entryFeeCentimos: said.shape.entryFeeCentimos,
  requirements: z.array(z.string()),
  services: z.array(z.string()),
});

export const organization = summary.extend({
  state: z.enum(organizationStates),
  legalName: z.string().nullable(),
  ruc: z.string().nullable(),
  description: z.string().nullable(),
  genderGuideline: z.object({ text: z.string(), adoptedOn: limaDay }).nullable(),
  certificates: z.array(
    certificateHeld.extend({ inForce: z.boolean().describe("Not expired by its last day") }),
  ),
  communalLand: z.boolean().describe("A native community's land belongs to all and secures no loan"),
  members: z.int().nullable().describe("Members; null under five, but for who leads it"),
  womenShare: z
    .number()
    .nullable()
    .describe("Of the members whose sex is known, 0 to 1; null where women or men are fewer than five"),
  board: z.object({
    seats: z.int().nullable().describe("Offices held today; null under five"),
    womenShare: z.number().nullable().describe("Of the offices, 0 to 1; null under five offices"),
  }),
});
export type Organization = z.output<typeof organization>;

const params = z.object({ organizationId: z.uuid() });
const answer = z.object({ organization });

export const findOrganizations = endpoint({
  service: "profiles",
  method: "GET",
  path: "/api/profiles/organizations",
  summary:
    "Organizations of a district, its province and its region, the nearest area first, with what joining costs, asks and gives. Groups that are still forming and closed organizations are left out.",
  access: ["anyone"],
  query: z.object({
    districtCode,
    crop: z.string().max(20).optional(),
    kind: organizationKind.optional(),
    limit: z.coerce.number().int().min(1).max(20).default(3),
  }),
  answer: z.object({ organizations: z.array(summary) }),
});

export const listOrganizationRecords = endpoint({
  service: "profiles",
  method: "GET",
  path: "/api/profiles/organization-records",
  summary:
    "Organizations in any state with how many belong to them, the longest registered first unless said: what an operator has to look into.",
  access: ["operator"],
  query: z.object({
    verified: z.stringbool().optional(),
    state: z.enum(organizationStates).optional(),
    kind: organizationKind.optional(),
    area: areaCode.optional(),
    order: z.enum(["oldest", "newest"]).default("oldest"),
    ...pageQuery,
  }),
  answer: page(
    z.object({
      id: z.uuid(),
      name: z.string(),
      kind: organizationKind,
      districtCode,
      state: z.enum(organizationStates),
      verified: z.boolean(),
      members: z.int(),
      registeredAt: instantText,
    }),
  ),
});

export const readOrganization = endpoint({
  service: "profiles",
  method: "GET",
  path: "/api/profiles/organizations/:organizationId",
  summary:
    "An organization. Everybody sees counts from five up; its manager, broker and delegates and operators see them all.",
  access: ["anyone"],
  params,
  answer,
});

export const registerOrganization = endpoint({
  service: "profiles",
  method: "POST",
  path: "/api/profiles/organizations",
  summary:
    "Register the organization that a person leads; they become its manager. Lists show it at once, unverified until an operator has looked. A native community names its chief. Neighbours without papers start a group instead.",
  access: ["service", "person", "operator"],
  body: said
    .partial()
    .required({ name: true, districtCode: true })
    .extend({
      personId: z.uuid().describe("Who leads it; a signed-in person registers for themself"),
      kind: organizationKind.exclude(["informal_group"]),
      board: z.array(seat).max(20).default([]),
    }),
  answer,
  status: 201,
});

export const updateOrganization = endpoint({
  service: "profiles",
  method: "PUT",
  path: "/api/profiles/organizations/:organizationId",
  summary:
    "Change what is given, lists as a whole, and confirm the rest: an empty body says that all is still right. Managers and operators.",
  access: ["person", "operator"],
  params,
  body: said.partial(),
  answer,
});

export const verifyOrganization = endpoint({
  service: "profiles",
  method: "POST",
  path: "/api/profiles/organizations/:organizationId/verify",
  summary:
    "An operator found that the organization is what it says. Nobody verifies what they registered or manage.",
  access: ["operator"],
  params,
  answer,
});

export const closeOrganization = endpoint({
  service: "profiles",
  method: "POST",
  path: "/api/profiles/organizations/:organizationId/close",
  summary: "The organization ends, and with it all memberships. Managers and operators.",
  access: ["person", "operator"],
  params,
  body: z.object({ reason: z.string().trim().min(3).max(200) }),
  answer,
});

export const startGroup = endpoint({
  service: "profiles",
  method: "POST",
  path: "/api/profiles/groups",
  summary:
    "Start a group of neighbours by naming at least two others by phone. Each is asked by SMS; when three people are in it the group is active. Who does not answer in 14 days is no longer asked. The answer is the same whether or not Minka knows a phone.",
  access: ["service", "person", "operator"],
  body: z.object({
    personId: z.uuid().describe("Who starts it and becomes its manager"),
    name: name.optional().describe("Without it the group is called after its district"),
    districtCode: districtCode.optional().describe("Without it, the person's own"),
    crops: said.shape.crops.default([]),
    neighbours: z
      .array(z.object({ phone: phoneText, name: z.string().trim().min(2).max(80) }))
      .min(smallestGroup - 1)
      .max(20),
  }),
  answer: z.object({ organization, membershipIds: z.array(z.uuid()) }),
  status: 201,
});

const heldSeat = z.object({
  seatId: z.uuid(),
  position: z.enum(boardPositions),
  personId: z.uuid().nullable(),
  name: z.string().nullable(),
  sex: z.enum(["f", "m"]).nullable(),
  since: limaDay,
  until: limaDay.nullable(),
  current: z.boolean(),
});
const seatAnswer = z.object({ seat: heldSeat });

export const listBoard = endpoint({
  service: "profiles",
  method: "GET",
  path: "/api/profiles/organizations/:organizationId/board",
  summary: "Who holds and held which office, the latest terms first. Its members and operators.",
  access: ["person", "operator"],
  params,
  answer: z.object({ seats: z.array(heldSeat) }),
});

export const addBoardSeat = endpoint({
  service: "profiles",
  method: "POST",
  path: "/api/profiles/organizations/:organizationId/board",
  summary:
    "Enter an office with its term: a member by `personId`, or anybody by `name`. Every office but member at large is one person's at a time. Managers and operators.",
  access: ["person", "operator"],
  params,
  body: seat,
  answer: seatAnswer,
  status: 201,
});

const seatParams = params.extend({ seatId: z.uuid() });

export const changeBoardSeat = endpoint({
  service: "profiles",
  method: "PUT",
  path: "/api/profiles/organizations/:organizationId/board/:seatId",
  summary: "Correct an office or end its term, the entry as a whole. Managers and operators.",
  access: ["person", "operator"],
  params: seatParams,
  body: seat,
  answer: seatAnswer,
});

export const removeBoardSeat = endpoint({
  service: "profiles",
  method: "DELETE",
  path: "/api/profiles/organizations/:organizationId/board/:seatId",
  summary:
    "Take away an office that was entered by mistake; to end a term, change it. Managers and operators.",
  access: ["person", "operator"],
  params: seatParams,
  answer: z.object({ removed: z.literal(true) }),
});

export const organizationsEndpoints = [
  findOrganizations,
  listOrganizationRecords,
  readOrganization,
  registerOrganization,
  updateOrganization,
  verifyOrganization,
  closeOrganization,
  startGroup,
  listBoard,
  addBoardSeat,
  changeBoardSeat,
  removeBoardSeat,
];
