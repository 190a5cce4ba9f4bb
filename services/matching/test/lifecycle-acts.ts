import { randomUUID } from "node:crypto";
import * as disputes from "@minka/contracts/disputes";
import * as followUps from "@minka/contracts/follow-ups";
import * as quotes from "@minka/contracts/quotes";
import type { Side } from "@minka/contracts/quotes";
import { rateEngagement } from "@minka/contracts/ratings";
import { ranked, type MatchingRun } from "./matching-run.ts";

type Proposal = { priceCentimos?: number; visitOn?: string };

/** What two sides do with each other, as a service passes it on. */
export function lifecycleActs(run: MatchingRun) {
  const { call, trace } = run;
  const operator = run.signIn(randomUUID(), true);
  const of = (engagementId: string) => ({ params: { engagementId } });
  return {
    propose: (matchId: string, by: Side, proposal: Proposal) =>
      call(quotes.makeQuote, { params: { matchId }, body: { by, ...proposal } }, { trace }),
    answerQuote: (quoteId: string, accept: boolean) =>
      call(quotes.answerQuote, { params: { quoteId }, body: { accept } }, { trace }),
    rework: (engagementId: string) => call(disputes.askRework, of(engagementId), { trace }),
    answerRework: (engagementId: string, accept: boolean, visitOn?: string) =>
      call(
        disputes.answerRework,
        {
          ...of(engagementId),
          body: accept ? { accept, ...(visitOn ? { visitOn } : {}) } : { accept },
        },
        { trace },
      ),
    dispute: (engagementId: string, by: Side, reason: (typeof disputes.disputeReasons)[number] = "other") =>
      call(disputes.disputeEngagement, { ...of(engagementId), body: { by, reason } }, { trace }),
    settle: (engagementId: string, outcome: disputes.Settlement) =>
      operator("POST", `/api/matching/engagements/${engagementId}/settlement`, { outcome }),
    callOff: (engagementId: string, reason?: followUps.CancelReason) =>
      call(followUps.callOffVisit, { ...of(engagementId), body: reason ? { reason } : {} }, { trace }),
    help: (engagementId: string, helped: followUps.HelpAnswer) =>
      call(followUps.sayHelp, { ...of(engagementId), body: { helped } }, { trace }),
    rateBy: (engagementId: string, by: Side, score: number) =>
      call(rateEngagement, { ...of(engagementId), body: { by, score } }, { trace }),
    history: async (requestId: string) =>
      (await call(followUps.readHistory, { params: { requestId } }, { trace })).steps,
    /** A request whose best match is asked, with the two who are concerned signed in. */
    async asked() {
      const listed = await run.openListed();
      const match = ranked(listed, 1);
      await run.choose(match.id);
      return {
        listed,
        match,
        requester: run.signIn(listed.personId),
        provider: run.signIn(match.providerPersonId),
        stranger: run.signIn(randomUUID()),
        operator,
      };
    },
    async agreed(visitOn?: string) {
      const asking = await this.asked();
      const { engagementId } = await run.accept(asking.match.id, visitOn);
      if (!engagementId) throw new Error("nothing was agreed");
      return { ...asking, engagementId };
    },
  };
}
