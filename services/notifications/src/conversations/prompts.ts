import { newId } from "@minka/database/new-id";
import type { Database, Queries, Transaction } from "@minka/database/connect";
import type { Context } from "@minka/language/interpret";
import { renderLine, type Line } from "@minka/language/texts";
import {
  and,
  asc,
  desc,
  eq,
  gt,
  inArray,
  isNotNull,
  isNull,
  notInArray,
  like,
  lte,
  or,
} from "@minka/database/query";
import { readTakeover } from "../desk/taken-over.ts";
import { enqueueMessage } from "../sending/enqueue-message.ts";
import { anybodys, ownerOf } from "../speakers/thread-of.ts";
import { currentSpeaker } from "../speakers/who-speaks.ts";
import { conversations, prompts } from "../tables.ts";
import { aboutOf, askedOnce, asksTheSame } from "./same-question.ts";
import type { PromptKind, PromptSubject } from "./prompt-kinds.ts";
import { asksIfPaid } from "./payment-question.ts";
import { displaces, precedence } from "./prompt-precedence.ts";
import type { Turn } from "./turn.ts";
import { asksYesOrNo, isPrivate } from "../credit/credit-questions.ts";

export type Prompt = typeof prompts.$inferSelect;

/** A question to put, with the text that puts it. */
export type Question = {
  subject: PromptSubject;
  text: Line;
  expiresAt: Date;
  /** At a shared phone, whom it is for: nobody else is shown it, and it waits until they say their word. */
  personId?: string | null;
  /** Put also to a phone that wants no messages: it has just asked for it. */
  reply?: boolean;
};

/** How the interpreter should read an answer to a question. */
export function contextOf(prompt: Prompt | undefined): Context {
  if (!prompt) return "idle";
  const contexts: Record<PromptKind, Context> = {
    consent: "confirming",
    place: "idle",
    needs: "choosing",
    choice: "choosing",
    attendance: "confirming",
    offer: "offered",
    outcome: "confirming",
    visit: "confirming",
    confirmation: "confirming",
    organizations: "choosing",
    pools: "choosing",
    "pool-packs": "choosing",
    lots: "choosing",
    "lot-amount": "choosing",
    sure: "confirming",
    "call-off": "choosing",
    payment: "choosing",
    credit: "choosing",
    "credit-refusal": "choosing",
    joining: "confirming",
    leaving: "confirming",
    speaker: "choosing",
    newcomer: "idle",
    block: "confirming",
    erasure: "confirming",
    rating: "rating",
    quote: "offered",
    rework: "offered",
    help: "confirming",
  };
  if (prompt.subject.kind === "place" && prompt.subject.options.length > 0) return "choosing";
  if (prompt.subject.kind === "leaving" && prompt.subject.membershipIds.length > 1) return "choosing";
  if (prompt.subject.kind === "credit" && asksYesOrNo(prompt.subject)) return "confirming";
  if (prompt.subject.kind === "payment" && asksIfPaid(prompt.subject)) return "confirming";
  return contexts[prompt.kind];
}

export async function openPrompt(db: Database, phone: string): Promise<Prompt | undefined> {
  const [prompt] = await db.read
    .select()
    .from(prompts)
    .where(and(eq(prompts.phone, phone), eq(prompts.state, "open")));
  return prompt;
}

/** What these phones are asked, or wait to be asked. */
export async function readUnanswered(db: Database, phones: readonly string[]): Promise<Prompt[]> {
  if (phones.length === 0) return [];
  return db.read
    .select()
    .from(prompts)
    .where(and(inArray(prompts.phone, [...phones]), inArray(prompts.state, ["open", "waiting"])))
    .orderBy(asc(prompts.id));
}

/**
 * The question that lapsed last, for someone who answers it too late; `calledOff` counts those that ended
 * before their time, of which the phone was told.
 */
