import { z } from "zod";
import { centimos, instantText, limaDay, reason, sumCentimos } from "./common.ts";
import { endpoint, fileAnswer } from "./endpoint.ts";
import { measures } from "./lot-pledges.ts";
import { paidHow } from "./payments.ts";

export const settlementStates = ["proposed", "approved", "rejected"] as const;

const grams = z.int().min(0);

const line = {
  lineId: z.uuid().describe("By which its payment is recorded"),
  personId: z.uuid(),
  grams: grams.describe("Of theirs in the lot, as it is paid"),
  grossCentimos: sumCentimos.describe("For the harvest"),
  premiumCentimos: sumCentimos.describe("The women's premium"),
  advanceCentimos: sumCentimos.describe("Taken off for what they had got before"),
  feeCentimos: sumCentimos.describe("Taken off for the organizer"),
  creditCentimos: sumCentimos.describe("Taken off for a loan they agreed to repay so"),
  carriedCentimos: sumCentimos.describe(
    "Of what they had got before, what there was not enough to take off: to be given back, or the organizer's next settlement takes it",
  ),
  netCentimos: sumCentimos.describe("What they get"),
};

export const settlement = z.object({
  id: z.uuid(),
  lotId: z.uuid(),
  state: z.enum(settlementStates),
  contractCentimos: sumCentimos.describe("What the buyer owes: the sum of gross and premium to the céntimo"),
  grossCentimos: sumCentimos,
  premiumCentimos: sumCentimos,
  advanceCentimos: sumCentimos,
  feeCentimos: sumCentimos,
  creditCentimos: sumCentimos,
  netCentimos: sumCentimos,
  proposedAt: instantText,
  decidedAt: instantText.nullable(),
  lines: z.array(z.object(line)),
});
export type LotSettlement = z.output<typeof settlement>;

const lotId = z.object({ lotId: z.uuid() });
const people = ["person", "operator"] as const;
const whoever = ["service", "person", "operator"] as const;

export const payAdvance = endpoint({
  service: "brokering",
  method: "POST",
  path: "/api/brokering/lots/:lotId/advances",
  summary:
    "The organizer promises a member money before the settlement. It is taken off there once its payment is confirmed: with `payment` that is written down too, or neither is.",
  access: people,
  params: lotId,
  body: z.object({
    personId: z.uuid(),
    amountCentimos: centimos.min(1),
    payment: z.object(paidHow).optional().describe("Where all of it is paid already"),
  }),
  answer: z.object({ advanceId: z.uuid() }),
  status: 201,
});

export const proposeSettlement = endpoint({
  service: "brokering",
  method: "POST",
  path: "/api/brokering/lots/:lotId/settlements",
  summary:
    "Work out what each member gets of what the buyer pays: gross by weight and quality, women's premium, less advances, fee and loans. It holds once another of the organizer's people approves it.",
  access: people,
  params: lotId,
  answer: z.object({ settlement }),
  status: 201,
});

export const decideSettlement = endpoint({
  service: "brokering",
  method: "POST",
  path: "/api/brokering/settlements/:settlementId/decision",
  summary:
    "Another of the organizer's people approves it, and each member is told their own; or it is worked out anew. Where the buyer got much less than the lot was made of, the rest is free for other lots.",
  access: people,
  params: z.object({ settlementId: z.uuid() }),
  body: z.object({ approve: z.boolean() }),
  answer: z.object({ settlementId: z.uuid(), state: z.enum(settlementStates) }),
});

export const readSettlement = endpoint({
  service: "brokering",
  method: "GET",
  path: "/api/brokering/lots/:lotId/settlement",
  summary: "The settlement of a lot as it stands, or null: for the organizer's people.",
  access: people,
  params: lotId,
  answer: z.object({ settlement: settlement.nullable() }),
});

