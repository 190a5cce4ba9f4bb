import { readCourtesy } from "@minka/language/read-courtesy";
import { outboundMessages } from "../tables.ts";
import { and, eq, gt } from "@minka/database/query";
import { hoursFrom, say, type Outcome, type Turn } from "./turn.ts";

/** How long after Minka's last word a "gracias" is still about it. */
const stillTalkingHours = 7 * 24;

/**
 * A greeting gets the help. Thanks and "ok" after something that Minka has said get nothing: they end a
 * dialogue, and an answer to them would cost an SMS and ask for another. While a question is open neither
 * comes this far: the question is put again.
 */
export async function answerCourtesy(turn: Turn): Promise<Outcome | null> {
  if (turn.prompt || turn.heard.intent !== "unknown") return null;
  const courtesy = readCourtesy(turn.text);
  if (courtesy === null) return null;
  if (courtesy === "closing" && (await hasJustHeardFromUs(turn))) return {};
  return say("help");
}

async function hasJustHeardFromUs({ kit, phone, now }: Turn): Promise<boolean> {
  const found = await kit.db.read
    .select({ id: outboundMessages.id })
    .from(outboundMessages)
    .where(
      and(
        eq(outboundMessages.phone, phone),
        gt(outboundMessages.createdAt, hoursFrom(now, -stillTalkingHours)),
      ),
    )
    .limit(1);
  return found.length > 0;
}
