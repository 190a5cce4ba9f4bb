import type { CreditState } from "@minka/contracts/credit-words";
import type { Html } from "../../design/html.ts";
import { stateMark } from "../../design/parts.ts";
import { creditMark } from "../credit/say-credit.ts";

/** What the borrower sent is, for the lender, something to look at. */
export const lenderMark = (state: CreditState): Html =>
  state === "submitted" ? stateMark("por revisar", "waiting") : creditMark(state);
