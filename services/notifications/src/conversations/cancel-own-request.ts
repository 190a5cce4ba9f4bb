import { cancelRequest } from "@minka/contracts/matching";
import { DomainError } from "@minka/domain/errors";
import { readCancelReason } from "@minka/language/read-cancel-reason";
import { say, type Outcome, type Turn } from "./turn.ts";

/** Calls one request off, for a reason that they may have said. Told by the news of it, to both sides. */
export async function cancelOwnRequest(turn: Turn, requestId: string): Promise<Outcome> {
  try {
    const reason = readCancelReason(turn.text);
    const input = { params: { requestId }, body: reason ? { reason } : {} };
    await turn.kit.call(cancelRequest, input, turn.step("cancel"));
  } catch (error) {
    if (!(error instanceof DomainError) || error.category !== "conflict") throw error;
    return say("nothing_to_cancel");
  }
  return {};
}
