import {
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
});
export type Need = z.output<typeof need>;
