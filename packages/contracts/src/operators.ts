import { z } from "zod";
import { phoneText } from "./auth.ts";
import { instantText } from "./common.ts";
import { endpoint } from "./endpoint.ts";

const operator = z.object({
  personId: z.uuid(),
  name: z.string().nullable(),
  appointedAt: instantText,
  appointedBy: z.uuid().nullable().describe("Null for the first ones, whom the settings name"),
});
export type Operator = z.output<typeof operator>;

const personId = z.object({ personId: z.uuid() });

export const listOperators = endpoint({
  service: "profiles",
  method: "GET",
  path: "/api/profiles/operators",
  summary: "Who is an operator today, the longest serving first.",
  access: ["operator"],
  answer: z.object({ operators: z.array(operator) }),
});

export const appointOperator = endpoint({
  service: "profiles",
  method: "POST",
  path: "/api/profiles/operators",
  summary:
    "Make a registered person an operator, named by id or by a phone that is theirs alone; they are one from their next sign-in or refresh on.",
  access: ["operator"],
  body: z.union([personId, z.object({ phone: phoneText })]),
  answer: z.object({ operator }),
  status: 201,
});

export const dismissOperator = endpoint({
  service: "profiles",
  method: "DELETE",
  path: "/api/profiles/operators/:personId",
  summary:
    "End somebody's being an operator, also one's own; never the last one's. Their access token ends within 15 minutes.",
  access: ["operator"],
  params: personId,
  answer: z.object({ personId: z.uuid(), dismissedAt: instantText }),
});

export const operatorEndpoints = [listOperators, appointOperator, dismissOperator];
