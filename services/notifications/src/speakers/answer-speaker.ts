import { joinPhone, listSharers, setPrivateWord } from "@minka/contracts/shared-phones";
import { readPerson, type Person } from "@minka/contracts/profiles";
import { DomainError } from "@minka/domain/errors";
import { foldCase } from "@minka/language/fold";
import { interpret, type Interpretation } from "@minka/language/interpret";
import { readCourtesy } from "@minka/language/read-courtesy";
import { phrase, said } from "@minka/language/texts";
import { isUsualName } from "@minka/language/understanding/person-names";
import { and, desc, eq, inArray, lte } from "@minka/database/query";
import { askedInstead } from "../conversations/ask-sure.ts";
import { contextOf, type Prompt } from "../conversations/prompts.ts";
import { shortName } from "../conversations/say-match.ts";
import { hoursFrom, say, type Outcome, type Turn } from "../conversations/turn.ts";
import { consentVersion } from "../conversations/answer-need.ts";
import { inboundMessages, prompts } from "../tables.ts";
import { hasWaiting } from "./hold-message.ts";
import { completes, isCalled, saidName } from "./said-name.ts";

const questionHours = 2;
/** As long as profiles takes a name. */
const longestName = 80;

const somebodyElse =
  /\b(soy|es|escribe|habla|somos)\s+(otra|otro|dos|varias|varios)(\s+personas?)?\b|^\s*otra persona\b|\bcompart(o|imos)\s+(el|este|mi)?\s*(celular|telefono|numero)/;

/** "Soy otra persona": whoever uses a phone that is somebody else's gets a space of their own on it. */
export function answerNewcomer(
  answer: (turn: Turn) => Promise<Outcome>,
): (turn: Turn) => Promise<Outcome | null> {
  return async (turn) => {
    const subject = turn.prompt?.subject;
    if (subject?.kind === "newcomer") {
      if (!turn.heard.intent.startsWith("request_")) return join(turn, subject.name);
      // A need of somebody whose name is known already is not to become the first person's.
      if (subject.name) return askWord(turn, subject.name);
      return { ...(await answer({ ...turn, prompt: undefined, asking: undefined })), answered: true };
    }
    if (!turn.phoneKnown || !somebodyElse.test(foldCase(turn.text.slice(0, 200)))) return null;
    return askedInstead(turn, askNewcomer(turn));
  };
}

function askNewcomer(turn: Turn): Outcome {
  return {
    ask: {
      subject: { kind: "newcomer" },
      text: said("newcomer"),
      expiresAt: hoursFrom(turn.now, questionHours),
    },
  };
}

/** "Rosa luna": the name, and last the word; the word alone when the name is known already. */
async function join(turn: Turn, known: string | undefined): Promise<Outcome | null> {
  const { intent } = turn.heard;
  const refuses = /^\W*(mejor\s+)?no(\s+gracias)?\W*$/i.test(turn.text);
  if (refuses || intent === "decline" || intent === "cancel_request")
    return { ...say("cancelled_question"), answered: true };
  if (intent === "ask_status") return null;
  // "PALABRA lucero" is how a word is set otherwise.
  const said = turn.text.trim();
  const bare = said.replace(/^(mi\s+)?palabra(\s+(es|secreta))*\b/i, "").trim();
  const words = bare.split(/\s+/);
  const word = words.pop() ?? "";
  const given = words.join(" ").slice(0, longestName);
  const name = given || known;
  const isName = bare === said && isUsualName(word) && (given || !known);
  if (!name) return isName ? askWord(turn, word) : { ...say("newcomer_again"), puzzled: true, conceal: true };
  const consent = { version: consentVersion, channel: "sms" as const, at: turn.writtenAt.toISOString() };
  try {
    const { person } = await turn.kit.call(
      joinPhone,
      { body: { phone: turn.phone, name, word, consent } },
      turn.step("join"),
    );
    const done = say("newcomer_done", { name });
    return { ...done, answered: true, speaker: person.id, joins: true, conceal: true };
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
    // "Maria Tuanama" is a name, of which nothing is a word that does not fit.
    if (error.code === "word-unfit" && isName) return askWord(turn, bare.slice(0, longestName));
    if (error.code === "word-unfit") return { ...say("newcomer_word_unfit"), puzzled: true, conceal: true };
    if (error.code === "phone-full")
      return { ...say("human"), answered: true, conceal: true, attention: "human_wanted" };
    throw error;
  }
}

