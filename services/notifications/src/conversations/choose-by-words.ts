import type { Match } from "@minka/contracts/matches";
import type { Request } from "@minka/contracts/matching";
import { choiceByWords } from "@minka/language/choice-by-words";
import { findMatch } from "./say-match.ts";

/**
 * "El más barato", "el más cerca", "el de 30 soles": the number of the one on the list who alone is that;
 * undefined where the words name nobody, or two that are equal. Where somebody buys, the best price is the highest.
 */
export function numberByWords(
  text: string,
  request: Request,
  matchIds: readonly string[],
): number | undefined {
  const choice = choiceByWords(text);
  if (!choice) return undefined;
  const listed = matchIds.map((id) => findMatch(request, id));
  if ("priceSoles" in choice) {
    const asked = Math.round(choice.priceSoles * 100);
    return only(listed.map((match) => (match?.priceCentimos === asked ? 1 : null)));
  }
  switch (choice.by) {
    case "price": {
      const better = request.need.kind === "purchase" ? 1 : -1;
      return only(listed.map((match) => times(match?.priceCentimos, better)));
    }
    case "distance":
      return only(listed.map((match) => times(match?.distanceKm, -1)));
    case "rating":
      return only(listed.map((match) => match && meanRating(match)));
  }
}

function times(value: number | null | undefined, factor: number): number | null {
  return value === null || value === undefined ? null : value * factor;
}

function meanRating({ reasons }: Match): number | null {
  const mean = Number(reasons.find(({ code }) => code === "rating")?.parameters["mean"]);
  return Number.isFinite(mean) ? mean : null;
}

/** The place in the list, from 1, of the highest value, when no other equals it. */
function only(values: readonly (number | null | undefined)[]): number | undefined {
  const known = values.filter((value) => value !== null && value !== undefined);
  const best = Math.max(...known);
  return known.filter((value) => value === best).length === 1 ? values.indexOf(best) + 1 : undefined;
}
