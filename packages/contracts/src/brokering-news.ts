import { z } from "zod";
import { instantText } from "./common.ts";
import { endpoint } from "./endpoint.ts";
import { event } from "./event.ts";
import { wording } from "./wordings.ts";

/** What people are told of joint purchases, lots and credit without being asked anything. The id is of what the name begins with. */
export const brokeringNewsKinds = [
  "pool-opened", // may join it
  "pool-cheaper", // a tier is reached: their price fell
  "pool-extended",
  "pool-cancelled",
  "order-made", // somebody ordered in their name
  "order-settled", // how it ended: packs, price, where
  "pool-failed", // to the organizer: no quote, or the minimum missed
  "pool-ordered", // to a supplier: what to bring where
  "pool-coming", // the day and place of delivery
  "lot-opened",
  "pledge-made", // somebody pledged in their name
  "lot-collecting",
  "contribution-measured",
  "contribution-decided", // in the lot, or left with the reason
  "lot-signed",
  "lot-cancelled",
  "statement-ready",
  "credit-told", // where their credit stands
  "credit-waiting", // to the lender: one waits for its answer
] as const;
export type BrokeringNewsKind = (typeof brokeringNewsKinds)[number];

/** As many people as one event is about: more are told by several. */
export const mostTold = 100;

/** There is something to tell these people; what, is read when it is told. */
export const brokeringTold = event({
  name: "brokering.told",
  emitter: "brokering",
  subscribers: ["notifications"],
  payload: z.object({
    kind: z.enum(brokeringNewsKinds),
    id: z.uuid(),
    personIds: z.array(z.uuid()).min(1).max(mostTold),
  }),
});

export const readBrokeringNews = endpoint({
  service: "brokering",
  method: "POST",
  path: "/api/brokering/news",
  summary:
    "In which words people are told of something, as it stands now; who needs not be told is left out.",
  access: ["service"],
  body: brokeringTold.payload,
  answer: z.object({
    news: z.array(
      wording.extend({
        personId: z.uuid(),
        until: instantText.nullable().describe("It is news until then; null: for a day"),
        toMany: z.boolean().describe("Leaves by day only, behind what is somebody's own"),
      }),
    ),
  }),
});

export const brokeringNewsEndpoints = [readBrokeringNews];