function askWord(turn: Turn, name: string): Outcome {
  return {
    ask: {
      subject: { kind: "newcomer", name },
      text: said("newcomer_word_missing", { name: shortName(name, 40) }),
      expiresAt: hoursFrom(turn.now, questionHours),
    },
    conceal: true,
  };
}

const newWord = /^\s*(?:mi\s+)?palabra(?:\s+(?:es|secreta))*\s+(\S+)\s*$/i;

/** Whether a message sets a private word, which nobody else is to read. */
export function setsWord(text: string): boolean {
  return newWord.test(text);
}

/** "PALABRA luna": a word, or another one, for who is writing. */
export async function answerNewWord(turn: Turn): Promise<Outcome | null> {
  const asked = newWord.exec(turn.text)?.[1];
  if (!asked || !turn.person) return null;
  try {
    const params = { personId: turn.person.id };
    await turn.kit.call(
      setPrivateWord,
      { params, body: { phone: turn.phone, word: asked } },
      turn.step("word"),
    );
    return { ...say("word_set"), conceal: true };
  } catch (error) {
    if (!(error instanceof DomainError) || error.code !== "word-unfit") throw error;
    return { ...say("newcomer_word_unfit"), conceal: true };
  }
}

/**
 * At a shared phone nothing is answered until it is known who writes; then the message that came before is taken up,
 * as if its writer had said so at once.
 */
export function answerSpeaker(
  answer: (turn: Turn) => Promise<Outcome>,
): (turn: Turn) => Promise<Outcome | null> {
  return async (turn) => {
    if (!turn.shared) return null;
    const asked = turn.prompt?.subject.kind === "speaker" ? turn.prompt.subject : undefined;
    if (turn.person) {
      if (asked) return takeUp(turn, turn.person, asked.messageId, answer);
      if (turn.saidWord && turn.text.trim() === "") return greet(turn, turn.person);
      return answerName(turn, turn.person, answer);
    }
    // What is no answer may be the word with a letter wrong.
    if (turn.blocked) return { ...say("speaker_blocked"), puzzled: true, conceal: asked !== undefined };
    if (!asked) return (await answerName(turn, null, answer)) ?? askWho(turn);
    const { people } = await turn.kit.call(
      listSharers,
      { body: { phone: turn.phone } },
      turn.step("sharers"),
    );
    const name = saidName(turn.text)?.name ?? turn.text;
    const called = people.filter((sharer) => !sharer.hasWord && isCalled(sharer.name, name));
    const number = Number(/^\s*([1-9])\s*\.?\s*$/.exec(turn.text)?.[1] ?? 0);
    const chosen = asked.personIds[number - 1] ?? (called.length === 1 ? called[0]?.personId : undefined);
    if (!chosen) return { ...say("speaker_again"), puzzled: true, conceal: true };
    if (people.some(({ personId, hasWord }) => personId === chosen && hasWord))
      return { ...say("speaker_word_needed"), puzzled: true };
    const { person } = await turn.kit.call(readPerson, { params: { personId: chosen } }, turn.step("who"));
    return takeUp(turn, person, asked.messageId, answer);
  };
}

/**
 * "Soy Juan" at a shared phone names who writes and renames nobody: Juan goes on where he has no word, and is asked for
 * it where he has one. A name that is none of theirs is another person's.
 */
