import type { SponsoredState, SponsorshipState } from "@minka/contracts/sponsorships";
import type { LifecycleTable } from "../lifecycle-table.ts";

export type SponsorshipTransition = "approve" | "pause" | "resume" | "end";

/** `provider` here is the sponsor, whoever manages it. Who pauses stops; only an operator lets money flow. */
export const sponsorshipLifecycle: LifecycleTable<SponsorshipState, SponsorshipTransition> = {
  approve: { from: ["draft"], to: "active", by: ["operator"], emits: [] },
  pause: { from: ["active"], to: "paused", by: ["provider", "operator", "system"], emits: [] },
  resume: { from: ["paused"], to: "active", by: ["operator"], emits: [] },
  end: {
    from: ["draft", "active", "paused"],
    to: "ended",
    by: ["provider", "operator", "timer", "system"],
    emits: [],
  },
};

/** Money for one service follows what becomes of its match. One that was contested was not given. */
export const sponsoredLifecycle: LifecycleTable<SponsoredState, "spend" | "release"> = {
  spend: {
    from: ["reserved"],
    to: "spent",
    by: ["system"],
    emits: [],
  },
  release: { from: ["reserved", "spent"], to: "released", by: ["system"], emits: [] },
};
