import { changeCredit } from "@minka/contracts/credits";
import type { Person } from "@minka/contracts/profiles";
import { DomainError } from "@minka/domain/errors";
import type { Outcome, Turn } from "../conversations/turn.ts";
import { goOn } from "./follow-own-credit.ts";
import { offerProducts } from "./offer-products.ts";
import { readOwn } from "./own-credits.ts";

/** In other months, since nobody lends for those that were said: compared anew. */
export async function changeTerm(
  turn: Turn,
  person: Person,
  { creditId, months }: { creditId: string; months: number },
): Promise<Outcome> {
  const credit = await readOwn(turn, person, creditId);
  const { amountCentimos, purpose } = credit;
  try {
    await turn.kit.call(
      changeCredit,
      { params: { creditId }, body: { amountCentimos, months, purpose, personId: person.id } },
      turn.step("term"),
    );
  } catch (error) {
    if (!(error instanceof DomainError) || error.category !== "conflict") throw error;
    return goOn(turn, person, await readOwn(turn, person, creditId));
  }
  return offerProducts(turn, person, { creditId, declared: null });
}
