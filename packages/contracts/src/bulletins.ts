import { crops } from "@minka/domain/vocabulary";
import { z } from "zod";
import { instantText, page, pageQuery } from "./common.ts";
import { endpoint } from "./endpoint.ts";

/**
 * Whom a bulletin reaches: of the active people who agreed to bulletins those to whom all that is given applies;
 * nothing given means everybody.
 */
export const audience = z.object({
  districts: z
    .array(z.string().regex(/^\d{2}(\d{2}){0,2}$/, "two, four or six digits of an INEI code"))
    .max(50)
    .default([])
    .describe("INEI prefixes: a region (22), a province (2210) or a district (221001)"),
  crops: z.array(z.enum(crops)).max(12).default([]),
  organizationId: z.uuid().nullable().default(null).describe("Its members; all that its manager may reach"),
});
export type Audience = z.output<typeof audience>;

export const bulletinStates = ["draft", "approved", "expanded", "cancelled"] as const;

const bulletin = z.object({
  id: z.uuid(),
  title: z.string().describe("For operators; nobody is sent it"),
  text: z.string().describe("As it was written"),
  message: z.string().describe("As it is sent: with who sends it, and how to get no more"),
  segments: z.int(),
  audience,
  state: z
    .enum(bulletinStates)
    .describe(
      "approved: sent from `sendAt` on; expanded: everybody whom it reaches has a message of it, and `counts` says what became of them; cancelled: stopped",
    ),
  sendAt: instantText.nullable().describe("Null: when it is approved"),
  approvedByAnother: z
    .boolean()
    .nullable()
    .describe("Whether it was approved by somebody else than who wrote it; null before"),
  createdAt: instantText,
});

const counts = z.object({
  people: z.int().describe("People it reaches; of a draft, who would be reached now"),
  queued: z.int().describe("Not settled yet: waiting, under way, or nobody knows"),
  sent: z.int().describe("A gateway has them, and no report yet"),
  delivered: z.int(),
  withheld: z
    .int()
    .describe("Not sent: the phone wants no messages or has had one that day, or the bulletin was stopped"),
  failed: z.int().describe("Refused, not deliverable, or too late"),
});

const one = z.object({ bulletin: bulletin.extend({ counts }) });
const params = z.object({ bulletinId: z.uuid() });

export const draftBulletin = endpoint({
  service: "notifications",
  method: "POST",
  path: "/api/notifications/bulletins",
  summary:
    "Write a message to many. It is at most two SMS long with its last line, and speaks of no credit. Operators; a manager to the members of their organization. Nothing leaves before it is approved.",
  access: ["person", "operator"],
  body: z.object({
    title: z.string().trim().min(3).max(80),
    text: z.string().trim().min(3).max(400),
    audience: audience.prefault({}),
    sendAt: instantText.optional(),
  }),
  answer: one,
  status: 201,
});

export const listBulletins = endpoint({
  service: "notifications",
  method: "GET",
  path: "/api/notifications/bulletins",
  summary: "Messages to many, the newest first. Managers say of which organization.",
  access: ["person", "operator"],
  query: z.object({ ...pageQuery, organizationId: z.uuid().optional() }),
  answer: page(bulletin),
});

export const readBulletin = endpoint({
  service: "notifications",
  method: "GET",
  path: "/api/notifications/bulletins/:bulletinId",
  summary: "A message to many, with how many it reaches and what became of what was sent.",
  access: ["person", "operator"],
  params,
  answer: one,
});

export const approveBulletin = endpoint({
  service: "notifications",
  method: "POST",
  path: "/api/notifications/bulletins/:bulletinId/approval",
  summary:
    "Have a message to many sent. `people` is `counts.people` as it was shown: 409 `audience-grown` or `audience-shrunk`, with `people`, when by now it would reach a tenth more or less, `another-must-approve` when who wrote it approves it for more than 500 people. 429 `too-many-bulletins`: an organization sends two in any seven days.",
  access: ["person", "operator"],
  params,
  body: z.object({ people: z.int().min(0) }),
  answer: one,
});

export const cancelBulletin = endpoint({
  service: "notifications",
  method: "POST",
  path: "/api/notifications/bulletins/:bulletinId/cancellation",
  summary: "Stop a message to many: what has not left stays.",
  access: ["person", "operator"],
  params,
  answer: one,
});

export const bulletinEndpoints = [
  draftBulletin,
  listBulletins,
  readBulletin,
  approveBulletin,
  cancelBulletin,
];
