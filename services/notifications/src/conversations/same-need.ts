import { cancelRequest, type Request } from "@minka/contracts/matching";
import type { Need } from "@minka/contracts/need";
import { DomainError } from "@minka/domain/errors";
import type { Kind } from "@minka/domain/vocabulary";
import type { Intent } from "@minka/language/intents";
import { readCropState } from "@minka/language/read-crop-state";
import { listQuestion } from "./answer-choice.ts";
import { answerNeed, needSaid } from "./answer-need.ts";
import { describeStatus } from "./answer-status.ts";
import { decideOnce } from "./decide-once.ts";
import { hamletMeant, hamletSaid } from "./hamlets.ts";
import { readMatters } from "./open-matters.ts";
import { listedMatches } from "./say-match.ts";
import { hoursFrom, type Outcome, type Turn } from "./turn.ts";

/** The kind of need that each of the asking intents states. */
export const kindOfIntent: Partial<Record<Intent, Kind>> = {
  request_assistance: "assistance",
  request_training: "training",
  request_input: "input",
  request_equipment: "equipment",
  request_service: "service",
  request_credit: "credit",
  request_buyer: "purchase",
};

/** While a request is on its way the same one again is a question how it goes, not a second request. */
const onTheirWay: readonly Request["state"][] = ["searching", "listed", "asking"];
/** Later in its life it may well be meant once more, but not within so few minutes: matching takes it for one. */
const repeatHours = 10 / 60;

/** The open request that the message asks for once more. */
export async function sameRequest(turn: Turn): Promise<Request | null> {
  const kind = kindOfIntent[turn.heard.intent];
  if (!kind || !turn.person?.consented) return null;
  const said = turn.heard.slots.place ?? null;
  const around = { said, home: turn.person.districtCode, open: turn.heard.placeCandidates };
  const hamlet = await hamletMeant(turn, hamletSaid(turn.text), around);
  const districtCode = hamlet?.districtCode ?? said ?? turn.person.districtCode;
  if (!districtCode || (!hamlet && !said && turn.heard.placeCandidates.length > 1)) return null;
  // A turn that is repeated finds the request that it has itself opened.
  const before = await decideOnce(turn, "same-need", async () => {
    const { requests } = await readMatters(turn);
    const same = requests.find(
      (request) =>
        request.districtCode === districtCode &&
        (!hamlet || hamlet.name === request.placeName) &&
        isSame(turn, kind, request.need) &&
        isOnItsWay(turn, request),
    );
    return { requestId: same?.id ?? null };
  });
  if (!before?.requestId) return null;
  const { requests } = await readMatters(turn);
  return requests.find(({ id }) => id === before.requestId) ?? null;
}

/** A need that is open already: how it stands, or its list again. */
export async function answerSameNeed(turn: Turn): Promise<Outcome | null> {
  const request = await sameRequest(turn);
  if (!request) return null;
  const matches = listedMatches(request);
  if (becomesUrgent(turn, request)) return askUrgently(turn, request);
  return request.state === "listed" && matches.length > 0
    ? { ask: listQuestion(request, matches, turn.now) }
    : describeStatus(turn, request);
}

/** What was asked for at leisure is asked for in a hurry now: nobody has been asked yet. */
function becomesUrgent(turn: Turn, { need, state }: Request): boolean {
  const open = state === "searching" || state === "listed";
  return open && need.urgency !== "urgent" && needSaid(turn)?.urgency === "urgent";
}

/** The new need takes the old one's place; the news of the cancellation takes its list back. */
async function askUrgently(turn: Turn, { id }: Request): Promise<Outcome | null> {
  try {
    await turn.kit.call(cancelRequest, { params: { requestId: id }, body: {} }, turn.step("replace"));
  } catch (error) {
    if (!(error instanceof DomainError) || error.category !== "conflict") throw error;
  }
  return answerNeed(turn);
}

function isOnItsWay(turn: Turn, { state, openedAt }: Request): boolean {
  return onTheirWay.includes(state) || new Date(openedAt) > hoursFrom(turn.now, -repeatHours);
}

/** Whether the message asks for this very need; what it leaves out, the need must leave out too. */
function isSame({ text, heard: { slots } }: Turn, kind: Kind, need: Need): boolean {
  const amountCentimos = slots.amount && Math.round(slots.amount * 100);
  return (
    need.kind === kind &&
    need.topic === slots.topic &&
    need.crop === slots.crop &&
    need.product === slots.product &&
    need.service === slots.service &&
    need.quantity === slots.quantity &&
    need.unit === slots.unit &&
    need.purpose === slots.purpose &&
    need.amountCentimos === (amountCentimos || undefined) &&
    (kind !== "purchase" || (need.state ?? null) === readCropState(text, slots.crop))
  );
}
