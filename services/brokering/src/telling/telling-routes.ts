import { readBrokeringNews, type BrokeringNewsKind } from "@minka/contracts/brokering-news";
import { brokeringConfirmations } from "@minka/contracts/confirmations";
import { DomainError } from "@minka/domain/errors";
import type { App } from "@minka/http/app";
import { mountEndpoint } from "@minka/http/mount-endpoint";
import type { ServiceKit } from "@minka/service/define-service";
import { deliveryAsking, deliveryMissed } from "../deliveries/arrival-news.ts";
import {
  claimAnswered,
  deliveryComing,
  deliveryShort,
  receiptAsking,
  receiptHowMany,
  receiptUnclear,
} from "../deliveries/delivery-news.ts";
import { excessNews, paymentAsking, paymentNews } from "../payments/payment-asking.ts";
import { refundNews } from "../payments/tell-refunds.ts";
import { reminderNews } from "../invitations/reminder-news.ts";
import { lotAskings, lotNews } from "../lots/lot-telling.ts";
import { poolAskings } from "../pools/pool-askings.ts";
import { poolNews } from "../pools/pool-news.ts";
import { creditAskings, creditReaders } from "../credits/credit-telling.ts";
import type { AskedKind, Asking } from "./asking.ts";
import type { NewsReader } from "./news.ts";

/** Who asks: each noun words its own questions. */
const askings: Partial<Record<AskedKind, Asking>> = {
  ...creditAskings,
  ...poolAskings,
  ...lotAskings,
  payment: paymentAsking,
  "credit-received": paymentAsking,
  "pool-receipt": receiptAsking,
  "pool-delivery": deliveryAsking,
};

/** Who tells. */
const readers: Partial<Record<BrokeringNewsKind, NewsReader>> = {
  ...creditReaders,
  ...poolNews,
  ...lotNews,
  ...reminderNews,
  "payment-confirmed": paymentNews,
  "payment-disputed": paymentNews,
  "credit-payment-confirmed": paymentNews,
  "credit-payment-disputed": paymentNews,
  "payment-cancelled": paymentNews,
  "credit-payment-cancelled": paymentNews,
  "payment-excess": excessNews,
  "credit-payment-excess": excessNews,
  "order-refund": refundNews,
  "delivery-coming": deliveryComing,
  "delivery-short": deliveryShort,
  "delivery-missed": deliveryMissed,
  "receipt-how-many": receiptHowMany,
  "receipt-unclear": receiptUnclear,
  "claim-answered": claimAnswered,
};

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
