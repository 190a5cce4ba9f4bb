import { z } from "zod";
import { endpoint } from "./endpoint.ts";

/** Why a provider says no: what people say, in five words that can be counted. */
export const declineReasons = ["far", "busy", "price", "not_my_work", "other"] as const;
export type DeclineReason = (typeof declineReasons)[number];

/** Why what a provider was asked no longer stands, without a word of theirs. */
export const withdrawalCauses = ["another-was-quicker", "taken-back", "cancelled", "not-agreed"] as const;

export const reportUnreachable = endpoint({
  service: "matching",
  method: "POST",
  path: "/api/matching/matches/:matchId/unreachable",
  summary:
    "What a provider is asked cannot be brought to them: the next is asked at once, without harm to their standing. Nothing happens once it is answered.",
  access: ["service"],
  params: z.object({ matchId: z.uuid() }),
  answer: z.object({ requestId: z.uuid() }),
});

export const asksEndpoints = [reportUnreachable];
