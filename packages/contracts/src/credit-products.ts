import { loanRequirements } from "@minka/domain/vocabulary";
import { z } from "zod";
import { limaDay } from "./common.ts";
import { eligibilityReason, obtainings } from "./credit-words.ts";
import { audience, fullCostPercent, sum } from "./offer-terms.ts";

/** What a product costs the borrower, and how it stands with what it asks for. */
export const creditProduct = z.object({
  offerId: z.uuid(),
  offerVersion: z.int(),
  lenderId: z.uuid(),
  lenderName: z.string(),
  title: z.string(),
  position: z.int().describe("As it is numbered in lists, from 1"),
  audience: audience
    .default("everyone")
    .describe("For whom the lender has it; of two that suit a woman, one for women comes first"),
  instalments: z.int(),
  instalmentCentimos: sum.describe("The dearest of them"),
  receivedCentimos: sum.describe("What arrives in the borrower's hands"),
  totalCentimos: sum.describe("All that is paid, the opening fee too"),
  costCentimos: sum.describe("Of the total, what is beyond the amount"),
  fullCostPercent,
  firstDueOn: limaDay,
  lastDueOn: limaDay,
  requirements: z.array(
    z.object({
      requirement: z.enum(loanRequirements),
      met: z.boolean(),
      by: z.enum(loanRequirements).nullable().describe("What meets it: itself or a substitute"),
      wouldDo: z
        .array(z.object({ requirement: z.enum(loanRequirements), how: z.enum(obtainings) }))
        .describe("What would do where nothing meets it, and how one gets it"),
    }),
  ),
  bring: z
    .array(z.enum(loanRequirements))
    .describe(
      "What the lender will want to see: nothing in whose place something else is accepted and there",
    ),
  reasons: z.array(eligibilityReason),
});
export type CreditProduct = z.output<typeof creditProduct>;

export const creditProducts = z.object({
  eligible: z.array(creditProduct).describe("All that is asked for is met; the cheapest first"),
  nearly: z.array(creditProduct).describe("At most two things are missing, and each can be got"),
  others: z.array(creditProduct).describe("More is missing, or what cannot be got"),
});
