import { complaintRaised, type ComplaintState } from "@minka/contracts/complaints";
import type { LifecycleTable } from "../lifecycle-table.ts";

type ComplaintTransition = "uphold" | "dismiss";

/** A complaint is raised by the person's message; a person decides on it. */
export const complaintLifecycle: LifecycleTable<ComplaintState, ComplaintTransition> = {
  uphold: { from: ["raised"], to: "upheld", by: ["operator"], emits: [] },
  dismiss: { from: ["raised"], to: "dismissed", by: ["operator"], emits: [] },
};

export const raising = { to: "raised", emits: complaintRaised } as const;
