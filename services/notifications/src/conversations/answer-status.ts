import { cancelRequest, openMatters, type Request } from "@minka/contracts/matching";
import { contactCards } from "@minka/contracts/profiles";
import { DomainError } from "@minka/domain/errors";
import { readablePhone } from "@minka/domain/phone";
import { describeNeed } from "@minka/language/texts";
import { findMatch, sayMatchDeadline, sayVisit, shortName } from "./say-match.ts";
import { say, type Outcome, type Turn } from "./turn.ts";

/** How far the newest open request is. */
export async function answerStatus(turn: Turn): Promise<Outcome | null> {
  if (turn.heard.intent !== "ask_status") return null;
  const request = await newestOpen(turn);
  return request ? describeStatus(turn, request) : say("status_none");
}

export async function answerCancel(turn: Turn): Promise<Outcome | null> {
  if (turn.heard.intent !== "cancel_request") return null;
  const request = await newestOpen(turn);
  if (!request) return say("nothing_to_cancel");
  try {
    await turn.kit.call(cancelRequest, { params: { requestId: request.id } }, turn.step("cancel"));
  } catch (error) {
    if (!(error instanceof DomainError) || error.category !== "conflict") throw error;
    return say("nothing_to_cancel");
  }
  // Told by the news of the cancellation, to both sides.
  return {};
}

async function newestOpen(turn: Turn): Promise<Request | undefined> {
  if (!turn.person) return undefined;
  const params = { personId: turn.person.id };
  const { requests } = await turn.kit.call(openMatters, { params }, turn.step("matters"));
  return requests[0];
}

async function describeStatus(turn: Turn, request: Request): Promise<Outcome> {
  const need = describeNeed(request.need);
  const asked = request.matches.find(({ state }) => state === "asked");
  switch (request.state) {
    case "listed":
      return say("status_listed", { need });
    case "asking":
      return asked
        ? say("status_asking", {
            need,
            provider: shortName(asked.providerName),
            deadline: sayMatchDeadline(asked, turn.now),
          })
        : say("status_searching", { need });
    case "agreed": {
      const match = request.engagement && findMatch(request, request.engagement.matchId);
      if (!request.engagement || !match) return say("status_searching", { need });
      const body = { personIds: [match.providerPersonId] };
      const { contacts } = await turn.kit.call(contactCards, { body }, turn.step("contacts"));
      const phone = readablePhone(contacts[0]?.phone ?? "");
      return say("status_agreed", {
        need,
        provider: shortName(match.providerName),
        day: sayVisit(request.engagement, turn.now),
        phone,
      });
    }
    case "with_operator":
      return say("status_with_operator", { need });
    default:
      return say("status_searching", { need });
  }
}
