import { z } from "zod";
import { districtCode, reason, sumCentimos } from "./common.ts";
import { endpoint, fileAnswer } from "./endpoint.ts";
import { payment } from "./payments.ts";
import { poolOrderStates, poolParams, poolStates } from "./pools.ts";

/** What a file shows of a joint purchase. */
export const poolReportParts = [
  "members",
  "points",
  "suppliers",
  "allocation",
  "payments",
  "packing-list",
] as const;
export type PoolReportPart = (typeof poolReportParts)[number];

export const poolReportFormats = ["csv", "xlsx", "html"] as const;
export type PoolReportFormat = (typeof poolReportFormats)[number];

const count = z.int().min(0);
const name = z.string().nullable().describe("Null: erased, or not said");

/** What a joint purchase came to, as its organizer accounts for it. Credits are what suppliers took off. */
export const poolReport = z.object({
  poolId: z.uuid(),
  title: z.string(),
  state: z.enum(poolStates),
  members: z.array(
    z.object({
      orderId: z.uuid(),
      personId: z.uuid(),
      name,
      point: z.string(),
      state: z.enum(poolOrderStates),
      wantedPacks: count,
      packs: count.nullable().describe("That they get; null until it is ordered"),
      goodsCentimos: sumCentimos,
      deliveryCentimos: sumCentimos,
      feeCentimos: sumCentimos,
      creditCentimos: sumCentimos,
      dueCentimos: sumCentimos.describe("Goods, delivery and fee less the credit"),
      paidCentimos: sumCentimos,
      owedCentimos: sumCentimos,
      backCentimos: sumCentimos.describe("To be given back to them"),
      reasons: z.array(reason).describe("Why they get what they get"),
    }),
  ),
  points: z.array(
    z.object({
      pointId: z.uuid(),
      name: z.string(),
      districtCode,
      members: count,
      packs: count,
      dueCentimos: sumCentimos,
    }),
  ),
  suppliers: z.array(
    z.object({
      invoiceId: z.uuid(),
      providerId: z.uuid(),
      name: z.string(),
      packs: count,
      goodsCentimos: sumCentimos,
      deliveryCentimos: sumCentimos,
      creditCentimos: sumCentimos,
      dueCentimos: sumCentimos,
      paidCentimos: sumCentimos,
      owedCentimos: sumCentimos,
      backCentimos: sumCentimos,
    }),
  ),
  bySex: z
    .array(
      z.object({
        sex: z.enum(["f", "m"]),
        members: count,
        packs: count.describe("That they get, or want so far"),
        dueCentimos: sumCentimos,
      }),
    )
    .nullable()
    .describe("Women's and men's part of who is in it; null where women or men are fewer than five"),
  payments: z.array(payment),
  totals: z.object({
    membersDueCentimos: sumCentimos.describe("The suppliers' dues and the fee, to the céntimo"),
    suppliersDueCentimos: sumCentimos,
    feeCentimos: sumCentimos,
    membersPaidCentimos: sumCentimos,
    suppliersPaidCentimos: sumCentimos,
  }),
});
export type PoolReport = z.output<typeof poolReport>;

export const readPoolReport = endpoint({
  service: "brokering",
  method: "GET",
  path: "/api/brokering/pools/:poolId/report",
  summary:
    "A joint purchase by member, point and supplier, with payments and the reasons of the allocation: for the organizer's people.",
  access: ["person", "operator"],
  params: poolParams,
  answer: z.object({ report: poolReport }),
});

export const exportPoolReport = endpoint({
  service: "brokering",
  method: "GET",
  path: "/api/brokering/pools/:poolId/report/file",
  summary:
    "One part of the report as a file: for spreadsheets, or a page to print. For the organizer's people; each export is recorded.",
  access: ["person", "operator"],
  params: poolParams,
  query: z.object({
    part: z.enum(poolReportParts),
    format: z.enum(poolReportFormats).default("csv").describe("`html` is a page to print"),
  }),
  answer: fileAnswer,
  download: {
    contentTypes: [
      "text/csv",
      "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
      "text/html",
    ],
  },
});

export const poolReportEndpoints = [readPoolReport, exportPoolReport];
