import { raiseComplaint } from "@minka/contracts/complaints";
import { withdrawsComplaint } from "@minka/language/withdraws-complaint";
import { shortName } from "./say-match.ts";
import { say, type Outcome, type Turn } from "./turn.ts";

/**
 * A complaint goes to a person, with what was written. The provider whom they dealt with last with whom they had agreed gets no more work until
 * that person has looked; it is not told who complained, and whoever complains has dealt with it.
 */
export async function answerComplaint(turn: Turn): Promise<Outcome> {
  // An operator decides on what was held before; nobody is held anew.
  if (withdrawsComplaint(turn.text)) return { ...say("complaint_withdrawn"), attention: "complaint" };
  const complaint = await raise(turn);
  if (!complaint) return { ...say("complaint"), attention: "complaint" };
  // What has been decided on is not said anew: the provider may be back at work.
  const words =
    complaint.state === "raised" && complaint.holds
      ? say("complaint_provider", { provider: shortName(complaint.providerName) })
      : say("complaint");
  return { ...words, attention: "complaint", attentionSubject: complaint.providerId };
}

/** Null for who has dealt with nobody, and at a shared phone while it is not known who writes. */
async function raise({ kit, person, messageId, step }: Turn) {
  if (!person) return null;
  const body = { personId: person.id, messageId };
  const { complaint } = await kit.call(raiseComplaint, { body }, step("complaint"));
  return complaint;
}
