import { packUnits } from "@minka/domain/vocabulary";
import { z } from "zod";
import { districtCode, instantText, limaDay, reason, sumCentimos } from "./common.ts";

/**
 * What fills a text that another service words: as it is, or as it is said in the language of whoever reads it. The
 * service that knows the figures does not have to know the words.
 */
const wordingValue = z.union([
  z.string(),
  z.number(),
  z.discriminatedUnion("as", [
    z.object({
      as: z.literal("soles"),
      centimos: sumCentimos,
      about: z.boolean().optional().describe("An estimate, and said to be one"),
    }),
    z.object({ as: z.literal("kg"), grams: z.int().min(0) }),
    /** So many packs as people call them: sacos, litros, unidades. */
    z.object({
      as: z.literal("packs"),
      packs: z.int().min(0),
      pack: z.object({ amount: z.number(), unit: z.enum(packUnits) }),
    }),
    z.object({ as: z.literal("day"), day: limaDay }),
    z.object({ as: z.literal("deadline"), at: instantText }),
    z.object({ as: z.literal("place"), districtCode }),
    /** A name of people or places, cut to what its text has room for. */
    z.object({ as: z.literal("name"), text: z.string(), most: z.int().min(5).max(80) }),
    /** An entry of a closed list, such as `product` `urea`. */
    z.object({ as: z.literal("word"), group: z.string(), entry: z.string() }),
    /** Several of them: "muestra su recibo y sigue de socio". */
    z.object({ as: z.literal("words"), group: z.string(), entries: z.array(z.string()).min(1) }),
    /** Why a lender does not lend, with what it said would do: "es mucho monto (presta hasta S/ 800)". */
    z.object({ as: z.literal("refusals"), reasons: z.array(reason).min(1) }),
  ]),
]);
export type WordingValue = z.output<typeof wordingValue>;

/** A text of `packages/language` by its key, with what it names. */
export const wording = z.object({ text: z.string(), parameters: z.record(z.string(), wordingValue) });
export type Wording = z.output<typeof wording>;
