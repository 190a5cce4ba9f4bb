import type { BrokeringNewsKind } from "@minka/contracts/brokering-news";
import {
  carriedNews,
  collectingNews,
  decidedNews,
  measuredNews,
  pledgeAsking,
  pledgeNews,
  weighedNews,
} from "../pledges/pledge-askings.ts";
import type { AskedKind, Asking } from "../telling/asking.ts";
import type { NewsReader } from "../telling/news.ts";
import { compositionAsking, contractAsking, deliveryAsking, settlementAsking } from "./lot-askings.ts";
import {
  answersOfferNews,
  cancelledNews,
  contractNews,
  deliveryAnsweredNews,
  openedNews,
  quoteMadeNews,
  quoteRefusedNews,
  statementNews,
} from "./lot-news.ts";
import { freeNews, waitingNews } from "./waiting-news.ts";

/** What people are asked of lots by SMS. */
export const lotAskings: Partial<Record<AskedKind, Asking>> = {
  pledge: pledgeAsking,
  "lot-composition": compositionAsking,
  "lot-contract": contractAsking,
  "lot-delivery": deliveryAsking,
  "lot-settlement": settlementAsking,
};

/** And what they are told. */
export const lotNews: Partial<Record<BrokeringNewsKind, NewsReader>> = {
  "lot-opened": openedNews,
  "lot-answers-offer": answersOfferNews,
  "pledge-made": pledgeNews,
  "lot-collecting": collectingNews,
  "contribution-weighed": weighedNews,
  "contribution-measured": measuredNews,
  "contribution-decided": decidedNews,
  "contribution-carried": carriedNews,
  "lot-quote-made": quoteMadeNews,
  "lot-quote-refused": quoteRefusedNews,
  "lot-signed": contractNews,
  "lot-contract-ended": contractNews,
  "lot-delivery-answered": deliveryAnsweredNews,
  "lot-cancelled": cancelledNews,
  "lot-waiting": waitingNews,
  "lot-free": freeNews,
  "statement-ready": statementNews,
};
