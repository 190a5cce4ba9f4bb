import type { Request } from "@minka/contracts/matching";
import type { QuoteRow } from "../quotes/quotes-tables.ts";
import type { EngagementRow, MatchRow, RequestRow } from "../tables.ts";

type Next = { waitsFor: Request["waitsFor"]; until: Date | null };

type Standing = {
  request: RequestRow;
  matches: readonly MatchRow[];
  engagement: EngagementRow | undefined;
  /** What is proposed and not answered. */
  quotes: readonly QuoteRow[];
};

/** Who has to do something next about a request, and until when: nothing that is open waits for nobody. */
export function nextStep({ request, matches, engagement, quotes }: Standing): Next {
  switch (request.state) {
    case "searching":
      return { waitsFor: "timer", until: request.dueAt };
    case "listed":
      return { waitsFor: "requester", until: request.listExpiresAt };
    case "asking":
      return whoIsAsked(matches, quotes);
    case "agreed":
      return whatWasAgreed(engagement, quotes);
    case "with_operator":
      return { waitsFor: "operator", until: null };
    default:
      return { waitsFor: null, until: null };
  }
}

function whoIsAsked(matches: readonly MatchRow[], quotes: readonly QuoteRow[]): Next {
  const quoted = matches.find(({ state }) => state === "quoted");
  const quote = quotes.find(({ matchId }) => matchId === quoted?.id);
  if (quoted) return { waitsFor: "requester", until: quote?.expiresAt ?? null };
  const times = matches.flatMap(({ state, askExpiresAt }) =>
    state === "asked" && askExpiresAt ? [askExpiresAt.getTime()] : [],
  );
  return { waitsFor: "provider", until: times.length > 0 ? new Date(Math.max(...times)) : null };
}

/** Once they were asked whether it took place it is the producer's turn; before, the day has to come. */
function whatWasAgreed(engagement: EngagementRow | undefined, quotes: readonly QuoteRow[]): Next {
  if (!engagement) return { waitsFor: "operator", until: null };
  const { state, nextStep: step, nextAt, matchId } = engagement;
  if (state === "rework") return { waitsFor: "provider", until: nextAt };
  const quote = quotes.find((each) => each.matchId === matchId);
  if (quote) return { waitsFor: quote.by === "provider" ? "requester" : "provider", until: quote.expiresAt };
  const asked = step === "ask-again" || step === "give-up";
  return { waitsFor: asked ? "requester" : "timer", until: nextAt };
}