export async function lastLapsed(
  { kit, phone, now, person }: Pick<Turn, "kit" | "phone" | "now" | "person">,
  { kinds, since, calledOff = false }: { kinds: readonly PromptKind[]; since: Date; calledOff?: boolean },
): Promise<Prompt | undefined> {
  const [prompt] = await kit.db.read
    .select()
    .from(prompts)
    .where(
      and(
        eq(prompts.phone, phone),
        inArray(prompts.kind, [...kinds]),
        gt(prompts.expiresAt, since),
        isNotNull(prompts.openedAt),
        // What another of the phone's people was asked is not theirs to answer.
        person ? or(isNull(prompts.personId), eq(prompts.personId, person.id)) : isNull(prompts.personId),
        // The timer may not have come round to it.
        inArray(prompts.state, ["open", "expired"]),
        calledOff
          ? or(eq(prompts.state, "expired"), lte(prompts.expiresAt, now))
          : lte(prompts.expiresAt, now),
      ),
    )
    .orderBy(desc(prompts.expiresAt))
    .limit(1);
  return prompt;
}

export type Moment = {
  at: Date;
  trace: string;
  /** Among whose messages the question is kept, where it is known better than by whom it is for; null: nobody's. */
  threadOf?: string | null;
};

/**
 * Puts a question to a phone, or lines it up behind the one that is open. The caller's transaction must
 * already hold the conversation's row (`lockConversation` or `lockHeld`). It is kept in the language of whom it is for.
 */
export async function putQuestion(
  tx: Transaction,
  phone: string,
  question: Question,
  { at, trace, threadOf }: Moment,
  language: string,
): Promise<void> {
  const { subject, expiresAt, personId = null, reply = false } = question;
  const told = ownerOf({ kind: subject.kind, personId }, threadOf);
  const text = renderLine(question.text, language);
  const about = aboutOf(subject, personId);
  const [before] = await tx
    .select()
    .from(prompts)
    .where(and(eq(prompts.phone, phone), eq(prompts.state, "open")));
  const same = before?.about === about;
  const open = same ? undefined : before;
  const speaker = await readSpeaker(tx, phone, at);
  const first =
    // While an operator has the conversation in hand every question rests.
    !(await readTakeover(tx, phone)) &&
    concerns({ personId }, speaker) &&
    (!open || !concerns(open, speaker) || displaces(subject.kind, open.kind));
  if (first && same && asksTheSame(before.subject, subject)) {
    await tx.update(prompts).set({ subject, text, expiresAt }).where(eq(prompts.id, before.id));
    await enqueueMessage(tx, { phone, text, at, trace, expiresAt, reply, personId: told });
    return;
  }
  await close(tx, phone, about, "answered");
  if (open && first) {
    const after = askedOnce(open.subject)
      ? ({ state: "expired", text: "" } as const)
      : { state: "waiting" as const };
    await tx.update(prompts).set(after).where(eq(prompts.id, open.id));
  }
  const messageId = first
    ? await enqueueMessage(tx, { phone, text, at, trace, expiresAt, reply, personId: told })
    : null;
  await tx.insert(prompts).values({
    id: newId(),
    phone,
    personId,
    kind: subject.kind,
    subject,
    about,
    state: first ? "open" : "waiting",
    text,
    createdAt: at,
    openedAt: first ? at : null,
    messageId,
    expiresAt,
    trace,
  });
}

/**
 * What was asked while a phone had one person is that person's, also when others join: nobody else is shown it or
 * answers it. `personId` is looked for only where something was asked.
 */
export async function keepQuestionsFor(
  queries: Queries,
  phone: string,
  personId: () => Promise<string | undefined>,
): Promise<void> {
  const orphans = and(
    eq(prompts.phone, phone),
    isNull(prompts.personId),
    inArray(prompts.state, ["open", "waiting"]),
    notInArray(prompts.kind, [...anybodys]),
  );
  const asked = await queries.select().from(prompts).where(orphans);
  const owner = asked.length > 0 ? await personId() : undefined;
  if (!owner) return;
  // Without a word anybody of the house may take the phone for them: they come back to it once they have one.
  const hidden = asked.filter(({ subject }) => isPrivate(subject)).map(({ id }) => id);
  if (hidden.length > 0)
    await queries.update(prompts).set({ state: "expired", text: "" }).where(inArray(prompts.id, hidden));
  await queries.update(prompts).set({ personId: owner }).where(orphans);
}

