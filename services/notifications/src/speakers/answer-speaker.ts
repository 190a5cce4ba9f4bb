import { joinPhone, listSharers, setPrivateWord } from "@minka/contracts/shared-phones";
import { readPerson, type Person } from "@minka/contracts/profiles";
import { DomainError } from "@minka/domain/errors";
import { foldCase } from "@minka/language/fold";
import { interpret } from "@minka/language/interpret";
import { readCourtesy } from "@minka/language/read-courtesy";
import { renderText } from "@minka/language/texts";
import { and, desc, eq, inArray, lte } from "drizzle-orm";
import { contextOf, type Prompt } from "../conversations/prompts.ts";
import { shortName } from "../conversations/say-match.ts";
import { hoursFrom, say, type Outcome, type Turn } from "../conversations/turn.ts";
import { consentVersion } from "../conversations/answer-need.ts";
import { inboundMessages, prompts } from "../tables.ts";
import { hasWaiting } from "./hold-message.ts";

const questionHours = 2;

const somebodyElse =
  /\b(soy|es|escribe|habla|somos)\s+(otra|otro|dos|varias|varios)(\s+personas?)?\b|^\s*otra persona\b|\bcompart(o|imos)\s+(el|este|mi)?\s*(celular|telefono|numero)/;

/** "Soy otra persona": whoever uses a phone that is somebody else's gets a space of their own on it. */
export function answerNewcomer(turn: Turn): Promise<Outcome | null> | Outcome | null {
  if (turn.prompt?.subject.kind === "newcomer") return join(turn);
  if (!turn.phoneKnown || !somebodyElse.test(foldCase(turn.text.slice(0, 200)))) return null;
  return {
    ask: {
      subject: { kind: "newcomer" },
      text: renderText("newcomer"),
      expiresAt: hoursFrom(turn.now, questionHours),
    },
  };
}

/** "Rosa luna": the name, and last the word. */
async function join(turn: Turn): Promise<Outcome | null> {
  if (turn.heard.intent === "decline" || turn.heard.intent === "cancel_request")
    return { ...say("cancelled_question"), answered: true };
  if (turn.heard.intent.startsWith("request_")) return null;
  // "PALABRA lucero" is how a word is set otherwise.
  const words = turn.text
    .trim()
    .replace(/^(mi\s+)?palabra(\s+(es|secreta))*\b/i, "")
    .trim()
    .split(/\s+/);
  const word = words.pop() ?? "";
  const name = words.join(" ").slice(0, 80);
  if (!name) return { ...say("newcomer_again"), puzzled: true, conceal: true };
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
    if (error.code === "word-unfit") return { ...say("newcomer_word_unfit"), puzzled: true, conceal: true };
    if (error.code === "phone-full")
      return { ...say("human"), answered: true, conceal: true, attention: "human_wanted" };
    throw error;
  }
}

/** "PALABRA luna": a word, or another one, for who is writing. */
export async function answerNewWord(turn: Turn): Promise<Outcome | null> {
  const asked = /^\s*(?:mi\s+)?palabra(?:\s+(?:es|secreta))*\s+(\S+)\s*$/i.exec(turn.text)?.[1];
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
      return turn.saidWord && turn.text.trim() === "" ? greet(turn, turn.person) : null;
    }
    if (turn.blocked) return { ...say("speaker_blocked"), puzzled: true };
    if (!asked) return askWho(turn);
    const chosen = asked.personIds[Number(/^\s*([1-9])\s*\.?\s*$/.exec(turn.text)?.[1] ?? 0) - 1];
    if (!chosen) return { ...say("speaker_again"), puzzled: true };
    const { people } = await turn.kit.call(
      listSharers,
      { body: { phone: turn.phone } },
      turn.step("sharers"),
    );
    if (people.some(({ personId, hasWord }) => personId === chosen && hasWord))
      return { ...say("speaker_word_needed"), puzzled: true };
    const { person } = await turn.kit.call(readPerson, { params: { personId: chosen } }, turn.step("who"));
    return takeUp(turn, person, asked.messageId, answer);
  };
}

async function askWho(turn: Turn): Promise<Outcome> {
  const { people } = await turn.kit.call(listSharers, { body: { phone: turn.phone } }, turn.step("sharers"));
  // Only those without a word are named: the others' names are no help to who does not know the word.
  const wordless = people.filter(({ hasWord }) => !hasWord);
  const options = wordless
    .map(({ name }, index) => `${index + 1} ${shortName(name ?? "quien ya lo usaba", 18)}`)
    .join("\n");
  return {
    ask: {
      subject: {
        kind: "speaker",
        messageId: turn.messageId,
        personIds: wordless.map(({ personId }) => personId),
      },
      text: options ? renderText("speaker_options", { options }) : renderText("speaker"),
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
  if (text.trim() === "" || readCourtesy(text) !== null)
    return { ...(await greet(turn, person)), ...settled };
  const prompt = before && (await askedBefore(turn, person.id, before.receivedAt));
  const heard = interpret(text, contextOf(prompt));
  const outcome = await answer({ ...turn, person, text, heard, prompt, shared: false });
  return {
    ...outcome,
    ...settled,
    ...(outcome.conceal ? { concealBefore: messageId } : {}),
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
