import { z } from "zod";
import { phoneText } from "./auth.ts";
import { centimos, instantText, page, pageQuery } from "./common.ts";
import { creditParams, people, saidBy } from "./credits.ts";
import { endpoint } from "./endpoint.ts";

/** At least so many people answer for somebody who is in no association. */
export const smallestGuarantee = 3;

export const guaranteeStates = ["gathering", "standing", "failed", "called", "released"] as const;
export const guarantorStates = ["asked", "agreed", "refused", "lapsed", "released"] as const;

const guaranteeAnswer = z.object({ guaranteeId: z.uuid(), state: z.enum(guaranteeStates) });

export const nameGuarantors = endpoint({
  service: "brokering",
  method: "POST",
  path: "/api/brokering/credits/:creditId/guarantee",
  summary:
    "The borrower names who answers for the credit: at least three people of other households, each for an equal share. Each is asked by SMS. The answer is the same whether or not Minka knows a phone.",
  access: people,
  params: creditParams,
  body: z.object({
    guarantors: z
      .array(z.union([z.strictObject({ personId: z.uuid() }), z.strictObject({ phone: phoneText })]))
      .min(smallestGuarantee)
      .max(10),
    ...saidBy,
  }),
  answer: guaranteeAnswer.extend({ eachCentimos: centimos.describe("What each would answer for") }),
  status: 201,
});

export const answerGuarantee = endpoint({
  service: "brokering",
  method: "POST",
  path: "/api/brokering/group-guarantees/:guarantorId/answer",
  summary:
    "Somebody who was named answers for their share, or not. Nobody answers for more than a set sum in all.",
  access: people,
  params: z.object({ guarantorId: z.uuid() }),
  body: z.object({ accepted: z.boolean(), ...saidBy }),
  answer: z.object({ guarantorId: z.uuid(), state: z.enum(guarantorStates) }),
});

export const listGuarantees = endpoint({
  service: "brokering",
  method: "GET",
  path: "/api/brokering/group-guarantees",
  summary: "What a person answers for or is asked to, the newest first, for themself.",
  access: people,
  query: z.object({ personId: z.uuid().optional().describe("The caller unless said"), ...pageQuery }),
  answer: page(
    z.object({
      guarantorId: z.uuid(),
      state: z.enum(guarantorStates),
      guarantee: z.enum(guaranteeStates),
      borrowerName: z.string().nullable(),
      centimos,
      askedAt: instantText,
    }),
  ),
});

export const groupGuaranteeEndpoints = [nameGuarantors, answerGuarantee, listGuarantees];
