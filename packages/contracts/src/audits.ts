import { z } from "zod";
import { instantText, limaDay, page, pageQuery } from "./common.ts";
import { endpoint } from "./endpoint.ts";
import { owningServices, type OwningService } from "./service-names.ts";

/** Who changed what, for whom and when: each service keeps its own, alike in all of them. */
const auditRow = z.object({
  id: z.uuid(),
  at: instantText,
  actor: z
    .string()
    .describe(
      "`person:<id>`, with `through person:<id>` and `of organization:<id>` where another acted in their name; `service:<name>`; `timer`",
    ),
  personId: z.uuid().nullable().describe("In whose name it was done; null for services and timers"),
  throughPersonId: z.uuid().nullable().describe("Who did it in that person's name"),
  organizationId: z.uuid().nullable().describe("For which organization they did"),
  action: z.string().describe("A thing and what was done with it: `offer.confirm`"),
  subject: z.string().describe("Whom or what it was done to, or for: `request:<id>`, or an id alone"),
  trace: z.string().describe("The same for all that followed of one message or call"),
});

const auditOf = (service: OwningService) =>
  endpoint({
    service,
    method: "GET",
    path: `/api/${service}/audit`,
    summary: "Who changed what here, the newest first.",
    access: ["operator"],
    query: z.object({
      actor: z
        .string()
        .trim()
        .min(1)
        .max(80)
        .optional()
        .describe("`person:<id>`, also where they acted for another; `service:<name>`; `timer`"),
      subject: z
        .string()
        .trim()
        .min(1)
        .max(100)
        .optional()
        .describe("An id, of whatever it is, or a whole subject"),
      action: z
        .string()
        .regex(/^[a-z][a-z0-9.-]{0,60}$/, "the beginning of an action: small letters, dots and hyphens")
        .optional()
        .describe("With what the action begins: `offer.` for all that was done with offers"),
      from: limaDay.optional(),
      until: limaDay.optional().describe("This day included"),
      ...pageQuery,
    }),
    answer: page(auditRow),
  });

/** By the service whose audit it is. */
export const readAudit = Object.fromEntries(
  owningServices.map((service) => [service, auditOf(service)]),
) as Record<OwningService, ReturnType<typeof auditOf>>;

export const auditEndpoints = Object.values(readAudit);
