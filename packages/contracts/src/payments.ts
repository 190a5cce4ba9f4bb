import { z } from "zod";
import { centimos, instantText, limaDay, page, pageQuery, reason, sumCentimos } from "./common.ts";
import { endpoint } from "./endpoint.ts";
import { event } from "./event.ts";

/**
 * Money that went from one to another. Minka holds none: it is written down by one side and confirmed by the side that
 * receives it.
 */
export const paymentSubjects = [
  "pool-order", // member → organizer: what they get of a joint purchase
  "pool-invoice", // organizer → supplier: what it delivers
  "settlement", // organizer → member: what their harvest brought
  "lot-invoice", // buyer → organizer: what was delivered
  "advance", // organizer → member: before the settlement
  "credit-disbursement", // lender → borrower
  "credit-instalment", // borrower → lender
  "credit-kept-back", // organization → lender: what it kept back of a lot's money for an instalment
] as const;
export type PaymentSubjectKind = (typeof paymentSubjects)[number];

export const paymentMethods = ["cash", "bank", "yape", "plin"] as const;
export type PaymentMethod = (typeof paymentMethods)[number];

/** `recorded` waits for the receiver; `disputed`: the receiver says that it did not come, and may still say it did. */
export const paymentStates = ["recorded", "confirmed", "disputed", "cancelled"] as const;
export type PaymentState = (typeof paymentStates)[number];

export const paymentSides = ["payer", "receiver"] as const;
export type PaymentSide = (typeof paymentSides)[number];

export const paymentParty = z.object({ kind: z.enum(["person", "organization", "provider"]), id: z.uuid() });
export type PaymentParty = z.output<typeof paymentParty>;

const subject = z.object({
  kind: z.enum(paymentSubjects),
  id: z.uuid().describe("Of the order, invoice, settlement line, advance, credit or repayment that is paid"),
});

const back = z
  .boolean()
  .describe("Money that goes back to who paid: of a purchase called off, or more than it came to");

export const payment = z.object({
  id: z.uuid(),
  subject,
  payer: paymentParty,
  receiver: paymentParty,
  amountCentimos: centimos,
  back,
  deposit: z.boolean().describe("Paid before it was known how much is due; counted into what is"),
  method: z.enum(paymentMethods),
  operationNumber: z.string().nullable().describe("As the bank or wallet shows it; null for cash"),
  paidOn: limaDay,
  state: z.enum(paymentStates),
  recordedAs: z.enum(paymentSides).describe("Which side wrote it down"),
  recordedAt: instantText,
  answeredAt: instantText.nullable().describe("When the receiver last said whether it came"),
  flags: z
    .array(reason)
    .describe("`same-cash-again`: so much cash for the same was written down that day already (`paymentId`)"),
});
export type Payment = z.output<typeof payment>;

/** What is owed and paid of one thing. */
export const paymentAccount = z.object({
  subject,
  payer: paymentParty,
  receiver: paymentParty,
  dueCentimos: sumCentimos.describe("In all; 0 while it is not known, and of what was called off"),
  paidCentimos: sumCentimos.describe("Confirmed, less what was given back"),
  waitingCentimos: sumCentimos.describe("Written down, and not confirmed yet"),
  owedCentimos: sumCentimos.describe("Still to be paid"),
  backCentimos: sumCentimos.describe("To be given back: more was paid than is due"),
  takesDeposits: z.boolean().describe("A deposit may be paid before it is known how much is due"),
  title: z.string().nullable().describe("Of the joint purchase or the lot; null for a credit"),
  payments: z.array(payment).describe("The newest first"),
});
export type PaymentAccount = z.output<typeof paymentAccount>;

const base = "/api/brokering/payments";
const params = z.object({ paymentId: z.uuid() });
const whoever = ["person", "operator", "service"] as const;
const answer = z.object({ payment });
const saidBy = {
  personId: z
    .uuid()
    .optional()
    .describe("Who said it: given by services alone, which pass on what a person wrote"),
};

/** How and when something is said to have been paid. */
export const paidHow = {
  method: z.enum(paymentMethods),
  operationNumber: z
    .string()
    .trim()
    .max(40)
    .optional()
    .describe(
      "Needed for all but cash: yape and plin 6 to 12 digits, bank 4 to 20 digits and letters; spaces and dashes do not matter",
    ),
  paidOn: limaDay.optional().describe("Today unless said; never later, nor more than 90 days ago"),
};

export const recordPayment = endpoint({
  service: "brokering",
  method: "POST",
  path: base,
  summary:
    "Write down a payment: who pays, or who receives, whose word confirms it at once; a broker of the organizer, where a member pays, receives it for the organizer. Else the receiver is asked by SMS. The same operation twice: 409 `payment-already-recorded`, with the first's id in `paymentId` for its parties.",
  access: whoever,
  body: z.object({
    subject,
    amountCentimos: centimos.min(1).describe("At most what is owed, deposits excepted"),
    ...paidHow,
    deposit: z.boolean().default(false).describe("Before it is known how much is due"),
    back: back.default(false),
    as: z
      .enum(paymentSides)
      .optional()
      .describe("For which side it is written down, where the caller speaks for both; the payer unless said"),
    ...saidBy,
  }),
  answer,
  status: 201,
});

