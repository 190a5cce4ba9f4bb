import { readBrokeringNews } from "@minka/contracts/brokering-news";
import type { Answer } from "@minka/contracts/endpoint";
import type { listOwnPledges } from "@minka/contracts/lot-pledges";
import { readStatement } from "@minka/contracts/lot-settlements";
import type { Person } from "@minka/contracts/profiles";
import { DomainError } from "@minka/domain/errors";
import { saidWording } from "@minka/language/say-wording";
import type { Said } from "@minka/language/texts";
import { mayBeTold } from "../credit/may-hear.ts";
import { hoursFrom, type Turn } from "./turn.ts";

type Pledge = Answer<typeof listOwnPledges>["items"][number];

/** For so long ESTADO tells again what a lot brought: at a shared phone it waited for a word. */
const toldDays = 30;

/** What the last lot that was settled brought them; nothing where others of the house may read it. */
export async function sayStatement(turn: Turn, person: Person, pledges: readonly Pledge[]): Promise<Said[]> {
  const lotId = pledges.find(({ takenGrams }) => takenGrams !== null)?.lotId;
  if (!lotId || !(await wasSettled(turn, person, lotId)) || !(await mayBeTold(turn, person))) return [];
  const body = { kind: "statement-ready" as const, id: lotId, personIds: [person.id] };
  const { news } = await turn.kit.call(readBrokeringNews, { body }, turn.step("statement-said"));
  return news.map((wording) => saidWording(wording, turn.now));
}

async function wasSettled(turn: Turn, { id: personId }: Person, lotId: string): Promise<boolean> {
  try {
    const params = { lotId, personId };
    const { statement } = await turn.kit.call(readStatement, { params }, turn.step("statement"));
    return new Date(statement.settledAt) > hoursFrom(turn.now, -toldDays * 24);
  } catch (error) {
    if (error instanceof DomainError && ["not-found", "unavailable"].includes(error.category)) return false;
    throw error;
  }
}
