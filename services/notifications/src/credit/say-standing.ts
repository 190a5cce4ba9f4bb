import type { readCreditStanding } from "@minka/contracts/credit-standings";
import type { Credit } from "@minka/contracts/credits";
import type { Answer } from "@minka/contracts/endpoint";
import { limaDay } from "@minka/domain/lima-time";
import { formatSoles } from "@minka/domain/money";
import { sayDueDay } from "@minka/language/say-due-day";
import { renderText, sayDeadline } from "@minka/language/texts";
import { shortName } from "../conversations/say-match.ts";
import type { Turn } from "../conversations/turn.ts";

type Standing = Answer<typeof readCreditStanding>;

/** Where a credit stands: who has to do the next thing and until when, and what is owed. */
export function sayStanding(
  { now, language }: Pick<Turn, "now" | "language">,
  credit: Credit,
  { waitsFor, until, guarantee, handedOver }: Standing,
): string {
  const amount = formatSoles(credit.approved?.amountCentimos ?? credit.amountCentimos);
  const lender = shortName(credit.chosen?.lenderName ?? "", 30);
  const deadline = sayDeadline(new Date(until ?? now), now, language);
  switch (credit.state) {
    case "draft":
      if (!credit.chosen) return renderText("credit_status_choosing", { amount }, language);
      if (waitsFor === "organization") return renderText("credit_status_vouch", { amount, lender }, language);
      if (waitsFor === "guarantors") {
        const { agreed, named } = guarantee ?? { agreed: 0, named: 0 };
        return renderText("credit_status_guarantors", { amount, agreed, count: named }, language);
      }
      return renderText("credit_status_unsent", { amount, lender, deadline }, language);
    case "submitted":
    case "in_review":
      return renderText("credit_status_lender", { amount, lender, deadline }, language);
    case "more_asked":
      return renderText("credit_status_more", { amount, lender, deadline }, language);
    case "approved":
      return renderText("credit_status_approved", { amount, lender, deadline }, language);
    case "accepted":
      if (handedOver) {
        const money = formatSoles(handedOver.amountCentimos);
        return renderText("credit_status_handed_over", { amount: money, lender }, language);
      }
      return renderText("credit_status_accepted", { amount, lender, deadline }, language);
    default:
      return sayOwed(credit, { lender, now, language });
  }
}

function sayOwed(
  { state, owedCentimos, instalments }: Credit,
  { lender, now, language }: { lender: string; now: Date; language: string },
): string {
  const next = instalments.find(({ totalCentimos, paidCentimos }) => paidCentimos < totalCentimos);
  const owed = formatSoles(owedCentimos);
  if (!next) return renderText("credit_status_paid", { lender }, language);
  return renderText(
    state === "in_arrears" ? "credit_status_late" : "credit_status_owing",
    {
      lender,
      owed,
      amount: formatSoles(next.totalCentimos - next.paidCentimos),
      day: sayDueDay(next.dueOn, limaDay(now), language),
    },
    language,
  );
}
