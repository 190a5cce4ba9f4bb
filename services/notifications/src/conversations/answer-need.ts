import type { CallInput } from "@minka/contracts/endpoint";
import { need, type Need } from "@minka/contracts/need";
import { openRequest } from "@minka/contracts/matching";
import { registerPerson, updatePerson, type Person } from "@minka/contracts/profiles";
import { DomainError } from "@minka/domain/errors";
import { findPlaceInText } from "@minka/geography/find-place-in-text";
import { resolvePlace } from "@minka/geography/resolve-place";
import { slotsOfIntent } from "@minka/language/intents";
import { interpret, type Interpretation } from "@minka/language/interpret";
import { readCourtesy } from "@minka/language/read-courtesy";
import { readCropState } from "@minka/language/read-crop-state";
import { readMonths } from "@minka/language/read-credit-words";
import { soundsUrgent } from "@minka/language/sounds-urgent";
import { renderText, said } from "@minka/language/texts";
import { wantCredit } from "../credit/begin-credit.ts";
import { askNewName, nameTold } from "../speakers/change-name.ts";
import { bareName } from "../speakers/said-name.ts";
import { alsoPooled, joinPoolOf } from "./answer-pool.ts";
import { askConsent, noWish, questionHours } from "./ask-consent.ts";
import { womanWanted } from "./attendance-wish.ts";
import { decideOnce } from "./decide-once.ts";
import { hamletMeant, hamletSaid } from "./hamlets.ts";
import { joinOrganization, listOrganizations, startGroupOf, wantsGroup } from "./organizations.ts";
import { lastLapsed } from "./prompts.ts";
import type { Wish } from "./prompt-kinds.ts";
import { offTheMenu, picked } from "./menus.ts";
import { bearOneName, isFarAway, placeOptions, regionMeant } from "./place-options.ts";
import { placeLabel, shortName } from "./say-match.ts";
import type { ZodType } from "zod";
import { hoursFrom, say, type Outcome, type Turn } from "./turn.ts";

