import { readReputations } from "@minka/contracts/standings";
import type { Answer } from "@minka/contracts/endpoint";
import type { Visit } from "../../visits/visit.ts";
import { capitalized, weekdaysWords } from "../../words/field-words.ts";

type Reputation = Answer<typeof readReputations>["reputations"][number];
export type Reputations = ReadonlyMap<string, Reputation>;

/** How providers stand, by id; none where matching does not answer, since a list must not wait for it. */
export async function readStandings(visit: Visit, providerIds: readonly string[]): Promise<Reputations> {
  const ids = [...new Set(providerIds)].slice(0, 20);
  if (ids.length === 0) return new Map();
  const answer = await visit.callIfAny(readReputations, { query: { providerIds: ids.join(",") } });
  return byProvider(answer?.reputations ?? []);
}

export const byProvider = (reputations: readonly Reputation[]): Reputations =>
  new Map(reputations.map((reputation) => [reputation.providerId, reputation]));

/** "nota 4.6 de 5 (12)" or "todavía sin notas": a few words beside a name. */
export function standingWords(reputation: Reputation | undefined): string {
  if (!reputation?.rating) return "todavía sin notas";
  return `nota ${reputation.rating.mean} de 5 (${reputation.rating.count})`;
}

/** The same in sentences, for the provider's own page. */
export function standingFacts(reputation: Reputation | undefined): [term: string, value: string][] {
  if (!reputation) return [];
  const { rating, answerShare, answerHours, completed, weekdays } = reputation;
  const facts: [string, string][] = [];
  if (weekdays) facts.push(["Atiende", capitalized(weekdaysWords(weekdays))]);
  if (rating) facts.push(["Nota que le dan", `${rating.mean} de 5, de ${rating.count} opiniones`]);
  if (completed !== null) facts.push(["Trabajos hechos por Minka", String(completed)]);
  if (answerShare !== null) facts.push(["Contesta", `${Math.round(answerShare * 100)} de cada 100 pedidos`]);
  if (answerHours !== null) facts.push(["Tarda en contestar", hoursWords(answerHours)]);
  return facts;
}

/** In whole hours, and at least one: as a request's list says it. */
function hoursWords(hours: number): string {
  const whole = Math.max(1, Math.round(hours));
  return whole === 1 ? "más o menos 1 hora" : `más o menos ${whole} horas`;
}