/** Whether a question may be put while this person holds the phone; null when none of its people has said so. */
function concerns({ personId }: Pick<Prompt, "personId">, speaker: string | null): boolean {
  return personId === null || personId === speaker;
}

async function readSpeaker(tx: Transaction, phone: string, at: Date): Promise<string | null> {
  const [conversation] = await tx.select().from(conversations).where(eq(conversations.phone, phone));
  return conversation ? currentSpeaker(conversation, at) : null;
}

/** Closes a question. Whoever closes one puts another, or calls `putNext`. */
export async function closePrompt(
  tx: Transaction,
  prompt: Pick<Prompt, "id">,
  state: "answered" | "expired",
): Promise<void> {
  await tx.update(prompts).set({ state, text: "" }).where(eq(prompts.id, prompt.id));
}

/** Closes whatever is asked of a phone about something that is over, such as a cancelled request. */
export async function closePromptsAbout(
  tx: Transaction,
  phone: string,
  requestId: string,
  moment: Moment,
): Promise<void> {
  await close(tx, phone, `request:${requestId}:%`, "expired");
  await putNext(tx, phone, moment);
}

/** Closes the question whether a visit took place, or how it was. */
export async function closeVisitPrompt(
  tx: Transaction,
  phone: string,
  visit: { requestId: string; engagementId: string },
  moment: Moment,
): Promise<void> {
  await close(tx, phone, aboutOf({ kind: "outcome", ...visit }), "answered");
  await putNext(tx, phone, moment);
}

async function close(
  tx: Transaction,
  phone: string,
  about: string,
  state: "answered" | "expired",
): Promise<void> {
  await tx
    .update(prompts)
    .set({ state, text: "" })
    .where(
      and(eq(prompts.phone, phone), inArray(prompts.state, ["open", "waiting"]), like(prompts.about, about)),
    );
}

/** Puts the oldest of the most pressing questions that wait, unless one is open. */
export async function putNext(
  tx: Transaction,
  phone: string,
  { at, trace, threadOf }: Moment,
): Promise<void> {
  if (await readTakeover(tx, phone)) return;
  const alive = await tx
    .select()
    .from(prompts)
    .where(
      and(eq(prompts.phone, phone), inArray(prompts.state, ["open", "waiting"]), gt(prompts.expiresAt, at)),
    )
    .orderBy(asc(prompts.createdAt), asc(prompts.id));
  const speaker = await readSpeaker(tx, phone, at);
  const open = alive.find(({ state }) => state === "open");
  if (open && concerns(open, speaker)) return;
  const [next] = alive
    .filter((prompt) => concerns(prompt, speaker))
    .toSorted((a, b) => precedence[b.kind] - precedence[a.kind]);
  if (!next) return;
  if (open) await tx.update(prompts).set({ state: "waiting" }).where(eq(prompts.id, open.id));
  const messageId = await enqueueMessage(tx, {
    phone,
    text: next.text,
    at,
    trace: next.trace || trace,
    expiresAt: next.expiresAt,
    personId: ownerOf(next, threadOf),
  });
  await tx.update(prompts).set({ state: "open", openedAt: at, messageId }).where(eq(prompts.id, next.id));
}

/** Says the open question once more, to someone who may not have got it. */
export async function repeatOpen(
  tx: Transaction,
  phone: string,
  { at, trace, threadOf }: Moment,
): Promise<void> {
  const [open] = await tx
    .select()
    .from(prompts)
    .where(and(eq(prompts.phone, phone), eq(prompts.state, "open"), gt(prompts.expiresAt, at)));
  if (!open) return;
  const { text, expiresAt } = open;
  const personId = ownerOf(open, threadOf);
  const messageId = await enqueueMessage(tx, { phone, text, at, trace, expiresAt, personId });
  await tx.update(prompts).set({ messageId }).where(eq(prompts.id, open.id));
}

/** Forgets what someone came for who does not agree that it is kept. */
export async function blankSubjects(tx: Transaction, phone: string): Promise<void> {
  await tx
    .update(prompts)
    .set({ subject: { kind: "consent", need: null, districtCode: null, places: [], name: null } })
    .where(and(eq(prompts.phone, phone), eq(prompts.kind, "consent")));
}
