import { readBrokeringNews, type BrokeringNewsKind } from "@minka/contracts/brokering-news";
import { brokeringConfirmations } from "@minka/contracts/confirmations";
import { DomainError } from "@minka/domain/errors";
import type { App } from "@minka/http/app";
import { mountEndpoint } from "@minka/http/mount-endpoint";
import type { ServiceKit } from "@minka/service/define-service";
import type { AskedKind, Asking } from "./asking.ts";
import type { NewsReader } from "./news.ts";

/** Who asks: each noun words its own questions. */
const askings: Partial<Record<AskedKind, Asking>> = {};

/** Who tells. */
const readers: Partial<Record<BrokeringNewsKind, NewsReader>> = {};

/** What people are asked and told by SMS: in which words, and what an answer does. */
export function tellingRoutes(app: App, kit: ServiceKit): void {
  mountEndpoint(app, brokeringConfirmations.read, async ({ params: { kind, id } }, { trace }) => {
    const question = await askingOf(kind).readQuestion(kit, id, trace);
    return { question: question && { ...question, expiresAt: question.expiresAt.toISOString() } };
  });
  mountEndpoint(app, brokeringConfirmations.answer, ({ params: { kind, id }, body }, context) =>
    askingOf(kind).answerQuestion(kit, context, { ...body, id, at: new Date(body.at) }),
  );
  mountEndpoint(app, readBrokeringNews, async ({ body }, { trace }) => {
    const told = await readerOf(body.kind)(kit, { ...body, trace });
    return { news: told.map((each) => ({ ...each, until: each.until?.toISOString() ?? null })) };
  });
}

function askingOf(kind: AskedKind): Asking {
  const asking = askings[kind];
  if (!asking) throw new DomainError("not-found", "no-such-question", "Nobody is asked this.");
  return asking;
}

function readerOf(kind: BrokeringNewsKind): NewsReader {
  const reader = readers[kind];
  if (!reader) throw new DomainError("not-found", "no-such-news", "Nobody is told this.");
  return reader;
}
