import type { PaymentState } from "@minka/contracts/payments";
import type { Lifecycle } from "@minka/domain/lifecycle";

export type PaymentTransition = "confirm" | "dispute" | "cancel" | "undo";

/**
 * `requester` is the side that pays, `provider` the one that receives. What the receiver wrote down is confirmed from
 * the start; what did not come may come later. What a receiver wrote down by mistake is undone.
 */
export const paymentLifecycle: Lifecycle<PaymentState, PaymentTransition> = {
  confirm: { from: ["recorded", "disputed"], to: "confirmed", by: ["provider", "operator"] },
  dispute: { from: ["recorded"], to: "disputed", by: ["provider", "operator"] },
  cancel: { from: ["recorded", "disputed"], to: "cancelled", by: ["requester", "operator"] },
  undo: { from: ["confirmed"], to: "cancelled", by: ["provider", "operator"] },
};
