import type { openConversation as contract } from "@minka/contracts/conversations";
import type { HandlerAnswer, HandlerInput } from "@minka/contracts/endpoint";
import { contactCards, identifyPhone } from "@minka/contracts/profiles";
import type { CallContext } from "@minka/http/mount-endpoint";
import type { ServiceKit } from "@minka/service/define-service";
import { eq } from "@minka/database/query";
import { isOptedOut } from "../sending/opt-outs.ts";
import { conversations } from "../tables.ts";
import { readSummaries, summaryView } from "./list-conversations.ts";
import { readMessages, readPlace, writePlace } from "./read-messages.ts";
import { mayBePrivateWord } from "./private-answers.ts";
import { noSuchConversation, recordAct } from "./take-over.ts";

type Kit = Pick<ServiceKit, "db" | "clock" | "call" | "environment">;
type Input = HandlerInput<typeof contract>;

/** Of a phone that several people use an operator sees what they may be asking about now, and no more. */
const sharedMs = 24 * 60 * 60_000;

/** What a phone and Minka wrote, the newest first; who looked is kept. Throws `conversation-not-found` (404). */
export async function openConversation(
  kit: Kit,
  { actor, trace }: Pick<CallContext, "actor" | "trace">,
  { conversationId, cursor, limit }: Input["params"] & Input["query"],
): Promise<HandlerAnswer<typeof contract>> {
  const { db, clock, call } = kit;
  const before = cursor === undefined ? undefined : readPlace(cursor);
  const [row] = await readSummaries(db.read, eq(conversations.id, conversationId), 1);
  if (!row) throw noSuchConversation();
  const { phone } = row;
  const { shared } = await call(identifyPhone, { body: { phone } }, { trace });
  const at = clock();
  const since = shared ? new Date(at.getTime() - sharedMs) : undefined;
  const found = await db.transaction(async (tx) => {
    await recordAct(tx, { actor, at, trace }, "opened-conversation", conversationId);
    return readMessages(tx, { of: { phone }, since, before, limit: limit + 1 });
  });
  const shown = found.slice(0, limit);
  const last = shown.at(-1);
  const optedOut = await isOptedOut(db.read, kit.environment, phone);
  const names = await namesOf(
    kit,
    shown.flatMap(({ operatorId }) => operatorId ?? []),
    trace,
  );
  return {
    conversation: { ...summaryView(row, optedOut), shared },
    messages: {
      items: shown.map(({ id, direction, at: written, text, operatorId, state, unanswered }) => ({
        id,
        direction,
        at: written.toISOString(),
        text: shared && direction === "in" && text !== null && mayBePrivateWord(text) ? null : text,
        operator: operatorId ? { personId: operatorId, name: names.get(operatorId) ?? null } : null,
        state,
        unanswered,
      })),
      next: last && found.length > limit ? writePlace(last) : null,
    },
  };
}

async function namesOf(
  { call }: Kit,
  operatorIds: readonly string[],
  trace: string,
): Promise<ReadonlyMap<string, string | null>> {
  const personIds = [...new Set(operatorIds)];
  if (personIds.length === 0) return new Map();
  const { contacts } = await call(contactCards, { body: { personIds } }, { trace });
  return new Map(contacts.map(({ personId, name }) => [personId, name]));
}
