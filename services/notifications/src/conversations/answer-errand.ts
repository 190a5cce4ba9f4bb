import { isAgent, runErrand } from "@minka/contracts/errands";
import { listMemberships } from "@minka/contracts/memberships";
import type { Need } from "@minka/contracts/need";
import { DomainError } from "@minka/domain/errors";
import { parsePhone, readablePhone } from "@minka/domain/phone";
import { foldCase } from "@minka/language/fold";
import { interpret } from "@minka/language/interpret";
import { describeNeed, phrase, type TextKey } from "@minka/language/texts";
import { needSaid, placeOf } from "./answer-need.ts";
import { placeOptions } from "./place-options.ts";
import { placeLabel } from "./say-match.ts";
import { say, type Outcome, type Turn } from "./turn.ts";

const opening =
  /^\W*para\s+(?:(?:el|la|al|don|dona|numero|nro|num|no|n|cel|celular|tel|telefono)\b[\s.:°]*)*/;
/** A Peruvian mobile as people write it, before the rest of the message; what follows it may begin with a figure. */
const mobile = /^(\+?51[\s.-]*)?9\d{2}[\s.-]?\d{3}[\s.-]?\d{3}(?!\d)/;
/** So many figures may be meant as a phone. */
const digits = /^\+?\d(?:[\s.-]?\d){5,15}/;
/** "REGISTRA 955777888 Juan Gil": PARA is left out. */
const registering =
  /^\W*(?:registr\w*|inscrib\w*|anot\w*)\s+(?:(?:a|al|el|numero|nro|num|cel|celular|telefono)\b[\s.:°]*)*(?=\+?\d)/;
/** "para 25-11-2026", "para 2026-11-25 a las 8". */
const date = /^(?:\d{1,2}[\s./-]\d{1,2}[\s./-](?:20)?\d{2}|20\d{2}[./-]\d{1,2}[./-]\d{1,2})(?!\d)/;
/** What is counted is no phone: "para 1000000 plantas". */
const counted =
  /^[\s.,:-]*(?:de\s+)?(?:s\/|soles?|plantas?|plantones|plantitas|matas?|arboles|sacos?|bolsas?|kilos?|kg|gramos?|quintal(?:es)?|qq|toneladas?|tm|litros?|lt|hectareas?|has?|metros?|m2|pies|dias?|horas?|personas?|socios|familias|semillas?|pollos|gallinas)\b/;

type Addressed = { readonly phone: string | null; readonly asked: string };

/** "PARA 987654321 …": the phone, null when it cannot be one, and what is asked; null for any other message. */
export function readAddressee(text: string): Addressed | null {
  const folded = foldCase(text.slice(0, 60));
  const registers = registering.exec(folded);
  const start = registers ?? opening.exec(folded);
  // Folding keeps the length of what is before the figures: there is no letter in it that is two.
  const rest = start && text.slice(start[0].length);
  if (!rest) return null;
  const found = mobile.exec(rest) ?? (date.test(rest) ? null : digits.exec(rest));
  if (!found) return null;
  const phone = parsePhone(found[0]);
  const after = rest.slice(found[0].length);
  if (!phone && counted.test(foldCase(after))) return null;
  const asked = after.replace(/^[\s,.:;-]+/, "");
  return { phone, asked: registers ? `registrar ${asked}` : asked };
}

/** What stands in the way, told so that the helper can put it right. */
const refusals: Readonly<Record<string, TextKey>> = {
  "not-a-helper": "errand_not_helper",
  "name-needed": "errand_name_first",
  "phone-is-yours": "errand_own_phone",
  "already-asked": "errand_already_asked",
  "said-no": "errand_said_no",
  "too-many-errands": "errand_too_many",
};

/**
 * An agent, or who stands for an organization, asks for another phone's owner or registers them. What is answered is
 * the same whether or not Minka knows that phone.
 */
export async function answerErrand(turn: Turn): Promise<Outcome | null> {
  const addressed = readAddressee(turn.text);
  if (!addressed) return null;
  const { phone, asked } = addressed;
  // Whoever asks for nobody else means a number of something.
  if (!phone) return (await isHelper(turn)) ? say("errand_wrong_phone") : null;
  // Whoever signs up gives their own number, or one more of theirs.
  if (!turn.person?.consented)
    return registering.test(foldCase(turn.text.slice(0, 60))) ? null : say("errand_not_helper");
  if (phone === turn.phone) return say("errand_own_phone");
  const heard = interpret(asked, "idle");
  const need = needSaid({ heard, text: asked });
  const { name } = heard.slots;
  if (heard.intent === "several") return say("errand_one_by_one");
  if (!need && heard.intent !== "register") return say("errand_how");
  if (!need && !name) return say("errand_how");
  const place = placeOf({ heard, text: asked });
  if (!place.districtCode) return sayWhichPlace(turn, place.places);
  return run(turn, { phone, need, name: name ?? null, districtCode: place.districtCode });
}

/** An agent, or who stands for an organization: as far as it takes to tell a wrong number from a need. */
async function isHelper({ kit, person, step }: Turn): Promise<boolean> {
  if (!person?.consented) return false;
  const params = { personId: person.id };
  const { agent } = await kit.call(isAgent, { params }, step("agent"));
  if (agent) return true;
  const { memberships } = await kit.call(listMemberships, { params }, step("roles"));
  return memberships.some(({ role, state }) => state === "active" && role !== "member");
}

function sayWhichPlace(turn: Turn, places: readonly string[]): Outcome {
  const options = placeOptions(places, turn.person?.districtCode);
  if (options.length < 2) return say("errand_place");
  return say("errand_which_place", { options: options.map((code) => placeLabel(code)).join("\n") });
}

type Errand = { phone: string; need: Need | null; name: string | null; districtCode: string };

async function run(turn: Turn, { phone, need, name, districtCode }: Errand): Promise<Outcome> {
  const body = {
    helperPersonId: turn.person?.id ?? "",
    phone,
    districtCode,
    ...(need ? { need } : {}),
    ...(name ? { name: name.slice(0, 80) } : {}),
  };
  try {
    await turn.kit.call(runErrand, { body }, turn.step("errand"));
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
    const text = refusals[error.code];
    if (!text) throw error;
    return say(text);
  }
  const { language } = turn;
  return say(need ? "errand_asked" : "errand_asked_registration", {
    phone: readablePhone(phone),
    need: need ? describeNeed(need, language) : phrase("registration", {}, language),
  });
}
