import { z } from "zod";
import { instantText } from "./common.ts";
import { endpoint } from "./endpoint.ts";
import { event } from "./event.ts";
import { wording } from "./wordings.ts";

/** What people are told of joint purchases, lots and credit without being asked anything. The id is of what the name begins with. */
export const brokeringNewsKinds = [
  "pool-opened", // may join it
  "pool-reminder", // to members who have not answered: it is open still
  "pool-cheaper", // a tier is reached: their price fell
  "pool-extended",
  "pool-cancelled",
  "order-made", // somebody ordered in their name
  "order-settled", // how it ended: packs, price, where
  "pool-quote-wanted", // to a supplier: may quote
  "pool-failed", // to the organizer: no quote, or the minimum missed
  "pool-not-approved", // to who proposed an award: the second person said no
  "pool-undecided", // to the organizer: members left twice, go on or not
  "pool-agreed", // to the organizer: it is ordered
  "pool-ordered", // to a supplier: what to bring where
  "pool-not-chosen", // to who quoted: another supplier brings it
  "delivery-coming", // to its members, its supplier and the organizer: the day and place
  "delivery-short", // to the supplier: what was missing or wrong
  "delivery-missed", // to its members: nothing came, and it is claimed
  "receipt-how-many", // to a member who did not get all: say how much came
  "order-refund", // to a member and the organizer: more was paid than is due any more
  "receipt-unclear", // to the organizer: a member did not get all, and has to be asked how much
  "claim-answered", // to a member: the rest comes on a day, or is off what they pay
  "payment-confirmed", // to who paid
  "payment-disputed", // to who paid: the receiver says that it did not come
  "credit-payment-confirmed", // the same of a loan, which nobody else at a shared phone is to hear of
  "credit-payment-disputed",
  "payment-cancelled", // to both sides: what was confirmed is taken back
  "credit-payment-cancelled",
  "payment-excess", // to both sides: more was paid than is due
  "credit-payment-excess",
  "lot-opened",
  "lot-reminder", // to members who have not answered: it is open still
  "lot-answers-offer", // to a buyer: somebody opens a lot for its offer
  "pledge-made", // somebody changed or withdrew a pledge in their name
  "contribution-weighed", // a receipt: so much was weighed
  "lot-collecting",
  "contribution-measured",
  "contribution-decided", // in the lot, or left with the reason
  "contribution-carried", // what was left of theirs goes to another lot
  "lot-quote-made", // to the other side: terms of a contract are proposed
  "lot-quote-refused", // to who had proposed
  "lot-signed", // to both sides
  "lot-contract-ended", // to both sides: one of them does not sign, or it is called off
  "lot-delivery-answered", // to the organizer: the buyer confirms what came, or does not
  "lot-cancelled",
  "lot-waiting", // to whoever keeps it waiting: for what
  "lot-free", // to who pledged: nobody has composed it, and they may take theirs home
  "statement-ready",
  "credit-told", // where their credit stands
  "credit-waiting", // to the lender: one waits for its answer
  "credit-answered", // to the lender: what the borrower answered, or that it is over
  "credit-due", // an instalment is due in three days
  "credit-repaid", // an instalment counts as paid
  "credit-kept-back", // to the lender: an organization kept an instalment back of what a lot brought
  "credit-kept-back-due", // to the organization: it has to pay on what it kept back
  "credit-draft-ended", // to who asked in another's name, vouched or answers for it: it was never sent, and lapsed
  "endorsement-waiting", // to the organization's brokers and managers: a member asks it to vouch
  "endorsement-settled", // to the borrower: vouched for or not
  "endorsement-called", // to the endorser's managers: the credit is in arrears, or was paid again
  "guarantee-settled", // to the borrower: it stands or not
  "guarantee-lost", // to the lender: those who answered for it do not any more
  "guarantee-called", // to a guarantor: the credit is in arrears, or was paid again
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
