import type { Database } from "@minka/database/connect";
import type { Point } from "@minka/geography/distance";
import { findDistrict } from "@minka/geography/districts";
import { refuseUnknownDistrict } from "../providers/district.ts";
import { cursorWrong, readCursor, searchMark, writeCursor, type ListPosition } from "./list-cursor.ts";
import { phasesMeant, phasesOf, type Filters, type Phase, type Sort } from "./list-phases.ts";
import { readHits, type Hit } from "./read-hits.ts";
import { resolveWords, type Of } from "./resolve-words.ts";
import { whatIsMeant } from "./what-is-meant.ts";
import { readSizes } from "./search-query.ts";

export type Search = {
  readonly of: Of;
  readonly q?: string | undefined;
  readonly filters: Omit<Filters, "near"> & { readonly nearKm?: number | undefined };
  readonly sort: Sort;
  readonly cursor?: string | undefined;
  readonly limit: number;
};

/** One page of ids in the list's order, and the cursor of the next. Throws `district-unknown`, `cursor-wrong`. */
export async function searchListings(
  db: Database,
  { of, q, filters, sort, cursor, limit }: Search,
): Promise<{ ids: string[]; next: string | null }> {
  const { districtCode, nearKm } = filters;
  if (districtCode !== undefined) refuseUnknownDistrict(districtCode, "query.districtCode");
  const point = districtCode === undefined ? undefined : findDistrict(districtCode)?.point;
  const near = point && nearKm !== undefined ? { point, km: nearKm } : undefined;
  const mark = searchMark({ of, q, ...filters, sort });
  const position = cursor === undefined ? null : readCursor(cursor, mark);
  const words = q === undefined ? [] : await resolveWords(db, q, of);
  const spoken = words === null ? [] : phasesOf(sort, { ...filters, near }, words, point);
  const read = (phases: readonly Phase[]) =>
    readPhases(db, { of, filters, limit }, { phases, position, point, near });
  // Understanding the words takes longer than looking for them, so it waits until they have found nothing.
  const amongSpoken = position === null || position.phase < spoken.length;
  let hits = amongSpoken ? await read(spoken) : [];
  if (!amongSpoken || (hits.length === 0 && position === null)) {
    const meant = q === undefined || of === "providers" ? undefined : whatIsMeant(q);
    if (meant) hits = await read([...spoken, ...phasesMeant(sort, { ...filters, near }, meant, point)]);
    else if (position) throw cursorWrong();
  }
  const page = hits.slice(0, limit);
  const last = page.at(-1);
  return {
    ids: page.map(({ id }) => id),
    next: hits.length > limit && last ? writeCursor(mark, last) : null,
  };
}

type PhaseHit = Hit & { phase: number };
type Reading = {
  readonly phases: readonly Phase[];
  readonly position: ListPosition | null;
  readonly point: Point | undefined;
  readonly near: { readonly point: Point; readonly km: number } | undefined;
};

/** The hits of one page and one more, from the position on. */
async function readPhases(
  db: Database,
  { of, filters, limit }: Pick<Search, "of" | "filters" | "limit">,
  { phases, position, point, near }: Reading,
): Promise<PhaseHit[]> {
  if (position && !belongs(position, phases)) throw cursorWrong();
  const asked = phases.flatMap(({ terms }) => [...terms.groups.flat(), ...(terms.prices ?? [])]);
  const sizes = await readSizes(db, of, asked);
  const hits: PhaseHit[] = [];
  for (let phase = position?.phase ?? 0; phase < phases.length && hits.length <= limit; phase += 1) {
    const { terms, order, ring, instead } = phases[phase]!;
    const begun = hits[0]?.phase ?? position?.phase;
    if (instead && begun !== undefined && !phases[begun]?.instead) break;
    const bounds = ring ?? (near ? { from: 0, to: near.km } : undefined);
    const metres = bounds && {
      from: Math.round(bounds.from * 1000),
      // The circle itself belongs to what is near.
      to: Math.min(
        Math.round(bounds.to * 1000),
        near ? Math.round(near.km * 1000) + 1 : Number.POSITIVE_INFINITY,
      ),
    };
    const found = await readHits(
      db,
      {
        of,
        terms,
        order,
        after: position?.phase === phase ? position : null,
        limit: limit + 1 - hits.length,
        maximumCentimos: filters.maximumCentimos,
        kind: of === "offers" ? filters.kind : undefined,
        ring: point && metres && { point, ...metres },
      },
      sizes,
    );
    hits.push(...found.map((hit) => ({ ...hit, phase })));
  }
  return hits;
}

/** Whether a position can be one of these phases: of their number, and a number or a name as they are sorted by. */
function belongs({ phase, key }: ListPosition, phases: readonly Phase[]): boolean {
  const order = phases[phase]?.order;
  return order !== undefined && (typeof key === "string") === (order === "sort_name");
}
