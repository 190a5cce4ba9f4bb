import type { Need } from "@minka/contracts/need";
import type { Intent } from "@minka/language/intents";
import { interpret } from "@minka/language/interpret";
import { describeNeed, renderText } from "@minka/language/texts";
import { needSaid, placeOf, proceed } from "./answer-need.ts";
import { askConsent } from "./ask-consent.ts";
import { hamletSaid } from "./hamlets.ts";
import { hasJustSaid } from "./last-said.ts";
import { offTheMenu, picked } from "./menus.ts";
import type { Wish } from "./prompt-kinds.ts";
import { kindOfIntent } from "./same-need.ts";
import { hoursFrom, say, type Outcome, type Turn } from "./turn.ts";

/** Weight from which a phrase says what is wanted; below it a thing is only mentioned. */
const wanted = 3;
const mostNamed = 3;
/** As long as any list waits. */
const questionHours = 48;

const between = /[,;.+\n]|\s(?:y|e|tambi[eé]n|adem[aá]s|aparte|mas|m[aá]s)(?=\s)/i;

/** Several needs in one message: which ones were understood, and which one first. */
export function answerSeveral(turn: Turn): Outcome | null {
  if (turn.heard.intent !== "several") return null;
  const needs = needsIn(turn).slice(0, mostNamed);
  if (needs.length < 2) return say("several");
  const options = needs.map((need, index) => `${index + 1} ${describeNeed(need, turn.language)}`);
  return {
    ask: {
      subject: { kind: "needs", needs, ...placeOf(turn), hamlet: hamletSaid(turn.text) },
      text: renderText("several_numbered", { options: options.join("\n") }, turn.language),
      expiresAt: hoursFrom(turn.now, questionHours),
    },
  };
}

/** Each part of the sentence that states one; where they cannot be told apart, the kinds that were heard. */
function needsIn({ text, heard }: Turn): Need[] {
  const stated = text
    .split(between)
    .flatMap((part) => needSaid({ heard: interpret(part, "idle"), text: part }) ?? []);
  const apart = stated.filter(
    (need, index) => stated.findIndex((other) => describeNeed(other) === describeNeed(need)) === index,
  );
  return apart.length > 1 ? apart : kindsIn(heard.evidence).map((kind) => ({ kind }));
}

function kindsIn(evidence: readonly { intent: Intent; weight: number }[]): Need["kind"][] {
  const kinds = evidence.flatMap(({ intent, weight }) => {
    const kind = kindOfIntent[intent];
    return kind && weight >= wanted ? [kind] : [];
  });
  return [...new Set(kinds)];
}

/** A number, SI for the first, or one of them said again: that one is asked for, where they said at first. */
export async function answerWhichNeed(turn: Turn): Promise<Outcome | null> {
  const subject = turn.prompt?.subject;
  if (subject?.kind !== "needs") return null;
  const { intent, slots } = turn.heard;
  if (intent === "decline" || intent === "cancel_request")
    return { ...say("cancelled_question"), answered: true };
  const number = picked(turn.text);
  if (number === "several") return say("several_again");
  const first = interpret(turn.text, "confirming").intent === "confirm" ? 1 : (slots.option ?? 0);
  const stated = needSaid(turn);
  const need = stated ?? subject.needs[(number ?? first) - 1];
  if (!need && number !== null) return offTheMenu(turn, say("several_again"));
  if (!need) return intent === "unknown" ? { ...say("several_again"), puzzled: true } : null;
  const said = placeOf(turn);
  const { districtCode, places } = stated && (said.districtCode || said.places.length > 0) ? said : subject;
  const wish: Wish = { need, districtCode, places, name: null, hamlet: subject.hamlet ?? null };
  const outcome = turn.person?.consented ? await proceed(turn, turn.person, wish) : askConsent(turn, wish);
  return { ...outcome, answered: true };
}

/** "Si" to "one by one": how to write the first. */
export async function answerAfterSeveral(turn: Turn): Promise<Outcome | null> {
  if (turn.prompt || interpret(turn.text, "confirming").intent !== "confirm") return null;
  const [opening = ""] = renderText("several", {}, turn.language).split(".");
  return (await hasJustSaid(turn, opening)) ? say("several_first") : null;
}