async function answerName(
  turn: Turn,
  speaking: Person | null,
  answer: (turn: Turn) => Promise<Outcome>,
): Promise<Outcome | null> {
  const named = saidName(turn.text);
  if (!named) return null;
  const nameless = withoutName(speaking ? turn.heard : interpret(turn.text, "idle"));
  if (speaking && isCalled(speaking.name, named.name)) {
    if (completes(speaking.name, named)) return null;
    // What else is in it counts; the rest of their name stays.
    return named.alone ? hello(speaking) : answer({ ...turn, heard: nameless, shared: false });
  }
  const { people } = await turn.kit.call(listSharers, { body: { phone: turn.phone } }, turn.step("sharers"));
  const called = people.filter(
    ({ personId, name }) => personId !== speaking?.id && isCalled(name, named.name),
  );
  const [only] = called;
  if (!only) return speaking?.name && named.presented && named.alone ? askNewcomer(turn) : null;
  if (called.length > 1 || only.hasWord) return { ...(await askWho(turn)), speaker: null };
  const { person } = await turn.kit.call(
    readPerson,
    { params: { personId: only.personId } },
    turn.step("named"),
  );
  if (named.alone) return { ...(await greet(turn, person)), speaker: person.id };
  const asThem = { ...turn, person, heard: nameless, prompt: undefined, asking: undefined, shared: false };
  return { ...(await answer(asThem)), speaker: person.id };
}

function withoutName(heard: Interpretation): Interpretation {
  const { name: _name, ...slots } = heard.slots;
  return { ...heard, slots };
}

async function askWho(turn: Turn): Promise<Outcome> {
  const { people } = await turn.kit.call(listSharers, { body: { phone: turn.phone } }, turn.step("sharers"));
  // Only those without a word are named: the others' names are no help to who does not know the word.
  const wordless = people.filter(({ hasWord }) => !hasWord);
  const options = wordless
    .map(({ name }, index) => `${index + 1} ${shortName(name ?? phrase("first_user"), 18)}`)
    .join("\n");
  return {
    ask: {
      subject: {
        kind: "speaker",
        messageId: turn.messageId,
        personIds: wordless.map(({ personId }) => personId),
      },
      text: options ? said("speaker_options", { options }) : said("speaker"),
      expiresAt: hoursFrom(turn.now, questionHours),
    },
  };
}

async function greet(turn: Turn, person: Person): Promise<Outcome> {
  const waits = await hasWaiting(turn.kit.db, turn.phone, person.id, turn.now);
  return waits ? { speaker: person.id } : { ...hello(person), speaker: person.id };
}

function hello({ name }: Person): Outcome {
  return name ? say("speaker_known", { name }) : say("speaker_known_nameless");
}

/** The message from before the question, read as the answer to whatever its writer had been asked by then. */
async function takeUp(
  turn: Turn,
  person: Person,
  messageId: string,
  answer: (turn: Turn) => Promise<Outcome>,
): Promise<Outcome> {
  const [before] = await turn.kit.db.read
    .select({ body: inboundMessages.body, receivedAt: inboundMessages.receivedAt })
    .from(inboundMessages)
    .where(eq(inboundMessages.id, messageId));
  const text = before?.body ?? "";
  const settled = { answered: true, speaker: person.id };
  // "Soy Juan" has had its answer by now.
  if (text.trim() === "" || readCourtesy(text) !== null || (person.name && saidName(text)?.alone))
    return { ...(await greet(turn, person)), ...settled };
  const prompt = before && (await askedBefore(turn, person.id, before.receivedAt));
  const heard = interpret(text, contextOf(prompt));
  const outcome = await answer({ ...turn, person, text, heard, prompt, shared: false });
  return {
    ...outcome,
    ...settled,
    ...(outcome.conceal ? { concealBefore: messageId } : {}),
    ...(outcome.left ? { leftBefore: messageId } : {}),
    ...(outcome.answered && prompt ? { settles: prompt } : {}),
  };
}

async function askedBefore(turn: Turn, personId: string, before: Date): Promise<Prompt | undefined> {
  const [prompt] = await turn.kit.db.read
    .select()
    .from(prompts)
    .where(
      and(
        eq(prompts.phone, turn.phone),
        eq(prompts.personId, personId),
        inArray(prompts.state, ["open", "waiting"]),
        lte(prompts.openedAt, before),
      ),
    )
    .orderBy(desc(prompts.openedAt))
    .limit(1);
  return prompt && prompt.expiresAt > before ? prompt : undefined;
}
