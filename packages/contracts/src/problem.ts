import { z } from "zod";

/** RFC 9457 problem details, with a stable code and the fields that are wrong. */
export const problem = z.looseObject({
  type: z.string(),
  title: z.string(),
  status: z.int(),
  code: z.string().describe("Stable, kebab-case; branch on this"),
  detail: z.string().optional(),
  errors: z.array(z.object({ path: z.string(), message: z.string() })).optional(),
  requestId: z.string().optional(),
});
export type Problem = z.output<typeof problem>;
