import { giveConsent, withdrawConsent } from "@minka/contracts/people";
import { openDataFile, requestErasure } from "@minka/contracts/personal-data";
import type { Person } from "@minka/contracts/profiles";
import { foldCase } from "@minka/language/fold";
import { phrase, renderText, said, type Line } from "@minka/language/texts";
import { mayBeTold } from "../credit/may-hear.ts";
import { consentVersion } from "./answer-need.ts";
import { fitSegments, placeName, shortName } from "./say-match.ts";
import { hoursFrom, say, type Outcome, type Turn } from "./turn.ts";

/** How long the question whether to erase waits: not so long that a later SI is taken for an answer to it. */
const questionHours = 24;

const erase =
  /\b(borr|elimin|suprim)\w*\b[^.?]*\b(mis? datos?|mi (numero|registro|informacion|cuenta|nombre)|todo lo mio)\b/;
const bareErase = /^\W*(borrar|borrenme|borreme|borrame|eliminar)\W*$/;
const withdraw =
  /\bno (quiero|deseo|acepto)\b[^.?]*\b(guard|teng|us|manej)\w*\b[^.?]*\bmis? datos?\b|\bya no (guard|teng|us)\w*\b[^.?]*\bmis? datos?\b|\bretir\w* mi (permiso|consentimiento|autorizacion)\b/;
const show =
  /^\W*((quiero|deseo|puedo|ver|saber|conocer|deme|denme|dame|manden?me|envien?me|pido|solicito|todos|cuales son|que son|por favor|porfa|xfa|favor)\W+)*mis datos( personales)?(\W+(por favor|porfa|xfa|gracias))?\W*$|\b(que|cuales) (datos|informacion) (mios |mia )?(tiene|guarda|hay)\w*\b/;

const correct =
  /\b(corregir|corrija\w*|corrijan|actualizar|cambiar|rectificar)\b[^.?]*\bmis datos\b|\bmi (nombre|distrito|dni|direccion)\b[^.?]*\b(esta mal|no es|equivocad\w*)\b|\bmi dni es\b/;
const bulletins = /\bboletin(es)?\b/;
const refusal = /\b(no|ya no|deje\w*|basta|quitar?\w*|retir\w*)\b/;

/** Whether a message asks to be erased: no BAJA, which only ends the messages. */
export function wantsErasure(text: string): boolean {
  return erase.test(foldCase(text.slice(0, 300)));
}

/**
 * What Ley 29733 gives everybody, by SMS too: "mis datos", "borren mis datos", "ya no quiero que guarden mis datos".
 * It works in every state, also for who wants no messages. At a shared phone it is first asked who writes, and all of it
 * is shown and erased only for who has a private word.
 */
export async function answerOwnData(turn: Turn): Promise<Outcome | null> {
  if (turn.shared && !turn.person) return null;
  const said = foldCase(turn.text.slice(0, 300));
  if (erase.test(said)) return turn.person ? askErasure(turn) : nothingKept(turn);
  // To the question of consent it is a no like any other.
  if (withdraw.test(said) && turn.prompt?.kind !== "consent")
    return turn.person ? askWhichWay(turn) : nothingKept(turn);
  // BORRAR alone may mean the messages or everything; it is an answer where that was asked.
  if (bareErase.test(said) && turn.prompt?.kind !== "erasure")
    return turn.person ? askWhichWay(turn) : nothingKept(turn);
  if (correct.test(said)) return turn.person ? say("correct_how") : nothingKept(turn);
  if (bulletins.test(said))
    return turn.person?.consented ? settleBulletins(turn, turn.person.id, said) : null;
  if (show.test(said)) return turn.person ? tellOwnData(turn, turn.person) : nothingKept(turn);
  return null;
}

/** Nobody is registered: what was written all the same is blanked. */
function nothingKept(turn: Turn): Outcome {
  return { ...say("own_data_none"), forget: true, answered: turn.prompt?.kind === "consent" };
}

