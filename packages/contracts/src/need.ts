import {
  cropStates,
  crops,
  equipmentProducts,
  hiredServices,
  inputProducts,
  kinds,
  loanPurposes,
  quantityUnits,
  topics,
} from "@minka/domain/vocabulary";
import { z } from "zod";
import { centimos } from "./common.ts";

/** A pest does not wait: who asks urgently has three asked at once, and the first yes wins. */
export const urgencies = ["normal", "urgent"] as const;

const percent = z.number().min(0).max(100);

/** What a lot that is for sale measured, as far as that is known. */
const measuredQuality = z.object({
  moisturePercent: percent.optional(),
  defectsPercent: percent.optional(),
  fermentationPercent: percent.optional(),
  cupPoints: percent.optional(),
  cadmiumMgPerKg: z.number().min(0).max(10).optional(),
});

/** What somebody asks for: a kind, and whatever they said about it. `purchase` means "I want to sell". */
export const need = z.object({
  kind: z.enum(kinds),
  topic: z.enum(topics).optional(),
  crop: z.enum(crops).optional(),
  product: z.enum([...inputProducts, ...equipmentProducts]).optional(),
  service: z.enum(hiredServices).optional(),
  quantity: z.number().positive().max(1_000_000).optional(),
  unit: z.enum(quantityUnits).optional(),
  amountCentimos: centimos.optional(),
  purpose: z.enum(loanPurposes).optional(),
  urgency: z
    .enum(urgencies)
    .optional()
    .describe("`urgent` for technical assistance alone; normal unless said"),
  /** Of a harvest that is for sale: only who buys it in this state, and of this quality, is found. */
  state: z.enum(cropStates).optional(),
  quality: measuredQuality.optional(),
});
export type Need = z.output<typeof need>;
