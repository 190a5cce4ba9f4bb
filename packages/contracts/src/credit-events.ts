import { z } from "zod";
import { event } from "./event.ts";

/** Nobody answers at the lender, though reminded: an operator has to look. */
export const creditUnattended = event({
  name: "credit.unattended",
  emitter: "brokering",
  subscribers: ["notifications"],
  payload: z.object({
    creditId: z.uuid(),
    personIds: z
      .array(z.uuid())
      .describe("Whom to call, the first who can be reached: who answers for the lender, or else who asked"),
  }),
});

export const creditEvents = [creditUnattended];
