import { disputeReasons, settlements } from "@minka/contracts/disputes";
import { cancelReasons, helpAnswers } from "@minka/contracts/follow-ups";
import type { Match } from "@minka/contracts/matches";
import type { Request } from "@minka/contracts/matching";
import { addDays, limaDay } from "@minka/domain/lima-time";

export type Who = "requester" | "provider" | "operator" | "stranger";

/** What an act is about, as things stand. */
export type Scene = {
  request: Request;
  /** The match that is being dealt with: asked, quoted or accepted; or one of the list. */
  match: Match | undefined;
  engagementId: string | null;
  /** The latest that was proposed, open or not. */
  quoteId: string | null;
  who: Who;
  which: number;
  now: Date;
};
export type Call = { path: string; body?: object };

const side = ({ who, which }: Scene) =>
  who === "provider" || (who === "operator" && which % 2 === 1)
    ? ("provider" as const)
    : ("requester" as const);
const pick = <Item>(items: readonly Item[], which: number): Item => items[which % items.length] as Item;
const ofRequest = ({ request }: Scene, rest: string, body?: object): Call => ({
  path: `requests/${request.id}/${rest}`,
  ...(body ? { body } : {}),
});
const ofMatch = ({ match }: Scene, rest: string, body?: object): Call | null =>
  match ? { path: `matches/${match.id}/${rest}`, ...(body ? { body } : {}) } : null;
const ofEngagement = ({ engagementId }: Scene, rest: string, body?: object): Call | null =>
  engagementId ? { path: `engagements/${engagementId}/${rest}`, ...(body ? { body } : {}) } : null;
const ofQuote = ({ quoteId }: Scene, accept: boolean): Call | null =>
  quoteId ? { path: `quotes/${quoteId}/answer`, body: { accept } } : null;
const by = (scene: Scene) => ({ by: side(scene) });
const inDays = ({ now }: Scene, days: number) => addDays(limaDay(now), days);

/** Everything that somebody can do about a request. */
export const lawActs = {
  choose: (scene: Scene) => ofMatch(scene, "choice"),
  take_back: (scene: Scene) => ofMatch(scene, "withdrawal"),
  accept: (scene: Scene) => ofMatch(scene, "answer", { accept: true }),
  accept_day: (scene: Scene) =>
    ofMatch(scene, "answer", { accept: true, visitOn: inDays(scene, scene.which % 9) }),
  decline: (scene: Scene) => ofMatch(scene, "answer", { accept: false }),
  name_price: (scene: Scene) =>
    ofMatch(scene, "quotes", { priceCentimos: 1_000 + scene.which, ...by(scene) }),
  name_day: (scene: Scene) => ofMatch(scene, "quotes", { visitOn: inDays(scene, 3), ...by(scene) }),
  quote_yes: (scene: Scene) => ofQuote(scene, true),
  quote_no: (scene: Scene) => ofQuote(scene, false),
  refuse: (scene: Scene) => ofRequest(scene, "refusal"),
  cancel: (scene: Scene) => ofRequest(scene, "cancellation", { reason: pick(cancelReasons, scene.which) }),
  search: (scene: Scene) => ofRequest(scene, "search"),
  attendance: (scene: Scene) =>
    ofRequest(scene, "attendance", { by: pick(["woman", "anybody"], scene.which) }),
  done: (scene: Scene) => ofEngagement(scene, "outcome", { outcome: "done", ...by(scene) }),
  no_show: (scene: Scene) => ofEngagement(scene, "outcome", { outcome: "no_show", ...by(scene) }),
  call_off: (scene: Scene) =>
    ofEngagement(scene, "cancellation", { reason: pick(cancelReasons, scene.which) }),
  rework: (scene: Scene) => ofEngagement(scene, "rework"),
  rework_yes: (scene: Scene) => ofEngagement(scene, "rework/answer", { accept: true }),
  rework_no: (scene: Scene) => ofEngagement(scene, "rework/answer", { accept: false }),
  dispute: (scene: Scene) =>
    ofEngagement(scene, "dispute", { reason: pick(disputeReasons, scene.which), ...by(scene) }),
  settle: (scene: Scene) => ofEngagement(scene, "settlement", { outcome: pick(settlements, scene.which) }),
  rate: (scene: Scene) => ofEngagement(scene, "rating", { score: 1 + (scene.which % 5), ...by(scene) }),
  help: (scene: Scene) => ofEngagement(scene, "help", { helped: pick(helpAnswers, scene.which) }),
  wait: () => null,
} satisfies Record<string, (scene: Scene) => Call | null>;
export type LawAct = keyof typeof lawActs;

type Fitting = readonly (readonly [LawAct, Who])[];

/** What leads on from where a request is, so that random sequences reach the far ends of its life too. */
export function fitting({ state, engagement, matches }: Request): Fitting {
  if (state === "listed")
    return [
      ["choose", "requester"],
      ["choose", "requester"],
      ["choose", "operator"],
      ["refuse", "requester"],
    ];
  if (state === "asking")
    return matches.some((match) => match.state === "quoted")
      ? [
          ["quote_yes", "requester"],
          ["name_price", "requester"],
          ["quote_no", "requester"],
          ["wait", "requester"],
        ]
      : [
          ["accept", "provider"],
          ["accept_day", "provider"],
          ["name_price", "provider"],
          ["decline", "provider"],
        ];
  if (state === "with_operator")
    return engagement
      ? [
          ["settle", "operator"],
          ["done", "requester"],
        ]
      : [["search", "operator"]];
  if (state === "done")
    return [
      ["rework", "requester"],
      ["rate", "requester"],
      ["rate", "provider"],
      ["dispute", "provider"],
      ["no_show", "requester"],
    ];
  if (engagement?.state === "rework")
    return [
      ["rework_yes", "provider"],
      ["rework_no", "provider"],
      ["wait", "requester"],
    ];
  if (engagement?.state === "agreed")
    return [
      ["done", "provider"],
      ["done", "requester"],
      ["no_show", "requester"],
      ["call_off", "provider"],
      ["name_day", "requester"],
      ["name_day", "provider"],
      ["quote_yes", "requester"],
      ["quote_yes", "provider"],
      ["dispute", "requester"],
    ];
  return [["wait", "requester"]];
}
