import type { ServiceName } from "./service-names.ts";

/**
 * Every kind of work a service does outside a request. A job is one id of something whose row says that
 * work is due; running it twice, late or never by nudge changes nothing, because the sweep finds the row.
 */
export const jobCatalog = {
  profiles: [
    "handle-delivery",
    "expire-membership", // nobody said whether a person belongs
    "run-import", // a list was sent in, or its loading was started
    "send-invitation", // somebody whom a list named is to be asked
    "expire-invitation", // somebody named by others has not agreed in 60 days
    "expire-registration", // whom a helper registered by phone has not agreed
    "expire-errand", // whom a helper asked something for has not answered
    "erase-person", // somebody is to be erased in all services
  ],
  catalog: [
    "handle-delivery",
    "expire-offer", // a training is over, a delivery window has closed
    "age-offer", // nobody has confirmed it for long: it sinks, later it hides
    "ask-confirmation", // does it still hold?
    "end-rest", // a provider's rest is over
    "list-provider", // a provider from before there was a public list is to be found in it
    "run-import", // a list was sent in, or its loading was started
  ],
  matching: [
    "handle-delivery",
    "match-request", // a request waits for candidates
    "expire-list", // nobody chose from the list in time
    "expire-ask", // the provider did not answer in time
    "end-sponsorship", // its last day is over
    "watch-presence", // an agent has not said that they left a visit
    "forget-presence", // where an agent was a month ago
    "expire-quote", // a price or a day was not answered in time
    "follow-up", // an engagement's next step is due: reminding, asking, asking again
    "publish-ratings", // a week after the first side rated
    "make-plan", // visits of a month are to be placed, or placed anew
    "ask-agent", // an agent has not said whether their month will do
    "ask-visit", // a producer is to be asked about a planned visit, reminded, or waited for no more
    "tell-day", // an agent has visits tomorrow
    "close-plan", // the month of a plan is over
  ],
  brokering: [
    "handle-delivery",
    "follow-credit", // a credit's next step is due: reminding, lapsing, calling an operator
    "follow-payment", // who received money has not said so: they are reminded, then an operator is called
    "follow-kept-back", // an organization has not paid on what it kept back for a lender
    "follow-endorsement", // an organization has not said whether it vouches: reminding, calling an operator, telling the borrower
    "lapse-guarantor", // whom somebody named has not said whether they answer for the credit
    "invite-suppliers", // a pool is open, and suppliers that fit are to be asked for a quote
    "invite-people", // a pool is open, and the next of those who may join are to be told
    "tell-price", // a pool's price fell while its people had just heard of another
    "close-pool", // a pool's deadline is over, or its award is to be computed anew
    "end-pool-answers", // suppliers or members were to confirm by now
    "assume-receipt", // a member has not said whether what was brought is all
    "follow-delivery", // nobody said that a delivery came, or its supplier has not answered what was missing
    "follow-receipt", // a member did not get all, and nobody has said how much came
    "close-lot", // the deadline to pledge has come
    "follow-lot", // a lot is to be looked at: whoever keeps it waiting is reminded, then an operator is called
  ],
  notifications: [
    "handle-delivery",
    "advance-conversation", // a phone has unanswered messages
    "fetch-missed", // what a gateway says that phones wrote is to be compared with what has come
    "send-message", // an outgoing message is due
    "settle-message", // a message may or may not have been accepted by the gateway
    "wake-message", // a phone that was off has written, and something waits for it
    "redact-message", // the gateway is to forget what it was given to pass on
    "expire-prompt", // a question is no longer open
    "give-up-ask", // what a provider is asked cannot be brought to them
    "expire-takeover", // an operator who has a conversation in hand has written nothing for long
    "expand-bulletin", // a message to many is to be written to the next of them
    "forget-misunderstood", // what was not understood half a year ago
  ],
  web: [],
} as const satisfies Record<ServiceName, readonly string[]>;

export type JobName<Service extends ServiceName> = (typeof jobCatalog)[Service][number];

/** A hint that a row has work to do now. It may be lost or repeated. */
export type Nudge = {
  readonly service: ServiceName;
  readonly job: string;
  readonly id: string;
  /** The request id that follows an SMS through all its jobs. */
  readonly trace: string;
};
