import { addDays } from "@minka/domain/lima-time";
import { timingSafeEqual } from "node:crypto";
import type { SignedVisit } from "../../visits/visit.ts";

/** How long somebody's word that they want to be of a provider's staff holds. */
export const invitationDays = 3;

type Signing = Pick<SignedVisit, "means" | "today">;

const signature = ({ means }: Signing, providerId: string, personId: string, until: string) =>
  means.keys.tag(`of the staff of ${providerId}: ${personId} until ${until}`);

/** Says who somebody is to one provider: nobody finds out by a phone whose it is, and nobody is added unawares. */
export function introduce(visit: SignedVisit, providerId: string): string {
  const { personId } = visit.person;
  const until = addDays(visit.today, invitationDays);
  return [personId, until, signature(visit, providerId, personId, until)].join("~");
}

/** Null for what nobody said, or not to this provider, or too long ago. */
export function readIntroduction(
  visit: Signing,
  providerId: string,
  said: string | undefined,
): string | null {
  const [personId = "", until = "", signed = ""] = (said ?? "").split("~");
  const right = Buffer.from(signature(visit, providerId, personId, until));
  const given = Buffer.from(signed);
  const isRight = given.length === right.length && timingSafeEqual(given, right);
  return isRight && until >= visit.today ? personId : null;
}
