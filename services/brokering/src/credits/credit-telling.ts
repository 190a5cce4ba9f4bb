import type { BrokeringNewsKind } from "@minka/contracts/brokering-news";
import {
  endorsementAsking,
  endorsementNews,
  exposureLimitAsking,
} from "../endorsements/endorsement-askings.ts";
import {
  guaranteeAsking,
  guaranteeCalledNews,
  guaranteeLostNews,
  guaranteeNews,
} from "../group-guarantees/guarantee-askings.ts";
import type { AskedKind, Asking } from "../telling/asking.ts";
import { moreAsking } from "./more-asking.ts";
import type { NewsReader } from "../telling/news.ts";
import { historyAsking, originationAsking, reviewAsking, termsAsking } from "./credit-askings.ts";
import {
  creditAnsweredNews,
  creditDraftEndedNews,
  creditDueNews,
  creditKeptBackNews,
  creditRepaidNews,
  creditToldNews,
  creditWaitingNews,
} from "./credit-news.ts";

/** What people are asked of members' credit by SMS. */
export const creditAskings: Partial<Record<AskedKind, Asking>> = {
  "credit-origination": originationAsking,
  "credit-history": historyAsking,
  "credit-review": reviewAsking,
  "credit-more": moreAsking,
  "credit-terms": termsAsking,
  endorsement: endorsementAsking,
  "exposure-limit": exposureLimitAsking,
  guarantee: guaranteeAsking,
};

/** And what they are told. */
export const creditReaders: Partial<Record<BrokeringNewsKind, NewsReader>> = {
  "credit-told": creditToldNews,
  "credit-waiting": creditWaitingNews,
  "credit-answered": creditAnsweredNews,
  "credit-due": creditDueNews,
  "credit-repaid": creditRepaidNews,
  "credit-kept-back": creditKeptBackNews,
  "credit-kept-back-due": creditKeptBackNews,
  "endorsement-waiting": endorsementNews,
  "endorsement-settled": endorsementNews,
  "endorsement-called": endorsementNews,
  "guarantee-settled": guaranteeNews,
  "guarantee-called": guaranteeCalledNews,
  "guarantee-lost": guaranteeLostNews,
  "credit-draft-ended": creditDraftEndedNews,
};
