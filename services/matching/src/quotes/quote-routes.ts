import * as quotes from "@minka/contracts/quotes";
import { rateEngagement as rating } from "@minka/contracts/ratings";
import type { App } from "@minka/http/app";
import { mountEndpoint } from "@minka/http/mount-endpoint";
import type { Means } from "@minka/service/act";
import { rateEngagement } from "../ratings/rate-engagement.ts";
import { answerQuote } from "./answer-quote.ts";
import { makeQuote } from "./make-quote.ts";

/** What the two sides say to each other. */
export function quoteRoutes(app: App, means: Means): void {
  mountEndpoint(app, quotes.makeQuote, (input, context) => makeQuote(means, context, input));
  mountEndpoint(app, quotes.answerQuote, (input, context) => answerQuote(means, context, input));
  mountEndpoint(app, rating, (input, context) => rateEngagement(means, context, input));
}
