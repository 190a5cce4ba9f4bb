import { need, type Need } from "@minka/contracts/need";
import { openRequest } from "@minka/contracts/matching";
import { registerPerson, updatePerson, type Person } from "@minka/contracts/profiles";
import { DomainError } from "@minka/domain/errors";
import { findPlaceInText } from "@minka/geography/find-place-in-text";
import { resolvePlace } from "@minka/geography/resolve-place";
import { slotsOfIntent } from "@minka/language/intents";
import { interpret, type Interpretation } from "@minka/language/interpret";
import { readCourtesy } from "@minka/language/read-courtesy";
import { renderText } from "@minka/language/texts";
import { decideOnce } from "./decide-once.ts";
import { hamletMeant, hamletSaid } from "./hamlets.ts";
import { lastLapsed } from "./prompts.ts";
import type { Wish } from "./prompt-kinds.ts";
import { placeOptions } from "./place-options.ts";
import { placeLabel } from "./say-match.ts";
import type { ZodType } from "zod";
import { hoursFrom, say, type Outcome, type Turn } from "./turn.ts";

/** The wording that people agree to; another wording is another version. */
export const consentVersion = "sms-2026-11";
/** How long a question about consent or place waits for its answer. */
const questionHours = 48;
/** How long after that a YES to the question of consent is taken for one. */
const lateHours = 7 * 24;

const needShape = need.shape;
/** As long as profiles takes a name. */
const longestName = 80;

/** A figure that the contract accepts; five thousand million sacks are a slip of the thumb, not an order. */
function believable(schema: ZodType, figure: number | undefined): number | undefined {
  return figure !== undefined && schema.safeParse(figure).success ? figure : undefined;
}

/** The need that an interpretation states, or null when it states none. */
function needOf({ intent, slots }: Interpretation): Need | null {
  const { topic, crop, product, service, unit, purpose } = slots;
  const quantity = believable(needShape.quantity, slots.quantity);
  const amount = believable(needShape.amountCentimos, slots.amount && Math.round(slots.amount * 100));
  const named = { ...(topic ? { topic } : {}), ...(crop ? { crop } : {}) };
  const counted = { ...(quantity ? { quantity } : {}), ...(unit ? { unit } : {}) };
  switch (intent) {
    case "request_assistance":
      return { kind: "assistance", ...named };
    case "request_training":
      return { kind: "training", ...named };
    case "request_input":
      return { kind: "input", ...(product ? { product } : {}), ...counted };
    case "request_equipment":
      return { kind: "equipment", ...(product ? { product } : {}), ...(quantity ? { quantity } : {}) };
    case "request_service":
      return { kind: "service", ...(service ? { service } : {}), ...(crop ? { crop } : {}) };
    case "request_credit":
      return {
        kind: "credit",
        ...(amount ? { amountCentimos: amount } : {}),
        ...(purpose ? { purpose } : {}),
      };
    case "request_buyer":
      return { kind: "purchase", ...(crop ? { crop } : {}), ...counted };
    default:
      return null;
  }
}

/** A need, or someone who signs up: ask for what is missing, one thing at a time, then go on. */
export async function answerNeed(turn: Turn): Promise<Outcome | null> {
  const stated = needOf(turn.heard);
  const { intent, slots } = turn.heard;
  const signsUp = intent === "register" || intent === "set_place";
  if (!stated && !signsUp) return null;
  const wish: Wish = {
    need: stated,
    ...placeOf(turn),
    name: slots.name?.slice(0, longestName) ?? null,
    hamlet: stated ? hamletSaid(turn.text) : null,
  };
  if (!turn.person?.consented) return askConsent(turn, wish);
  return proceed(turn, turn.person, wish);
}

/** Where: as the interpreter says, and for a need that has no slot for a place (a loan) as the text does. */
function placeOf({ heard, text }: Turn): Pick<Wish, "districtCode" | "places"> {
  const { intent, slots, placeCandidates } = heard;
  if (slots.place) return { districtCode: slots.place, places: [] };
  if (slotsOfIntent[intent]?.includes("place")) return { districtCode: null, places: placeCandidates };
  const found = findPlaceInText(text)?.resolution;
  if (found?.kind === "one") return { districtCode: found.district.code, places: [] };
  return {
    districtCode: null,
    places: found?.kind === "several" ? found.districts.map(({ code }) => code) : [],
  };
}

/** Whoever answers with their district still wants what they came for. */
function askConsent(turn: Turn, wish: Wish): Outcome {
  const before = turn.prompt?.subject.kind === "consent" ? turn.prompt.subject : null;
  const kept: Wish = {
    need: wish.need ?? before?.need ?? null,
    districtCode: wish.districtCode ?? before?.districtCode ?? null,
    places: wish.places.length > 0 ? wish.places : (before?.places ?? []),
    name: wish.name ?? before?.name ?? null,
    hamlet: wish.hamlet ?? before?.hamlet ?? null,
  };
  return {
    ask: {
      subject: { kind: "consent", ...kept },
      text: renderText("consent"),
      expiresAt: hoursFrom(turn.now, questionHours),
    },
  };
}

/** YES: the person is known from here on. NO: nothing is kept. */
export async function answerConsent(turn: Turn): Promise<Outcome | null> {
  const subject = turn.prompt?.subject;
  if (subject?.kind !== "consent") return null;
  switch (turn.heard.intent) {
    case "confirm":
      return { ...(await agree(turn, subject)), answered: true };
    case "decline":
    case "cancel_request":
      return { ...say("consent_refused"), answered: true, forget: true };
    case "unknown":
    case "ask_status":
      return { ...say("consent_again"), puzzled: true };
    default:
      return null;
  }
}