/** A consent of its own: saying no to it leaves everything else as it is. */
async function settleBulletins(turn: Turn, personId: string, said: string): Promise<Outcome> {
  const told = { channel: "sms" as const, at: turn.writtenAt.toISOString() };
  if (refusal.test(said)) {
    const params = { personId, purpose: "bulletins" as const };
    await turn.kit.call(withdrawConsent, { params, body: told }, turn.step("bulletins"));
    return { ...say("bulletins_no"), noBulletins: true };
  }
  const body = { purpose: "bulletins" as const, version: consentVersion, ...told };
  await turn.kit.call(giveConsent, { params: { personId }, body }, turn.step("bulletins"));
  return say("bulletins_yes");
}

async function askErasure(turn: Turn): Promise<Outcome> {
  const { person, shared, language } = turn;
  if (person && !(await mayBeTold(turn, person)))
    return { ...say("own_data_word_first"), answered: turn.prompt?.kind === "erasure" };
  const whose =
    shared && person?.name
      ? phrase("all_of", { name: shortName(person.name, 24) }, language)
      : phrase("all_yours", {}, language);
  return question(turn, "confirm", said("erase_ask", { whose }));
}

function askWhichWay(turn: Turn): Outcome {
  return question(turn, "choose", said("withdraw_ask"));
}

function question(turn: Turn, step: "choose" | "confirm", text: Line): Outcome {
  const personId = turn.person?.id ?? "";
  return {
    ask: {
      subject: { kind: "erasure", personId, step },
      text,
      expiresAt: hoursFrom(turn.now, questionHours),
      reply: true,
    },
    answered: turn.prompt?.kind === "erasure",
  };
}

/** SI erases: from here on nobody is known at the phone, and the last word comes when all is done. */
export async function answerErasure(turn: Turn): Promise<Outcome | null> {
  const subject = turn.prompt?.subject;
  if (subject?.kind !== "erasure") return null;
  const { intent } = turn.heard;
  if (intent === "decline" || intent === "cancel_request") return { ...say("erase_kept"), answered: true };
  const erases = /\b(borr|elimin)/.test(foldCase(turn.text.slice(0, 200)));
  if (intent === "opt_out" && !erases) return { ...say("opted_out"), optOut: true, answered: true };
  if (subject.step === "choose") {
    if (erases) return askErasure(turn);
    return intent === "unknown" || intent === "confirm" ? { ...say("withdraw_again"), puzzled: true } : null;
  }
  if (erases) return { ...say("erase_again"), puzzled: true };
  if (intent === "unknown") return { ...say("erase_again"), puzzled: true };
  if (intent !== "confirm") return null;
  const params = { personId: subject.personId };
  await turn.kit.call(requestErasure, { params, body: {} }, turn.step("erase"));
  return { answered: true };
}

async function tellOwnData(turn: Turn, person: Person): Promise<Outcome> {
  const { id: personId } = person;
  if (!(await mayBeTold(turn, person))) return say("own_data_word_first");
  const { token, organizations, requests } = await turn.kit.call(
    openDataFile,
    { params: { personId }, body: {} },
    turn.step("data-file"),
  );
  const publicUrl = turn.kit.environment["PUBLIC_URL"]?.replace(/\/+$/, "");
  const place = turn.person?.districtCode
    ? placeName(turn.person.districtCode)
    : phrase("no_district", {}, turn.language);
  const counts = { place, organizations, requests };
  const name = turn.person?.name ?? phrase("no_name", {}, turn.language);
  if (!publicUrl) {
    const text = fitSegments(
      (longest) =>
        renderText("own_data_person", { ...counts, name: shortName(name, longest) }, turn.language),
      [40, 30, 20],
    );
    return { say: [text], attention: "human_wanted" };
  }
  const link = `${publicUrl}/mis-datos/${token}`;
  const secret = fitSegments(
    (longest) =>
      renderText("own_data_link", { ...counts, link, name: shortName(name, longest) }, turn.language),
    [40, 30, 20],
  );
  return { secret };
}
