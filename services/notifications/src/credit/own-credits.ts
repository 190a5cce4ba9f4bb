import { readCreditStanding } from "@minka/contracts/credit-standings";
import { listCredits, readCredit, type Credit } from "@minka/contracts/credits";
import type { Person } from "@minka/contracts/profiles";
import type { Turn } from "../conversations/turn.ts";

export const isOver = ({ state }: Credit) => ["settled", "refused", "withdrawn", "lapsed"].includes(state);

/** A person's own credits, the newest first. */
export async function allCredits(turn: Turn, person: Person): Promise<Credit[]> {
  const query = { personId: person.id, limit: 20 };
  return (await turn.kit.call(listCredits, { query }, turn.step("credits"))).items;
}

/** Those that are not over. */
export async function ownCredits(turn: Turn, person: Person): Promise<Credit[]> {
  return (await allCredits(turn, person)).filter((one) => !isOver(one));
}

export async function readOwn(turn: Turn, person: Person, creditId: string): Promise<Credit> {
  const own = { params: { creditId }, query: { personId: person.id } };
  return (await turn.kit.call(readCredit, own, turn.step("credit-read"))).credit;
}

export function standingOf(turn: Turn, person: Person, creditId: string) {
  const own = { params: { creditId }, query: { personId: person.id } };
  return turn.kit.call(readCreditStanding, own, turn.step("standing"));
}
