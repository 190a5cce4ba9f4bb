import type { ServiceName } from "./service-names.ts";

/**
 * Every kind of work a service does outside a request. A job is one id of something whose row says that
 * work is due; running it twice, late or never by nudge changes nothing, because the sweep finds the row.
 */
export const jobCatalog = {
  profiles: ["handle-delivery"],
  catalog: ["handle-delivery"],
  matching: [
    "handle-delivery",
    "match-request", // a request waits for candidates
    "expire-list", // nobody chose from the list in time
    "expire-ask", // the provider did not answer in time
    "ask-outcome", // the day after the visit
  ],
  notifications: [
    "handle-delivery",
    "advance-conversation", // a phone has unanswered messages
    "send-message", // an outgoing message is due
    "settle-message", // a message may or may not have been accepted by the gateway
    "expire-prompt", // a question is no longer open
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
