import { z } from "zod";
import { instantText } from "./common.ts";
import { endpoint } from "./endpoint.ts";
import { event } from "./event.ts";
import { wording } from "./wordings.ts";

/**
 * Questions that a service has for a person and that are answered by SI or NO: join us? may we act for you? does
 * your offer still hold? The service that asks says what (a text code with its parameters) and hears the answer;
 * notifications finds the moment, the words and the phone.
 */
export const confirmationKinds = {
  profiles: [
    "invitation", // somebody entered you here: do you agree that Minka keeps your data?
    "membership", // an organization counts you as its member: is that so?
    "admission", // to a manager: somebody asks to join
    "delegation", // may this person act for you?
    "errand", // may what a helper asks for you be looked for?
  ],
  catalog: [
    "offer", // does your offer still hold?
    "conduct", // do you accept the code of conduct?
  ],
  brokering: [
    "pool-award", // to who approves: is this how the purchase is to be?
    "pool-supply", // to a supplier: will you bring it?
    "pool-price", // to a member: does the final price suit you?
    "pool-receipt", // to a member: did you get it all?
    "pool-delivery", // to the organizer, once its day is over: did it come?
    "payment", // to who receives: did you get the money?
    "pledge", // to a member: did you offer what somebody wrote down for you?
    "lot-delivery", // to the buyer: did so much come?
    "lot-composition", // to who approves: is this what the lot is made of?
    "lot-contract", // to each side in turn: do you sign?
    "lot-settlement", // to who approves: is this what each gets?
    "endorsement", // to who approves: shall the organization vouch for it?
    "exposure-limit", // to who approves: shall the organization vouch for so much in all?
    "credit-origination", // may a broker or agent ask for it in your name?
    "credit-history", // may the lender see what you did here?
    "guarantee", // do you stand for a neighbour's credit?
    "credit-review", // to the lender: do you look at it now?
    "credit-more", // to the borrower: do you have what the lender asks for besides?
    "credit-terms", // to the borrower: do you take it as approved?
    "credit-received", // as "payment", of a loan: nobody else at a shared phone is to hear of it
  ],
} as const;
export type ConfirmationKind = (typeof confirmationKinds)[keyof typeof confirmationKinds][number];

/** What is proposed anew is another question, though its id stays: a yes is to what was read. */
const version = z.string().max(80).optional();

function confirmationsOf<Service extends keyof typeof confirmationKinds>(service: Service) {
  const kind = z.enum(confirmationKinds[service]);
  const params = z.object({ kind, id: z.uuid() });
  const asked = event({
    name: `${service}.confirmation-asked`,
    emitter: service,
    subscribers: ["notifications"],
    payload: z.object({ kind, id: z.uuid() }),
  });
  const read = endpoint({
    service,
    method: "GET",
    path: `/api/${service}/confirmations/:kind/:id`,
    summary: "What a person is asked, and until when; null when it needs no answer any more.",
    access: ["service"],
    params,
    answer: z.object({
      question: wording
        .extend({
          personId: z.uuid(),
          expiresAt: instantText,
          version: version.describe("Which of what was asked under this id in turn"),
        })
        .nullable(),
    }),
  });
  const answer = endpoint({
    service,
    method: "POST",
    path: `/api/${service}/confirmations/:kind/:id/answer`,
    summary: "What the person answered. The reply is said back to them.",
    access: ["service"],
    params,
    body: z.object({
      personId: z.uuid(),
      accepted: z.boolean(),
      at: instantText,
      version: version.describe("Of the question that was answered"),
    }),
    answer: z.object({ reply: wording }),
  });
  return { asked, read, answer };
}

export const profilesConfirmations = confirmationsOf("profiles");
export const catalogConfirmations = confirmationsOf("catalog");

export const brokeringConfirmations = confirmationsOf("brokering");

export const confirmationEndpoints = [
  profilesConfirmations.read,
  profilesConfirmations.answer,
  catalogConfirmations.read,
  catalogConfirmations.answer,
  brokeringConfirmations.read,
  brokeringConfirmations.answer,
];
