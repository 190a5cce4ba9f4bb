import { isEveryday, likenessOf } from "./everyday-words.ts";
import { joinSounds, soundOfWord, type Word } from "./fold.ts";
import { CUE, contextOf, type Context } from "./place-cues.ts";
import { exactName, nearestNames, type PlaceName, soundingNames } from "./place-names.ts";

/** Words `from` up to `to` that may name a place. */
export type Mention = {
  readonly from: number;
  readonly to: number;
  readonly names: readonly PlaceName[];
  readonly context: Context;
  /** Whether it stands on its own; otherwise it counts only beside a name that does ("santa lucia, tocache"). */
  readonly sure: boolean;
  readonly edits: number;
};

const LONGEST = 6;
const FUNCTION_WORDS = new Set(
  "a al aca aki aqui con cuando d de del desde donde e en i la las el los lo mi mis no o pa para pero por q que si su ta tan un una x y ya".split(
    " ",
  ),
);

/**
 * Every run of words that may name a place, overlapping ones too. Corrected names are only those of senders' regions,
 * and never read into words that `isWord` knows: who writes "cansada" does not mean Calzada.
 */
export function findMentions(words: readonly Word[], isWord: (plain: string) => boolean): Mention[] {
  const mentions: Mention[] = [];
  const sounds = words.map((word) => soundOfWord(word.plain));
  for (let from = 0; from < words.length; from++) {
    let context: Context | undefined;
    let plain = "";
    let sound = "";
    for (let to = from + 1; to <= Math.min(words.length, from + LONGEST); to++) {
      const word = words[to - 1];
      if (!word || (to > from + 1 && word.opensClause)) break;
      plain += word.plain;
      sound = joinSounds(sound, sounds[to - 1] ?? "");
      if (plain.length < 3) continue;
      const exact = exactName(plain);
      if (exact && !fallsApart(exact, words, from, to)) {
        context ??= contextOf(words, from);
        mentions.push({
          from,
          to,
          names: [exact],
          context,
          edits: 0,
          sure: exactIsSure(exact, words, from, to, context),
        });
        continue;
      }
      if (exact || sound.length < 4 || mayNotSpell(words, from, to, isWord)) continue;
      const mayBe = (name: PlaceName) =>
        name.local && likenessOf(name.plain) !== "thing" && !fallsApart(name, words, from, to);
      const sounding = soundingNames(sound).filter(mayBe);
      if (sounding.length > 0) {
        context ??= contextOf(words, from);
        const sure =
          !context.ofSomethingElse &&
          (sound.length > 5
            ? context.cue > CUE.none || sounding.some((name) => likenessOf(name.plain) === "place")
            : context.cue >= (sound.length < 5 ? CUE.at : CUE.to) ||
              standsAlone(words, from, to) ||
              (endsClause(words, to) && sounding.some((name) => soundsLike(name, plain))));
        mentions.push({ from, to, names: sounding, context, edits: 0.5, sure });
        continue;
      }
      context ??= contextOf(words, from);
      if (context.ofSomethingElse || (sound.length < 6 && context.cue < CUE.living)) continue;
      if (context.cue === CUE.none && !standsAlone(words, from, to)) continue;
      const { names, edits } = nearestNames(plain, sound);
      const local = names.filter((name) => mayBe(name) && startsAlike(name, plain, sound));
      if (local.length > 0) mentions.push({ from, to, names: local, context, edits, sure: true });
    }
  }
  return mentions;
}

/** Whether a name would be put together from words of their own: "la más" is not Lamas, "juan jui" is Juanjuí. */
function fallsApart(name: PlaceName, words: readonly Word[], from: number, to: number): boolean {
  if (to - from <= name.words) return false;
  return words
    .slice(from, to)
    .some(({ plain }) => plain.length < 3 || FUNCTION_WORDS.has(plain) || isEveryday(plain));
}

/** "técnico uchisa": as long as the name, which few other words of this length are. */
function soundsLike(name: PlaceName, plain: string): boolean {
  return plain.length > 5 && plain.length === name.plain.length && likenessOf(name.plain) === "place";
}

/** Few slip on a first letter: what begins otherwise is another word. */
function startsAlike(name: PlaceName, plain: string, sound: string): boolean {
  return name.sound[0] === sound[0] || name.plain[0] === plain[0];
}

/** Whether these words are ordinary ones that no slip should turn into a name. */
function mayNotSpell(
  words: readonly Word[],
  from: number,
  to: number,
  isWord: (plain: string) => boolean,
): boolean {
  if (
    FUNCTION_WORDS.has(words[from]?.plain ?? "") &&
    words[from]?.plain !== "la" &&
    words[from]?.plain !== "el"
  )
    return true;
  if (FUNCTION_WORDS.has(words[to - 1]?.plain ?? "")) return true;
  for (let at = from; at < to; at++) {
    const plain = words[at]?.plain ?? "";
    const ordinary = isEveryday(plain) || FUNCTION_WORDS.has(plain) || isWord(plain);
    if (!ordinary && !/^\d/.test(plain)) return false;
  }
  return true;
}

/** "en la banda del río" is no more the place than "en la banda" alone is the river's side. */
function goesOn(words: readonly Word[], to: number): boolean {
  const next = words[to];
  return next !== undefined && !next.opensClause && ["de", "del", "d"].includes(next.plain);
}

function endsClause(words: readonly Word[], to: number): boolean {
  return to === words.length || words[to]?.opensClause === true;
}

/** Whether the run is a clause of its own: between commas, or the whole message. */
function standsAlone(words: readonly Word[], from: number, to: number): boolean {
  return (from === 0 || words[from]?.opensClause === true) && endsClause(words, to);
}

function exactIsSure(
  name: PlaceName,
  words: readonly Word[],
  from: number,
  to: number,
  context: Context,
): boolean {
  if (context.ofSomethingElse) return false;
  if (context.cue === CUE.district) return true;
  const likeness = likenessOf(name.plain);
  if (likeness === "thing") return context.cue === CUE.living && !goesOn(words, to);
  if (likeness === "person") {
    return name.local ? context.cue >= CUE.around : context.cue >= CUE.at && endsClause(words, to);
  }
  if (name.local) {
    const plainlyOne = likeness === "place" && name.districts.length === 1 && name.plain.length >= 5;
    // "campo verde" may be a green field; as one word it is the district.
    const ordinary = to - from > 1 && words.slice(from, to).every((word) => isEveryday(word.plain));
    if (plainlyOne && !ordinary) return true;
    if (likeness === "word" && context.cue === CUE.to) return endsClause(words, to);
    return context.cue > CUE.none || standsAlone(words, from, to);
  }
  if (context.cue >= CUE.around) return true;
  if (context.cue === CUE.to) return endsClause(words, to);
  return name.plain.length >= 5 && standsAlone(words, from, to);
}
