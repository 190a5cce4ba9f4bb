import { sizeClasses } from "@minka/domain/size-class";
import { z } from "zod";
import { phoneText } from "./auth.ts";
import { districtCode, instantText, limaDay, page, pageQuery } from "./common.ts";
import { endpoint } from "./endpoint.ts";
import { event } from "./event.ts";
import { wording } from "./wordings.ts";

/** `delegate` speaks for the members of a hamlet, `broker` arranges purchases and sales, `manager` decides. */
export const membershipRoles = ["member", "delegate", "broker", "manager"] as const;
export const membershipStates = ["asked", "active", "refused", "ended"] as const;

/**
 * Whose idea a membership was: `founder` registered the organization, `added` by a manager, `joined` by asking,
 * `group` named by who starts a group, `imported` from a list.
 */
export const membershipOrigins = ["founder", "added", "joined", "group", "imported"] as const;

/**
 * How a membership or the asking for one ended: the person left or took back that they asked, nobody answered, a
 * manager or operator ended it, the organization closed.
 */
export const membershipEnds = ["left", "taken_back", "lapsed", "put_out", "closed"] as const;
export type MembershipEnd = (typeof membershipEnds)[number];

const membershipRole = z.enum(membershipRoles);
export type MembershipRole = z.output<typeof membershipRole>;
const membershipState = z.enum(membershipStates);

/** How a membership that was asked for came out; the texts of it are read from `membershipNews`. */
export const membershipSettled = event({
  name: "membership.settled",
  emitter: "profiles",
  subscribers: ["notifications"],
  payload: z.object({ membershipId: z.uuid() }),
});

export const membership = z.object({
  membershipId: z.uuid(),
  organizationId: z.uuid(),
  organizationName: z.string(),
  role: membershipRole,
  state: membershipState,
  since: limaDay.nullable().describe("First day; null while asked"),
  until: limaDay.nullable(),
  waitsFor: z
    .enum(["person", "organization"])
    .nullable()
    .default(null)
    .describe("Whose yes or no is missing while it is asked: theirs, or that of who leads it"),
});
export type Membership = z.output<typeof membership>;

const organizationParams = z.object({ organizationId: z.uuid() });
const params = z.object({ membershipId: z.uuid() });
const answer = z.object({ membership });
const given = z.object({ membershipId: z.uuid(), state: membershipState });

export const listMemberships = endpoint({
  service: "profiles",
  method: "GET",
  path: "/api/profiles/people/:personId/memberships",
  summary:
    "Where a person belongs, belonged or is asked to: what is active first, then the newest. Themself, operators and other services.",
  access: ["service", "person", "operator"],
  params: z.object({ personId: z.uuid() }),
  answer: z.object({ memberships: z.array(membership) }),
});

export const addMember = endpoint({
  service: "profiles",
  method: "POST",
  path: "/api/profiles/organizations/:organizationId/members",
  summary:
    "A manager names a member, by id or by phone and name. The person is asked by SMS and belongs when they say yes; without an answer the question lapses after 14 days. The answer is the same whether or not Minka knows the phone.",
  access: ["person", "operator"],
  params: organizationParams,
  body: z
    .object({
      personId: z.uuid().optional(),
      phone: phoneText.optional(),
      name: z
        .string()
        .trim()
        .min(2)
        .max(80)
        .optional()
        .describe("Needed with `phone`: several may share one"),
      role: membershipRole.default("member"),
    })
    .superRefine(({ personId, phone, name }, context) => {
      const missing = (path: string, message: string) =>
        context.addIssue({ code: "custom", path: [path], message });
      if ((personId === undefined) === (phone === undefined))
        missing("personId", "give either personId, or phone and name");
      if (phone !== undefined && name === undefined) missing("name", "is needed with a phone");
    }),
  answer: z.object({ membership: given }),
  status: 201,
});

export const askToJoin = endpoint({
  service: "profiles",
  method: "POST",
  path: "/api/profiles/organizations/:organizationId/requests",
  summary:
    "A person asks to join. A manager is asked by SMS, and may answer here too; without an answer the question lapses after 14 days.",
  access: ["service", "person", "operator"],
  params: organizationParams,
  body: z.object({ personId: z.uuid().describe("Who asks; a signed-in person asks for themself") }),
  answer,
  status: 201,
});

