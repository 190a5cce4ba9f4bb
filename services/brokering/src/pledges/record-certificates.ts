import type { Answer, HandlerInput } from "@minka/contracts/endpoint";
import type { recordCertificates as contract } from "@minka/contracts/lot-pledges";
import { eq } from "@minka/database/query";
import type { Context } from "@minka/service/act";
import { record } from "../acting.ts";
import type { Calling } from "../lots/open-lot.ts";
import { supersedeComposition } from "../lots/supersede-composition.ts";
import { certifiedAs } from "./certified-as.ts";
import { onContribution } from "./on-contribution.ts";
import { pledgeAnswer } from "./pledge-view.ts";
import { pledges } from "./pledges-tables.ts";

/**
 * As what a contribution is certified, as its organizer's people know it: who offered it by SMS has said nothing of it.
 * Refused as `onContribution` refuses.
 */
export const recordCertificates = (
  means: Calling,
  context: Context,
  { params: { pledgeId }, body }: HandlerInput<typeof contract>,
): Promise<Answer<typeof contract>> =>
  onContribution(means, context, pledgeId, async (tx, act, { lot, pledge }) => {
    const certificates = certifiedAs(lot, body.certificates, pledge.certificates);
    await tx.update(pledges).set({ certificates }).where(eq(pledges.id, pledgeId));
    await supersedeComposition(tx, act, lot.id);
    await record(tx, act, "pledge.certify", `pledge:${pledgeId}`);
    return { ...pledgeAnswer(pledge), certificates };
  });
