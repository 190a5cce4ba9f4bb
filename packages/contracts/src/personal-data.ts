import { z } from "zod";
import { phoneText } from "./auth.ts";
import { instantText } from "./common.ts";
import { endpoint } from "./endpoint.ts";

/**
 * What Peru's Ley 29733 gives a person: to see all that is held on them, and to have it erased. Profiles knows who
 * the person is and asks each service that holds data; the internal endpoints are alike in all of them.
 */

/** How a person is found in rows that have no id of theirs. */
export const subject = z.object({
  personId: z.uuid(),
  /** Reach nobody else: whatever is kept under them is the person's. */
  phones: z.array(phoneText),
  /** Of a household: only what is marked as this person's is. */
  sharedPhones: z.array(phoneText),
  /** Full names, as they were written. */
  names: z.array(z.string()),
  /** Numbers of identity documents. */
  documents: z.array(z.string()),
});
export type Subject = z.output<typeof subject>;

/** Rows as plain JSON, by what they are about. Times are ISO 8601 in UTC, amounts céntimos. */
export const sections = z.record(z.string(), z.array(z.record(z.string(), z.unknown())));
export type Sections = z.output<typeof sections>;

/** Why an operator looks at, or erases, what is held on somebody: a code, so that it names nobody. */
export const operatorReason = z
  .enum(["asked-by-phone", "asked-in-writing", "asked-in-person", "asked-by-authority"])
  .describe("How the person, or an authority in their name, asked for it");

function endpointsOf(service: "catalog" | "matching" | "brokering" | "notifications") {
  return {
    exportData: endpoint({
      service,
      method: "POST",
      path: `/api/${service}/personal-data/export`,
      summary: "Everything that the service holds on a person, for the file that profiles gives them.",
      access: ["service"],
      body: subject,
      answer: z.object({ sections }),
    }),
    eraseData: endpoint({
      service,
      method: "POST",
      path: `/api/${service}/personal-data/erasure`,
      summary: "Erase a person. What must stay, stays without identity. Again it changes nothing.",
      access: ["service"],
      body: subject.extend({
        /** When the erasure was asked for: who writes from a phone later begins anew. */
        askedAt: instantText,
        /** Whether the person hears that it is done: not who had only been invited. */
        tell: z.boolean(),
        /** They said no to what somebody else had asked for them: they never had anything here of their own. */
        refused: z.boolean().optional(),
        /** People who dealt with the person: messages to them may carry the name, also cut short. */
        acquaintances: z.array(z.object({ personId: z.uuid(), phone: phoneText })),
        /** Providers that were this person alone, not a company or an organization they work for. */
        providerIds: z.array(z.uuid()),
      }),
      answer: z.object({
        done: z.boolean().describe("false: ask again later, the person still has to be told"),
        acquaintances: z.array(z.uuid()).describe("People who dealt with the person"),
        providerIds: z.array(z.uuid()).describe("Providers that were this person alone"),
      }),
    }),
  };
}

export const catalogPersonalData = endpointsOf("catalog");
export const matchingPersonalData = endpointsOf("matching");
export const brokeringPersonalData = endpointsOf("brokering");
export const notificationsPersonalData = endpointsOf("notifications");
export type ErasureOrder = z.output<NonNullable<(typeof catalogPersonalData.eraseData)["body"]>>;

export const personalFile = z.object({
  generatedAt: instantText,
  person: z.object({ id: z.uuid(), name: z.string().nullable() }),
  /** By service, then by what the rows are about. */
  sections: z.record(z.string(), sections),
});
export type PersonalFile = z.output<typeof personalFile>;

const personParams = z.object({ personId: z.uuid() });

export const readPersonalData = endpoint({
  service: "profiles",
  method: "GET",
  path: "/api/profiles/people/:personId/data",
  summary: "Everything that is held on a person, in all services, as one document. Each look is audited.",
  access: ["person", "operator"],
  params: personParams,
  query: z.object({ reason: operatorReason.optional().describe("Needed of an operator") }),
  answer: personalFile,
});

export const openDataFile = endpoint({
  service: "profiles",
  method: "POST",
  path: "/api/profiles/people/:personId/data-files",
  summary:
    "A one-time token with which a person gets their file, valid 24 hours; and what it holds, counted.",
  access: ["service"],
  params: personParams,
  body: z.object({}).default({}),
  answer: z.object({
    token: z.string(),
    expiresAt: instantText,
    organizations: z.int(),
    requests: z.int(),
  }),
  status: 201,
});

export const readDataFile = endpoint({
  service: "profiles",
  // Not GET: whoever only looks at a link, as a preview does, must not spend it.
  method: "POST",
  path: "/api/profiles/data-files/:token",
  summary:
    "The file behind a one-time token, which this spends. A second time, or after 24 hours, there is none.",
  access: ["anyone"],
  params: z.object({ token: z.string().min(20).max(100) }),
  answer: personalFile,
});

export const requestErasure = endpoint({
  service: "profiles",
  method: "POST",
  path: "/api/profiles/people/:personId/erasure",
  summary:
    "Erase a person everywhere. Their profile is gone with the answer, the other services follow within minutes.",
  access: ["service", "person", "operator"],
  params: personParams,
  body: z.object({ reason: operatorReason.optional().describe("Needed of an operator") }).default({}),
  answer: z.object({ erasureId: z.uuid(), askedAt: instantText }),
  status: 202,
});

export const readErasure = endpoint({
  service: "profiles",
  method: "GET",
  path: "/api/profiles/erasures/:erasureId",
  summary: "How far an erasure is: which services have still to do it.",
  access: ["operator"],
  params: z.object({ erasureId: z.uuid() }),
  answer: z.object({
    erasureId: z.uuid(),
    askedAt: instantText,
    doneAt: instantText.nullable(),
    waitingFor: z.array(z.enum(["catalog", "matching", "brokering", "notifications"])),
  }),
});

export const personalDataEndpoints = [
  readPersonalData,
  openDataFile,
  readDataFile,
  requestErasure,
  readErasure,
  ...[catalogPersonalData, matchingPersonalData, brokeringPersonalData, notificationsPersonalData].flatMap(
    (held) => Object.values(held),
  ),
];
