import { foldToGsm7 } from "@minka/language/gsm7";
import { readMenuNumbers } from "@minka/language/read-menu-numbers";
import { and, count, eq, gte } from "@minka/database/query";
import { outboundMessages } from "../tables.ts";
import type { Outcome, Turn } from "./turn.ts";

/** What a message picks from a numbered list: a number, which may be none of it; several; or nothing by number. */
export type Picked = number | "several" | null;

export function picked(text: string): Picked {
  const numbers = readMenuNumbers(text);
  if (!numbers) return null;
  const [only, ...more] = numbers;
  return more.length > 0 ? "several" : (only ?? null);
}

/** A number that is not on the list: the list once more, which they may not have at hand, and then only the hint. */
export async function offTheMenu(turn: Turn, hint: Outcome): Promise<Outcome> {
  const { prompt, kit, phone } = turn;
  if (!prompt?.openedAt || prompt.text === "") return hint;
  const [put] = await kit.db.read
    .select({ times: count() })
    .from(outboundMessages)
    .where(
      and(
        eq(outboundMessages.phone, phone),
        eq(outboundMessages.body, foldToGsm7(prompt.text)),
        gte(outboundMessages.createdAt, prompt.openedAt),
      ),
    );
  return (put?.times ?? 0) < 2 ? { say: [prompt.text] } : hint;
}
