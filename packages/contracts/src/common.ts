import { z } from "zod";

/** INEI district code: region, province and district, two digits each. */
export const districtCode = z
  .string()
  .regex(/^\d{6}$/, "six digits, INEI code of a district")
  .describe("INEI district code");
export const areaCode = z
  .string()
  .regex(/^(\d{2}){1,3}$/, "two, four or six digits: a region, a province or a district")
  .describe("INEI code of a region, a province or a district");
export const instantText = z.iso.datetime().describe("UTC, ISO 8601");
export const limaDay = z.iso
  .date()
  .refine((day) => /^(19|20|21)/.test(day), "must be a day from 1900 to 2199")
  .describe("Calendar day in Lima");
/** Of one thing, as somebody says it: more is a slip of the pen. */
export const centimos = z.int().min(0).max(1_000_000_000).describe("Céntimos of a sol (PEN)");
/** As it is answered: what many said adds up, and no sum of what was taken is refused when it is read. */
export const sumCentimos = z.int().min(0).describe("Céntimos of a sol (PEN)");

/** A point in Peru, with room for its borders: one elsewhere is a slip that would never be found. */
export const pointInPeru = z.object({
  latitude: z.number().min(-18.5).max(0.1).describe("Degrees north (WGS 84): below zero in Peru"),
  longitude: z.number().min(-81.5).max(-68.5).describe("Degrees east (WGS 84): below zero in Peru"),
});

/** A code with its parameters; `packages/language` turns it into a sentence in the person's language. */
export const reason = z.object({
  code: z.string(),
  parameters: z.record(z.string(), z.union([z.string(), z.number()])),
});
export type Reason = z.output<typeof reason>;

/** Where an act came from. */
export const channel = z.enum(["sms", "web", "api", "import"]);

/** A page of a list: `next` is null on the last one. */
export const page = <Item extends z.ZodType>(item: Item) =>
  z.object({
    items: z.array(item),
    next: z.string().nullable().describe("Pass it as `cursor`; null on the last page"),
  });
export const pageQuery = {
  cursor: z.string().max(200).optional().describe("`next` of the page before, with the same filters"),
  limit: z.coerce.number().int().min(1).max(100).default(20).describe("Items a page"),
};