/** A YES that comes when the question has lapsed is still a yes to it. */
export async function answerLateConsent(turn: Turn): Promise<Outcome | null> {
  if (turn.prompt || interpret(turn.text, "confirming").intent !== "confirm") return null;
  const lapsed = { kinds: ["consent"], since: hoursFrom(turn.now, -lateHours) } as const;
  const late = await decideOnce(turn, "late-consent", async () => {
    if (turn.person?.consented) return null;
    const prompt = await lastLapsed(turn, lapsed);
    return prompt ? { id: prompt.id, subject: prompt.subject } : null;
  });
  if (late?.subject.kind !== "consent") return null;
  return { ...(await agree(turn, late.subject)), settles: late };
}

/** They are known from here on; what they came for goes on. */
async function agree(turn: Turn, subject: Wish): Promise<Outcome> {
  const consent = { version: consentVersion, channel: "sms" as const, at: turn.writtenAt.toISOString() };
  const { person } = await turn.kit.call(
    registerPerson,
    {
      body: {
        phone: turn.phone,
        consent,
        // Elsewhere it is the phone's only person, whom a repeated turn knows and the first one may not have.
        ...(turn.shared && turn.person ? { personId: turn.person.id } : {}),
        ...(subject.name ? { name: subject.name } : {}),
      },
    },
    turn.step("register"),
  );
  return proceed(turn, person, subject);
}

/** Everything is agreed: keep what was said about the person, and open the request once its place is known. */
async function proceed(turn: Turn, person: Person, wish: Wish): Promise<Outcome> {
  const around = { said: wish.districtCode, home: person.districtCode, open: wish.places };
  const hamlet = wish.need ? await hamletMeant(turn, wish.hamlet, around) : null;
  if (!hamlet && !wish.districtCode && wish.places.length > 1) return askPlace(turn, wish, wish.places);
  const districtCode = hamlet?.districtCode ?? wish.districtCode ?? person.districtCode;
  const news = {
    ...(wish.name && wish.name !== person.name ? { name: wish.name } : {}),
    // A request from elsewhere does not move the farm: only a first place, or one that is the message, does.
    ...(districtCode && (!person.districtCode || !wish.need) && districtCode !== person.districtCode
      ? { districtCode }
      : {}),
  };
  if (Object.keys(news).length > 0) {
    await turn.kit.call(updatePerson, { params: { personId: person.id }, body: news }, turn.step("update"));
  }
  if (!districtCode) return askPlace(turn, wish, []);
  if (!wish.need) {
    if (wish.districtCode) return say("place_set", { place: placeLabel(districtCode) });
    return wish.name ? say("name_set", { name: wish.name }) : say("welcome");
  }
  const place = hamlet ? { place: { name: hamlet.name, point: hamlet.point } } : {};
  const body = { personId: person.id, need: wish.need, districtCode, ...place, channel: "sms" as const };
  try {
    await turn.kit.call(openRequest, { body }, turn.step("open"));
  } catch (error) {
    if (!(error instanceof DomainError) || error.code !== "too-many-open-requests") throw error;
    return say("too_many_requests");
  }
  // No "we are looking": the list itself follows within seconds, and each SMS costs.
  return {};
}

function askPlace(
  turn: Turn,
  { need, hamlet = null }: Pick<Wish, "need" | "hamlet">,
  candidates: readonly string[],
  again = false,
): Outcome {
  const options = placeOptions(candidates, turn.person?.districtCode);
  const text =
    options.length > 0
      ? renderText("ask_place_options", {
          options: options.map((code, index) => `${index + 1} ${placeLabel(code)}`).join("\n"),
        })
      : renderText(again ? "ask_place_again" : "ask_place");
  return {
    ask: {
      subject: { kind: "place", need, options, hamlet },
      text,
      expiresAt: hoursFrom(turn.now, questionHours),
    },
  };
}

/** The answer to "which district?": a number of the options, or a name. */
export async function answerPlace(turn: Turn): Promise<Outcome | null> {
  const subject = turn.prompt?.subject;
  if (subject?.kind !== "place" || !turn.person) return null;
  const { intent, slots, placeCandidates } = turn.heard;
  if (intent === "cancel_request") return { ...say("cancelled_question"), answered: true };
  if (intent === "ask_status") return askPlace(turn, subject, subject.options);
  if (!["set_place", "choose", "unknown", "register"].includes(intent)) return null;
  if (readCourtesy(turn.text)) return askPlace(turn, subject, subject.options);
  const { need } = subject;
  const hamlet = hamletSaid(turn.text) ?? subject.hamlet ?? null;
  const wish = (districtCode: string): Wish => ({ need, districtCode, places: [], name: null, hamlet });
  const chosen = subject.options[(slots.option ?? 0) - 1];
  if (chosen) return { ...(await proceed(turn, turn.person, wish(chosen))), answered: true };
  if (slots.place) return { ...(await proceed(turn, turn.person, wish(slots.place))), answered: true };
  const near = turn.person.districtCode ? { districtCode: turn.person.districtCode } : {};
  const resolved = resolvePlace(turn.text, near);
  if (resolved.kind === "one") {
    return { ...(await proceed(turn, turn.person, wish(resolved.district.code))), answered: true };
  }
  const several = resolved.kind === "several" ? resolved.districts.map(({ code }) => code) : placeCandidates;
  return {
    ...askPlace(turn, { need, hamlet }, several, true),
    answered: true,
    puzzled: several.length === 0,
  };
}
