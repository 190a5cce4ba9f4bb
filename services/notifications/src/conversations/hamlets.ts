import { longestMention, resolveHamlet, type PopulatedPlace } from "@minka/contracts/places";
import { findDistrict } from "@minka/geography/districts";
import { findHamletInText, type HamletMention } from "@minka/geography/find-hamlet-in-text";
import { decideOnce } from "./decide-once.ts";
import type { Turn } from "./turn.ts";

/** What may be a hamlet in the text, short enough to be looked up. */
export function hamletSaid(text: string): HamletMention | null {
  const mention = findHamletInText(text);
  return mention && { ...mention, text: mention.text.slice(0, longestMention).trim() };
}

/** Where somebody is taken to be: the district that they said, or else their home. */
type Around = {
  readonly said: string | null;
  readonly home: string | null;
  /** Districts that they may have said, where it is open which. */
  readonly open: readonly string[];
};

/**
 * The one hamlet that is meant, near where its sender is; null for none, and for several, of which a district says
 * enough. A district that was said wins over a hamlet elsewhere, unless it bears its province's name: "Nuevo
 * Horizonte, Tocache" may well lie in another district of Tocache. While the list of places does not answer, the
 * district has to do: nobody waits for a better distance.
 */
export async function hamletMeant(
  turn: Turn,
  mention: HamletMention | null | undefined,
  around: Around,
): Promise<PopulatedPlace | null> {
  const districtCode = around.said ?? around.home;
  if (!mention || !districtCode) return null;
  const decided = await decideOnce(turn, `hamlet-${districtCode}`, async () => {
    const body = { text: mention.text, districtCode, exactly: !mention.marked };
    try {
      const { kind, places } = await turn.kit.call(resolveHamlet, { body }, turn.step("hamlet"));
      const [place] = places;
      return { place: kind === "one" && place && fits(place, mention, around) ? place : null };
    } catch (error) {
      turn.kit.log.warn({ err: error, trace: turn.trace }, "no hamlet looked up; the district has to do");
      return { place: null };
    }
  });
  return decided?.place ?? null;
}

function fits({ districtCode }: PopulatedPlace, { marked }: HamletMention, { said, open }: Around): boolean {
  // Without a word that says hamlet, the open districts are readings of the hamlet's own name.
  if (said === null) return open.length < 2 || !marked || open.includes(districtCode);
  if (districtCode === said) return true;
  const district = findDistrict(said);
  return district !== undefined && district.name === district.province;
}