export const listPayments = endpoint({
  service: "brokering",
  method: "GET",
  path: base,
  summary:
    "What a person, an organization or a provider paid and got, the newest first: for the person, its brokers and managers (of a group, any member), or its people.",
  access: whoever,
  query: z
    .object({
      personId: z.uuid().optional(),
      organizationId: z.uuid().optional(),
      providerId: z.uuid().optional(),
      state: z.enum(paymentStates).optional(),
      ...pageQuery,
    })
    .refine(
      ({ personId, organizationId, providerId }) =>
        [personId, organizationId, providerId].filter((id) => id !== undefined).length === 1,
      { path: ["personId"], message: "say whose: one of personId, organizationId and providerId" },
    ),
  answer: page(
    payment.extend({
      title: z.string().nullable().describe("Of the joint purchase or the lot; null for a credit"),
    }),
  ),
});

export const readPayment = endpoint({
  service: "brokering",
  method: "GET",
  path: `${base}/:paymentId`,
  summary: "One payment, for both its sides.",
  access: whoever,
  params,
  query: z.object(saidBy),
  answer,
});

export const answerPayment = endpoint({
  service: "brokering",
  method: "POST",
  path: `${base}/:paymentId/answer`,
  summary:
    "The receiver says whether it came. Who wrote it down as the payer, or is the payer, never speaks for the receiver. What did not come may still be confirmed later.",
  access: whoever,
  params,
  body: z.object({ received: z.boolean(), ...saidBy }),
  answer,
});

export const cancelPayment = endpoint({
  service: "brokering",
  method: "POST",
  path: `${base}/:paymentId/cancellation`,
  summary:
    "The side that wrote it down takes it back: who pays until it is confirmed, who receives also then; of a confirmed one an operator as well. What it had paid is owed again, both sides are told, and its operation number is free. 409 `payment-depended-on` where something has been done since that rests on it.",
  access: whoever,
  params,
  body: z.object(saidBy).default({}),
  answer,
});

export const readPaymentAccount = endpoint({
  service: "brokering",
  method: "GET",
  path: "/api/brokering/payment-accounts/:kind/:id",
  summary: "What is owed, paid and to be given back of one thing, for both its sides.",
  access: whoever,
  params: subject,
  query: z.object(saidBy),
  answer: z.object({ account: paymentAccount }),
});

const named = z.object({ party: paymentParty, name: z.string().nullable() });

/** What somebody owes of one thing, as it is said to them by SMS. */
export const debt = z.object({
  subject,
  receiver: named,
  title: z.string().nullable().describe("Of the joint purchase; null for a credit"),
  owedCentimos: centimos.describe("Still to be paid, without what is written down and waits"),
  waitingCentimos: centimos.describe("Written down, and not confirmed yet"),
  next: z
    .object({ dueOn: limaDay, centimos })
    .nullable()
    .describe("Of a credit: the first instalment that neither what is paid nor what waits covers"),
});
export type Debt = z.output<typeof debt>;

export const listDebts = endpoint({
  service: "brokering",
  method: "GET",
  path: "/api/brokering/people/:personId/debts",
  summary:
    "What a person owes now: joint purchases, then credits, the oldest first; also what is paid and waits to be confirmed. Who acts for them is told of purchases alone.",
  access: whoever,
  params: z.object({ personId: z.uuid() }),
  answer: z.object({ debts: z.array(debt) }),
});

export const keptBack = z.object({
  repaymentId: z.uuid().describe("What is paid: `subject.id` of a payment of the kind `credit-kept-back`"),
  creditId: z.uuid(),
  lotId: z.uuid(),
  organization: named,
  lender: named,
  keptCentimos: centimos,
  paidCentimos: centimos.describe("Of it, what the lender has confirmed"),
  keptAt: instantText,
});

export const listKeptBackFor = endpoint({
  service: "brokering",
  method: "GET",
  path: "/api/brokering/credit-lenders/:providerId/kept-back",
  summary:
    "What organizations kept back of lots for instalments of a lender's credits and pay on to it, for the lender's people. The newest first.",
  access: ["person", "operator"],
  params: z.object({ providerId: z.uuid() }),
  query: z.object(pageQuery),
  answer: page(keptBack),
});

export const listKeptBackBy = endpoint({
  service: "brokering",
  method: "GET",
  path: "/api/brokering/organizations/:organizationId/kept-back",
  summary:
    "What an organization kept back of lots for instalments of its members' credits and has to pay on to lenders, for its brokers and managers. The newest first.",
  access: ["person", "operator"],
  params: z.object({ organizationId: z.uuid() }),
  query: z.object(pageQuery),
  answer: page(keptBack),
});

/** Who received money says nothing of it, or who is to pay it on does not, though reminded: an operator has to look. */
export const paymentUnattended = event({
  name: "payment.unattended",
  emitter: "brokering",
  subscribers: ["notifications"],
  payload: z.object({
    id: z.uuid().describe("Of the payment, or of the repayment that was kept back"),
    personIds: z.array(z.uuid()).describe("Who can say more, the one who has to do something first"),
  }),
});

export const paymentEvents = [paymentUnattended];

export const paymentEndpoints = [
  recordPayment,
  listPayments,
  readPayment,
  answerPayment,
  cancelPayment,
  readPaymentAccount,
  listDebts,
  listKeptBackFor,
  listKeptBackBy,
];