export const statement = z.object({
  lotId: z.uuid(),
  lotTitle: z.string(),
  settlementId: z.uuid(),
  settledAt: instantText,
  centimosPerKg: sumCentimos.describe("What their harvest brought on average, before anything is taken off"),
  ...line,
  paidCentimos: sumCentimos.describe("Of it, what they confirmed to have got"),
  owedBack: z
    .array(z.object({ advanceId: z.uuid(), centimos: sumCentimos }))
    .describe("Of what they had got before this lot was settled, what is still to be given back"),
  contributions: z.array(
    z.object({
      pledgeId: z.uuid(),
      offeredGrams: grams,
      takenGrams: grams,
      leftGrams: grams,
      leftBecause: reason.nullable(),
      quality: z.partialRecord(z.enum(measures), z.number()),
      receipts: z.array(z.string()),
    }),
  ),
});
export type Statement = z.output<typeof statement>;

export const readStatement = endpoint({
  service: "brokering",
  method: "GET",
  path: "/api/brokering/lots/:lotId/statements/:personId",
  summary:
    "What a member gets of a lot, and why so much: for themself and the organizer's people, never for who acts in another's name.",
  access: whoever,
  params: lotId.extend({ personId: z.uuid() }),
  answer: z.object({ statement }),
});

export const readPremiumReport = endpoint({
  service: "brokering",
  method: "GET",
  path: "/api/brokering/lots/premium-report",
  summary:
    "For an auditor: what an organization's lots, settled from a day to another, paid women as premium. Counts under five are withheld.",
  access: people,
  query: z.object({ organizationId: z.uuid(), from: limaDay, until: limaDay }),
  answer: z.object({
    premiumCentimos: sumCentimos,
    women: z.int().nullable().describe("Who got a premium; null under five"),
    lots: z.array(
      z.object({
        lotId: z.uuid(),
        title: z.string(),
        settledOn: limaDay,
        premiumCentimos: sumCentimos.nullable().describe("Null where fewer than five women got it"),
        women: z.int().nullable(),
        womenGrams: grams.nullable(),
      }),
    ),
  }),
});

/** What due diligence would ask for and nobody has given. */
export const traceGaps = [
  "plot-unknown", // no plot was named for this contribution
  "plot-gone", // the person holds it no more
  "geometry-missing",
  "polygon-missing", // above four hectares a point is not enough
  "cut-off-not-checked", // nobody has checked the plot against the cut-off day
] as const;

const tracedPlot = z.object({
  plotId: z.uuid(),
  squareMetres: z.int().nullable(),
  districtCode: z.string().nullable(),
  geometry: z.enum(["Point", "Polygon"]).nullable(),
});

export const readLotTrace = endpoint({
  service: "brokering",
  method: "GET",
  path: "/api/brokering/lots/:lotId/trace",
  summary:
    "From the lot to each contribution taken, its receipts and the plots where it grew: for the organizer's people, and the buyer's staff once the contract is signed.",
  access: people,
  params: lotId,
  answer: z.object({
    lotId: z.uuid(),
    contributions: z.array(
      z.object({
        pledgeId: z.uuid(),
        producerId: z.uuid(),
        grams,
        certificates: z.array(z.string()),
        receipts: z.array(z.object({ number: z.string(), grams, weighedAt: instantText })),
        plots: z.array(tracedPlot),
      }),
    ),
    missing: z.array(z.object({ pledgeId: z.uuid(), plotId: z.uuid().nullable(), gap: z.enum(traceGaps) })),
  }),
});

export const exportLotPlots = endpoint({
  service: "brokering",
  method: "GET",
  path: "/api/brokering/lots/:lotId/plots.geojson",
  summary:
    "Where the lot grew, as GeoJSON (RFC 7946, WGS 84) for due diligence under Regulation (EU) 2023/1115, with every decimal that was given; what is missing is listed in `missing`. For the organizer's people, and the buyer's staff once the contract is signed; each export is recorded.",
  access: people,
  params: lotId,
  answer: fileAnswer,
  download: { contentTypes: ["application/geo+json"] },
});

export const lotSettlementEndpoints = [
  payAdvance,
  proposeSettlement,
  readSettlement,
  decideSettlement,
  readStatement,
  readPremiumReport,
  readLotTrace,
  exportLotPlots,
];
