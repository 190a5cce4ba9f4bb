import { harvestUnits } from "@minka/domain/harvest-weights";
import { certificates, cropStates } from "@minka/domain/vocabulary";
import { z } from "zod";
import { instantText, limaDay, page, pageQuery, reason } from "./common.ts";
import { lotReasons, pledgeFlags } from "./brokering-reasons.ts";
import { endpoint } from "./endpoint.ts";
import { codesOf } from "./reason-codes.ts";
import { usedConversion } from "./lots.ts";

export const pledgeStates = ["open", "withdrawn", "released"] as const;
export type PledgeState = (typeof pledgeStates)[number];

/** What is measured of a harvest. */
export const measures = [
  "moisturePercent",
  "defectsPercent",
  "fermentationPercent",
  "cupPoints",
  "cadmiumMgPerKg",
] as const;
export type MeasureName = (typeof measures)[number];

const amount = z
  .object({ amount: z.number().min(0.1).max(1_000_000), unit: z.enum(harvestUnits) })
  .describe("A quintal is 46 kg, an arroba 11.5 kg");
const cropState = z.enum(cropStates).describe("In which it is weighed");
const grams = z.int().min(0);

export const measured = z.object({
  id: z.uuid(),
  measure: z.enum(measures),
  value: z.number(),
  measuredOn: limaDay,
  laboratory: z.string().nullable().describe("Null: the organizer's own"),
  measuredBy: z.uuid().nullable().describe("Who measured it; null where nobody was named"),
  recordedAt: instantText,
  replacedAt: instantText.nullable().describe("When a later one corrected it"),
});

export const receipt = z.object({
  id: z.uuid(),
  number: z.string().describe("As the member reads it"),
  pledgeId: z.uuid(),
  grams: grams.describe("As it was weighed"),
  cropState,
  lotGrams: grams.describe("In the lot's state"),
  conversions: z.array(usedConversion),
  pointId: z.uuid(),
  weighedBy: z.uuid().nullable(),
  weighedAt: instantText,
  correctedAt: instantText.nullable().describe("When another receipt took its place"),
  correctsNumber: z.string().nullable(),
  note: z.string().nullable(),
});

export const pledge = z.object({
  id: z.uuid(),
  lotId: z.uuid(),
  personId: z.uuid(),
  state: z.enum(pledgeStates),
  amount: z.object({ amount: z.number(), unit: z.enum(harvestUnits) }).describe("As it was said"),
  cropState,
  grams: grams.describe("In the lot's state"),
  conversions: z.array(usedConversion).describe("How: none where it was said in the lot's state"),
  variety: z.string().nullable(),
  certificates: z.array(z.enum(certificates)),
  plotIds: z.array(z.uuid()),
  pointId: z.uuid().nullable(),
  flags: z
    .array(reason)
    .describe(codesOf("What whoever decides should look at; no flag refuses anything.", pledgeFlags)),
  confirmed: z.boolean().describe("False while somebody else recorded it and the person has not agreed"),
  pledgedAt: instantText,
  weighedGrams: grams.nullable().describe("In the lot's state; null until it is weighed"),
  quality: z.partialRecord(z.enum(measures), z.number()).describe("What holds of what was measured"),
  takenGrams: grams.nullable().describe("Null until a composition is approved"),
  leftGrams: grams.nullable().describe("What stays available for other lots"),
  leftBecause: reason.nullable().describe(codesOf("Why something is left.", lotReasons)),
  carriedGrams: grams.describe("Of what was left, what another lot has got"),
  carriedFrom: z.uuid().nullable().describe("The pledge of another lot from which it comes"),
});
export type Pledge = z.output<typeof pledge>;

const lotId = z.object({ lotId: z.uuid() });
const pledgeId = z.object({ pledgeId: z.uuid() });
const whoever = ["service", "person", "operator"] as const;
const people = ["person", "operator"] as const;

const certificatesHeld = z.array(z.enum(certificates)).max(certificates.length);

const pledgeFields = {
  amount,
  cropState: cropState.optional().describe("The lot's unless said"),
  variety: z.string().trim().min(1).max(40).nullable().default(null),
  certificates: certificatesHeld
    .optional()
    .describe(
      "Of this harvest: those the lot asks for are as said, others stay as known. Unless said, what was known, and what the person has entered that is in force when it is brought",
    ),
  plotIds: z
    .array(z.uuid())
    .max(50)
    .default([])
    .describe("Plots of this person where it grows; none: all that they hold"),
  pointId: z.uuid().nullable().default(null).describe("Where it is brought; null: it is said later"),
};
const pledgeAnswer = z.object({
  pledgeId: z.uuid(),
  lotId: z.uuid(),
  state: z.enum(pledgeStates),
  grams,
  conversions: z.array(usedConversion),
  flags: z.array(reason),
});

export const makePledge = endpoint({
  service: "brokering",
  method: "POST",
  path: "/api/brokering/lots/:lotId/pledges",
  summary:
    "A person offers harvest to a lot, themself or through the organizer's people, who record it for them: then they are told. More than the farm could grow is flagged, not refused.",
  access: whoever,
  params: lotId,
  body: z.object({ personId: z.uuid(), ...pledgeFields }),
  answer: pledgeAnswer,
  status: 201,
});

export const changePledge = endpoint({
  service: "brokering",
  method: "POST",
  path: "/api/brokering/pledges/:pledgeId/change",
  summary: "Change what is offered until the deadline; the whole of it is sent.",
  access: whoever,
  params: pledgeId,
  body: z.object(pledgeFields),
  answer: pledgeAnswer,
});