export const listMembers = endpoint({
  service: "profiles",
  method: "GET",
  path: "/api/profiles/organizations/:organizationId/members",
  summary:
    "Members, the newest entries first. Managers and operators read names and phones, and may look for a name, a sex or a district; brokers and delegates read them masked. Of a person whom the organization named and who has not agreed it reads back what it wrote, an id or a name, and nothing else.",
  access: ["person", "operator"],
  params: organizationParams,
  query: z.object({
    ...pageQuery,
    state: membershipState.default("active"),
    role: membershipRole.optional(),
    name: z.string().trim().min(2).max(80).optional().describe("A part of it, accents and capitals aside"),
    sex: z.enum(["f", "m"]).optional(),
    districtCode: districtCode.optional(),
    waitsFor: membership.shape.waitsFor
      .unwrap()
      .unwrap()
      .optional()
      .describe("With `asked`: whose yes or no is missing"),
  }),
  answer: page(
    z.object({
      membershipId: z.uuid(),
      personId: z.uuid().nullable().describe("Null until they agree, unless they were named by it"),
      name: z.string().nullable().describe("Until they agree: as the organization wrote it, if it did"),
      phone: z.string().nullable().describe("E.164, or masked"),
      role: membershipRole,
      state: membershipState,
      since: limaDay.nullable(),
      until: limaDay.nullable(),
      waitsFor: membership.shape.waitsFor,
      endReason: z.enum(membershipEnds).nullable(),
      endNote: z.string().nullable().describe("What the manager who ended it wrote"),
      formerRoles: z.array(z.object({ role: membershipRole, since: limaDay, until: limaDay })),
    }),
  ),
});

/** Of fewer people than this nothing is told. */
export const smallestCell = 5;
const cell = z.int();

export const readMemberFigures = endpoint({
  service: "profiles",
  method: "GET",
  path: "/api/profiles/organizations/:organizationId/member-figures",
  summary: `What an organization's members are counted by, for who leads it and operators. Sizes are left out where one has fewer than ${smallestCell} people; to brokers and delegates smaller districts are counted together.`,
  access: ["person", "operator"],
  params: organizationParams,
  answer: z.object({
    members: cell,
    women: cell,
    men: cell.describe("Of the others it is not known"),
    invited: z
      .object({ yes: cell, no: cell, waiting: cell, silent: cell.describe("Nobody answered in time") })
      .describe("What became of whom the organization named"),
    bySize: z
      .array(
        z.object({
          sizeClass: z.enum(sizeClasses).nullable().describe("By last season's harvest; null: not known"),
          members: cell,
          women: cell,
        }),
      )
      .nullable(),
    byDistrict: z
      .array(
        z.object({
          districtCode: districtCode
            .nullable()
            .describe("Null: smaller districts, and where it is not known"),
          members: cell,
          women: cell,
        }),
      )
      .describe("The most members first"),
  }),
});

export const listMemberIds = endpoint({
  service: "profiles",
  method: "GET",
  path: "/api/profiles/organizations/:organizationId/member-ids",
  summary:
    "Active members who agreed to be served, page by page in order of id: to be told what their organization begins.",
  access: ["service"],
  params: organizationParams,
  query: z.object({
    after: z.uuid().optional().describe("`next` of the page before"),
    limit: z.coerce.number().int().min(1).max(500).default(500),
    role: membershipRole.optional().describe("Only these: who decides, who arranges"),
  }),
  answer: z.object({ personIds: z.array(z.uuid()), next: z.uuid().nullable() }),
});

export const answerMembership = endpoint({
  service: "profiles",
  method: "POST",
  path: "/api/profiles/memberships/:membershipId/answer",
  summary:
    "Say yes or no: the person who was asked whether they belong, or a manager or broker whether one who asks may join.",
  access: ["person", "operator"],
  params,
  body: z.object({ accepted: z.boolean() }),
  answer,
});

export const leaveOrganization = endpoint({
  service: "profiles",
  method: "POST",
  path: "/api/profiles/memberships/:membershipId/leave",
  summary:
    "A person leaves, at any time, or takes back that they asked to join. The last manager hands over first: 409 `last-manager`.",
  access: ["service", "person"],
  params,
  answer,
});

export const endMembership = endpoint({
  service: "profiles",
  method: "POST",
  path: "/api/profiles/memberships/:membershipId/end",
  summary: "A manager or operator ends a membership, or no longer asks, and says why.",
  access: ["person", "operator"],
  params,
  body: z.object({ reason: z.string().trim().min(3).max(200) }),
  answer,
});

export const changeMembershipRole = endpoint({
  service: "profiles",
  method: "PUT",
  path: "/api/profiles/memberships/:membershipId",
  summary:
    "A manager or operator gives an active member another role; the former one is kept with its dates.",
  access: ["person", "operator"],
  params,
  body: z.object({ role: membershipRole }),
  answer,
});

export const membershipNews = endpoint({
  service: "profiles",
  method: "GET",
  path: "/api/profiles/memberships/:membershipId/news",
  summary:
    "Whom to tell how a membership that was asked for came out, in which words, and until when it is news.",
  access: ["service"],
  params,
  answer: z.object({ news: z.array(wording.extend({ personId: z.uuid() })), until: instantText }),
});

export const membershipsEndpoints = [
  listMemberships,
  addMember,
  askToJoin,
  listMembers,
  readMemberFigures,
  listMemberIds,
  answerMembership,
  leaveOrganization,
  endMembership,
  changeMembershipRole,
  membershipNews,
];
