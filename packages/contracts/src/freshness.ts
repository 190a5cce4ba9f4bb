import { kinds } from "@minka/domain/vocabulary";
import { z } from "zod";
import { areaCode, districtCode, instantText, limaDay, page, pageQuery } from "./common.ts";
import { endpoint } from "./endpoint.ts";

/** How far an offer has aged without anybody saying that it still holds. */
export const freshnessStages = ["fresh", "sunk", "hidden"] as const;

const offer = z.object({
  offerId: z.uuid(),
  kind: z.enum(kinds),
  title: z.string().nullable(),
  providerId: z.uuid(),
  providerName: z.string(),
  districtCode: districtCode.describe("Where the provider is at home"),
  stage: z.enum(freshnessStages).describe("sunk: comes last in lists; hidden: is not found"),
  confirmedOn: limaDay,
  asked: z.int().describe("How often its contact person was asked since"),
  askedAt: instantText.nullable().describe("When last"),
});

export const listFreshness = endpoint({
  service: "catalog",
  method: "GET",
  path: "/api/catalog/freshness",
  summary: "Published offers of verified providers, those that nobody has confirmed for longest first.",
  access: ["operator"],
  query: z.object({
    stage: z.enum(freshnessStages).optional(),
    kind: z.enum(kinds).optional(),
    area: areaCode.optional().describe("Where the provider is at home"),
    providerId: z.uuid().optional(),
    until: limaDay.optional().describe("Confirmed on this day or before"),
    ...pageQuery,
  }),
  answer: page(offer),
});

export const freshnessEndpoints = [listFreshness];
