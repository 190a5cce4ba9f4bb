import type { PaymentState } from "@minka/contracts/payments";
import type { Lifecycle } from "@minka/domain/lifecycle";

export type PaymentTransition = "confirm" | "dispute" | "cancel";

/**
 * `requester` is the side that pays, `provider` the one that receives. What the receiver wrote down is confirmed from
 * the start; what did not come may come later.
 */
export const paymentLifecycle: Lifecycle<PaymentState, PaymentTransition> = {
  confirm: { from: ["recorded", "disputed"], to: "confirmed", by: ["provider", "operator"] },
  dispute: { from: ["recorded"], to: "disputed", by: ["provider", "operator"] },
  cancel: { from: ["recorded", "disputed"], to: "cancelled", by: ["requester", "operator"] },
};