/** The wording that people agree to; another wording is another version. */
export const consentVersion = "sms-2026-11";
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
export function needOf({ intent, slots }: Interpretation): Need | null {
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

/**
 * The need that a message states, with what the words say beside the interpreter's slots: that a pest does not wait,
 * in which state a harvest is.
 */
export function needSaid({ heard, text }: Pick<Turn, "heard" | "text">): Need | null {
  const need = needOf(heard);
  if (!need) return null;
  if (need.kind === "assistance" && need.topic === "pest_management" && soundsUrgent(text))
    return { ...need, urgency: "urgent" };
  const state = need.kind === "purchase" ? readCropState(text, need.crop) : null;
  return state ? { ...need, state } : need;
}

/** A need, or someone who signs up: ask for what is missing, one thing at a time, then go on. */
export async function answerNeed(turn: Turn): Promise<Outcome | null> {
  const stated = needSaid(turn);
  const { intent, slots } = turn.heard;
  const signsUp = intent === "register" || intent === "set_place";
  if (!stated && !signsUp) return null;
  const wish: Wish = {
    need: stated,
    ...placeOf(turn),
    name: slots.name?.slice(0, longestName) ?? null,
    hamlet: stated ? hamletSaid(turn.text) : null,
    wantsWoman: womanWanted(turn),
    ...(stated?.kind === "credit" ? termSaid(turn.text) : {}),
  };
  if (!turn.person?.consented) return askConsent(turn, wish);
  return proceed(turn, turn.person, wish);
}

/** In how many months a loan is to be paid back, where it was said with it. */
function termSaid(text: string): Pick<Wish, "next"> {
  const months = readMonths(text);
  return months === null ? {} : { next: { kind: "credit", months } };
}

/** Where: as the interpreter says, and for a need that has no slot for a place (a loan) as the text does. */
export function placeOf({
  heard,
  text,
}: Pick<Turn, "heard" | "text">): Pick<Wish, "districtCode" | "places"> {
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

/** YES: the person is known from here on. NO: nothing is kept. */
export async function answerConsent(turn: Turn): Promise<Outcome | null> {
  const subject = turn.prompt?.subject;
  if (subject?.kind !== "consent") return null;
  switch (turn.heard.intent) {
    case "confirm":
      return {
        ...(await agree(turn, { ...subject, wantsWoman: womanWanted(turn) ?? subject.wantsWoman ?? null })),
        answered: true,
      };
    case "decline":
    case "cancel_request":
      return { ...say("consent_refused"), answered: true, forget: true };
    case "unknown":
    case "ask_status": {
      if (wantsGroup(turn.text)) return null;
      // To REGISTRAR they answer with their name as soon as with SI.
      const name = bareName(turn.text)?.slice(0, longestName);
      if (!name) return { ...say("consent_again"), puzzled: true };
      return askConsent(turn, { ...noWish, name }, said("consent_named", { name: shortName(name, 40) }));
    }
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
  const done = await proceed(turn, person, subject);
  return turn.shared ? done : { registers: person.id, ...done };
}

/**
 * Everything is agreed: keep what was said about the person, and open the request once its place is known. A place
 * far from where the programme works is asked about first: a village near by may have the same name.
 */
export async function proceed(turn: Turn, person: Person, wish: Wish, placeSure = false): Promise<Outcome> {
  await keepAttendance(turn, person, wish);
  const around = { said: wish.districtCode, home: person.districtCode, open: wish.places };
  const hamlet = wish.need ? await hamletMeant(turn, wish.hamlet, around) : null;
  if (!hamlet && !wish.districtCode && wish.places.length > 1) return askPlace(turn, wish, wish.places);
  if (!hamlet && !placeSure && wish.districtCode && isFarAway(wish.districtCode, person.districtCode))
    return askPlace(turn, wish, [wish.districtCode]);
  const districtCode = hamlet?.districtCode ?? wish.districtCode ?? person.districtCode;
  const told = nameTold(turn, person, wish.name);
  const news = {
    ...(wish.name && told === "take" ? { name: wish.name } : {}),
    // A request from elsewhere does not move the farm: only a first place, or one that is the message, does.
    ...(districtCode && (!person.districtCode || !wish.need) && districtCode !== person.districtCode
      ? { districtCode }
      : {}),
  };
  if (Object.keys(news).length > 0) {
    await turn.kit.call(updatePerson, { params: { personId: person.id }, body: news }, turn.step("update"));
  }
  const next = wish.need ? null : wish.next;
  // Who also needs something gets that: the name stays as it is.
  if (wish.name && told === "ask" && !wish.need && !next) {
    const placed = wish.districtCode ? [said("place_set", { place: placeLabel(wish.districtCode) })] : [];
    const named = await askNewName(turn, person, wish.name);
    return { ...named, say: [...placed, ...(named.say ?? [])] };
  }
  if (next?.kind === "join") return joinOrganization(turn, person, next.organizationId);
  if (next?.kind === "pool") return joinPoolOf(turn, person, next.messageId);
  if (!districtCode) return askPlace(turn, wish, []);
  if (next?.kind === "organizations") return listOrganizations(turn, { districtCode, crop: next.crop });
  if (next?.kind === "group") return startGroupOf(turn, person, next.messageId);
  if (!wish.need) {
    if (wish.districtCode) return say("place_set", { place: placeLabel(districtCode) });
    return wish.name
      ? say("name_set", { name: told === "keep" ? (person.name ?? wish.name) : wish.name })
      : say("welcome");
  }
  const { need } = wish;
  if (need.kind === "credit") {
    const months = wish.next?.kind === "credit" ? wish.next.months : null;
    const credit = await wantCredit(turn, person, { need, districtCode, months });
    if (credit) return credit;
  }
  const place = hamlet ? { place: { name: hamlet.name, point: hamlet.point } } : {};
  return openNeed(turn, person, { need, districtCode, ...place });
}

type Wanted = Pick<CallInput<typeof openRequest>["body"], "need" | "districtCode" | "place">;

/** Has somebody looked for who serves a need. */
export async function openNeed(turn: Turn, person: Person, wanted: Wanted): Promise<Outcome> {
  const body = { personId: person.id, ...wanted, channel: "sms" as const };
  try {
    await turn.kit.call(openRequest, { body }, turn.step("open"));
  } catch (error) {
    if (!(error instanceof DomainError) || error.code !== "too-many-open-requests") throw error;
    return say("too_many_requests");
  }
  // No "we are looking": the list itself follows within seconds, and each SMS costs.
  return alsoPooled(turn, person, wanted.need);
}

/** Before anything is searched: the search reads it from the person. */
async function keepAttendance(turn: Turn, person: Person, { wantsWoman = null }: Wish): Promise<void> {
  if (wantsWoman === null || wantsWoman === person.prefersWoman) return;
  const params = { personId: person.id };
  await turn.kit.call(updatePerson, { params, body: { prefersWoman: wantsWoman } }, turn.step("attended"));
}

export function askPlace(
  turn: Turn,
  { need, hamlet = null, next = null }: Pick<Wish, "need" | "hamlet" | "next">,
  candidates: readonly string[],
  again = false,
): Outcome {
  const home = turn.person?.districtCode;
  const region = regionMeant(candidates);
  const options = region === null ? placeOptions(candidates, home) : [];
  const text =
    options.length > 0
      ? renderText(
          optionsText(options, home),
          {
            options: options.map((code, index) => `${index + 1} ${placeLabel(code)}`).join("\n"),
          },
          turn.language,
        )
      : region === null
        ? renderText(again ? "ask_place_again" : "ask_place", {}, turn.language)
        : renderText("ask_place_region", { place: region }, turn.language);
  return {
    ask: {
      subject: { kind: "place", need, options, hamlet, next },
      text,
      expiresAt: hoursFrom(turn.now, questionHours),
    },
  };
}

function optionsText(options: readonly string[], home: string | null | undefined) {
  if (options.every((code) => isFarAway(code, home))) return "ask_place_far";
  return bearOneName(options) ? "ask_place_options" : "ask_place_which";
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
  const { need, next = null } = subject;
  const hamlet = hamletSaid(turn.text) ?? subject.hamlet ?? null;
  const wish = (districtCode: string): Wish => ({ need, districtCode, places: [], name: null, hamlet, next });
  const number = picked(turn.text);
  if (subject.options.length > 0 && number === "several") return say("place_off_the_menu");
  const chosen = subject.options[(number === "several" ? 0 : (number ?? slots.option ?? 0)) - 1];
  if (!chosen && subject.options.length > 0 && number !== null)
    return offTheMenu(turn, say("place_off_the_menu"));
  const agreed = subject.options.length === 1 && interpret(turn.text, "confirming").intent === "confirm";
  const picks = chosen ?? (agreed ? subject.options[0] : undefined);
  if (picks) return { ...(await proceed(turn, turn.person, wish(picks), true)), answered: true };
  // Who writes the name of an option once more means it.
  const sure = (code: string) => subject.options.includes(code);
  if (slots.place) {
    const { place } = slots;
    return { ...(await proceed(turn, turn.person, wish(place), sure(place))), answered: true };
  }
  const near = turn.person.districtCode ? { districtCode: turn.person.districtCode } : {};
  const resolved = resolvePlace(turn.text, near);
  if (resolved.kind === "one") {
    const { code } = resolved.district;
    return { ...(await proceed(turn, turn.person, wish(code), sure(code))), answered: true };
  }
  const several = resolved.kind === "several" ? resolved.districts.map(({ code }) => code) : placeCandidates;
  return {
    ...askPlace(turn, { need, hamlet, next }, several, true),
    answered: true,
    puzzled: several.length === 0,
  };
}
