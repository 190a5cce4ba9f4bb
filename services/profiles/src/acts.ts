import { auditOf } from "@minka/service/act";

/** Writes the audit row of a change, in the change's transaction. */
export const record = auditOf("profiles");