export const withdrawPledge = endpoint({
  service: "brokering",
  method: "POST",
  path: "/api/brokering/pledges/:pledgeId/withdrawal",
  summary:
    "Take back what was offered, until the deadline; and what was brought, once the lot is `freeSince` and nothing is composed.",
  access: whoever,
  params: pledgeId,
  answer: pledgeAnswer,
});

export const confirmPledge = endpoint({
  service: "brokering",
  method: "POST",
  path: "/api/brokering/pledges/:pledgeId/confirmation",
  summary:
    "The person says that what was recorded for them is so, or is not: then it is withdrawn. Nobody else says it for them. 409 `changed-meanwhile` where it is another weight than they read.",
  access: whoever,
  params: pledgeId,
  body: z.object({
    accepted: z.boolean(),
    grams: z.int().optional().describe("Of what they read and answer to"),
  }),
  answer: pledgeAnswer,
});

export const readPledge = endpoint({
  service: "brokering",
  method: "GET",
  path: "/api/brokering/pledges/:pledgeId",
  summary:
    "A pledge with its receipts and everything that was measured: for the person and the organizer's people.",
  access: whoever,
  params: pledgeId,
  answer: z.object({ pledge, receipts: z.array(receipt), measured: z.array(measured) }),
});

export const listLotPledges = endpoint({
  service: "brokering",
  method: "GET",
  path: "/api/brokering/lots/:lotId/pledges",
  summary: "What was offered to a lot, in order of pledging: for the organizer's people.",
  access: people,
  params: lotId,
  query: z.object({ state: z.enum(pledgeStates).optional(), ...pageQuery }),
  answer: page(pledge),
});

export const listOwnPledges = endpoint({
  service: "brokering",
  method: "GET",
  path: "/api/brokering/people/:personId/pledges",
  summary: "What a person has offered, the newest first.",
  access: whoever,
  params: z.object({ personId: z.uuid() }),
  query: z.object({ state: z.enum(pledgeStates).optional(), ...pageQuery }),
  answer: page(pledge),
});

const weighing = {
  amount: z
    .object({ amount: z.number().min(0.001).max(100_000), unit: z.enum(harvestUnits) })
    .describe("As the scale showed it"),
  cropState: cropState.optional().describe("The lot's unless said"),
};

export const weighContribution = endpoint({
  service: "brokering",
  method: "POST",
  path: "/api/brokering/pledges/:pledgeId/receipts",
  summary:
    "The organizer's people weigh at a point what a member brings: a receipt with a number of its own. Several make up one contribution.",
  access: people,
  params: pledgeId,
  body: z.object({
    ...weighing,
    pointId: z.uuid(),
    weighedBy: z.uuid().optional().describe("Who stood at the scale; the caller unless said"),
  }),
  answer: z.object({ receipt }),
  status: 201,
});

export const correctReceipt = endpoint({
  service: "brokering",
  method: "POST",
  path: "/api/brokering/receipts/:receiptId/correction",
  summary: "A wrong weight gets a new receipt; the first one stays readable.",
  access: people,
  params: z.object({ receiptId: z.uuid() }),
  body: z.object({ ...weighing, note: z.string().trim().min(3).max(200).describe("What was wrong") }),
  answer: z.object({ receipt }),
  status: 201,
});

const percent = z.number().min(0).max(100);

export const recordQuality = endpoint({
  service: "brokering",
  method: "POST",
  path: "/api/brokering/pledges/:pledgeId/quality",
  summary:
    "What was measured of a contribution. Measured or written down again, the later result holds and the earlier one stays readable.",
  access: people,
  params: pledgeId,
  body: z.object({
    results: z
      .object({
        moisturePercent: percent.optional(),
        defectsPercent: percent.optional(),
        fermentationPercent: percent.optional(),
        cupPoints: percent.optional(),
        cadmiumMgPerKg: z.number().min(0).max(10).optional(),
      })
      .refine((results) => Object.values(results).some((value) => value !== undefined), {
        message: "at least one result",
      }),
    measuredOn: limaDay,
    laboratory: z
      .string()
      .trim()
      .min(2)
      .max(80)
      .nullable()
      .default(null)
      .describe("Null: the organizer's own"),
    measuredBy: z.uuid().nullable().default(null),
  }),
  answer: z.object({ measured: z.array(measured) }),
  status: 201,
});

export const recordCertificates = endpoint({
  service: "brokering",
  method: "POST",
  path: "/api/brokering/pledges/:pledgeId/certificates",
  summary:
    "As what the organizer's people found a contribution certified, until it is composed: those the lot asks for are as said, others stay as known. Many a certificate is the organization's, whose list of members only it has.",
  access: people,
  params: pledgeId,
  body: z.object({ certificates: certificatesHeld }),
  answer: pledgeAnswer.extend({ certificates: certificatesHeld }),
});

export const carryPledge = endpoint({
  service: "brokering",
  method: "POST",
  path: "/api/brokering/pledges/:pledgeId/carrying",
  summary:
    "What a composition left of a weighed contribution goes to another lot of the same organizer, crop and state, with its weight, quality and plots.",
  access: people,
  params: pledgeId,
  body: z.object({
    lotId: z.uuid(),
    grams: grams.min(1).optional().describe("All that is left unless said"),
  }),
  answer: pledgeAnswer,
  status: 201,
});

export const lotPledgeEndpoints = [
  makePledge,
  listLotPledges,
  listOwnPledges,
  readPledge,
  changePledge,
  withdrawPledge,
  confirmPledge,
  weighContribution,
  correctReceipt,
  recordQuality,
  recordCertificates,
  carryPledge,
];
