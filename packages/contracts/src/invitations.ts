import { z } from "zod";
import { instantText } from "./common.ts";
import { endpoint } from "./endpoint.ts";

/** What an organization's members are invited to, and may leave without an answer. */
export const invitedTo = ["pool", "lot"] as const;
export type InvitedTo = (typeof invitedTo)[number];

/** Between the invitation and the first reminder, and between two reminders of the same thing. */
export const reminderHours = 48;

const params = z.object({ kind: z.enum(invitedTo), id: z.uuid() });
const people = ["person", "operator"] as const;
const base = "/api/brokering/invitations/:kind/:id";

const reminder = z.object({ at: instantText, people: z.int().describe("To how many it went") });

export const readInvitation = endpoint({
  service: "brokering",
  method: "GET",
  path: base,
  summary:
    "Of the organizer's members but for who asks, who has not answered to an open joint purchase or lot: neither joined nor said no or left. For the organizer's people. A provider has no members.",
  access: people,
  params,
  answer: z.object({
    invitation: z.object({
      silent: z.int().describe("Who has not answered"),
      reachable: z
        .int()
        .describe("Of these, who would get a reminder: who has a phone and agrees to be written to"),
      personIds: z.array(z.uuid()).describe("The first hundred of them"),
      reminded: reminder.nullable().describe("The last reminder"),
      nextFrom: instantText
        .nullable()
        .describe(
          `When they may be reminded next, ${reminderHours} hours after the last time, or after the invitation; null: now`,
        ),
    }),
  }),
});
export type Invitation = z.output<typeof readInvitation.answer>["invitation"];

export const remindInvited = endpoint({
  service: "brokering",
  method: "POST",
  path: `${base}/reminders`,
  summary: `The organizer reminds those who have not answered, by SMS, by day; once in ${reminderHours} hours, the first time so long after the invitation.`,
  access: people,
  params,
  answer: z.object({ reminded: reminder }),
  status: 201,
});

export const invitationEndpoints = [readInvitation, remindInvited];
