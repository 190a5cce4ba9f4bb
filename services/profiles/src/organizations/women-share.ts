/** How many people, and of whose sex is known. */
export type CountBySex = { readonly all: number; readonly women: number; readonly men: number };

/** Who sees figures `exact` sees small ones too. */
type Sight = { readonly exact: boolean };

/** Public counts under this are suppressed: they would tell of single people. */
const smallestCount = 5;

/**
 * Members, and the women's share of those whose sex is known. For the public a share of one to four women, or of one
 * to four men, is left out: with the number of members it would give that count away.
 */
export function memberFigures(count: CountBySex, { exact }: Sight) {
  const known = count.women + count.men;
  const tells = isSmall(count.women) || isSmall(count.men) || known < smallestCount;
  return {
    members: exact || count.all >= smallestCount ? count.all : null,
    womenShare: exact || !tells ? share(count) : null,
  };
}

/** Offices are held in public, so that only a board of fewer than five is left out. */
export function boardFigures(count: CountBySex, { exact }: Sight) {
  const shown = exact || count.all >= smallestCount;
  return { seats: shown ? count.all : null, womenShare: shown ? share(count) : null };
}

function isSmall(count: number): boolean {
  return count > 0 && count < smallestCount;
}

function share({ women, men }: CountBySex): number | null {
  return women + men === 0 ? null : Math.round((women / (women + men)) * 100) / 100;
}
