import type { HandlerAnswer, HandlerInput } from "@minka/contracts/endpoint";
import type { findPlaces as contract, PopulatedPlace } from "@minka/contracts/places";
import type { Database } from "@minka/database/connect";
import { editDistance } from "@minka/geography/edit-distance";
import { plainKey, soundKey } from "@minka/geography/fold";
import { tolerance } from "@minka/geography/place-names";
import { asc, eq, or, sql } from "@minka/database/query";
import { refuseUnknownDistrict } from "../providers/district.ts";
import { places, type PlaceRow } from "./places-tables.ts";

/** Places by the beginning of their name; within one district, which has some hundred, by any part of it too. */
export async function findPlaces(
  db: Database,
  { query: { q, districtCode, limit } }: HandlerInput<typeof contract>,
): Promise<HandlerAnswer<typeof contract>> {
  const plain = plainKey(q);
  if (plain === "") return { places: [] };
  const sound = soundKey(q);
  if (districtCode === undefined)
    return { places: (await beginningSo(db, { plain, sound, limit })).map(shown) };
  refuseUnknownDistrict(districtCode, "query.districtCode");
  const rows = await db.read.select().from(places).where(eq(places.districtCode, districtCode));
  const found = rows
    .map((row) => ({ row, off: slipsFrom(row, { plain, sound }) }))
    .filter((each): each is { row: PlaceRow; off: number } => each.off !== null)
    .toSorted((a, b) => a.off - b.off || a.row.name.localeCompare(b.row.name));
  return { places: found.slice(0, limit).map(({ row }) => shown(row)) };
}

function beginningSo(db: Database, { plain, sound, limit }: { plain: string; sound: string; limit: number }) {
  // Letters and digits alone, so that "~" comes after all that go on. A range keeps to the index whatever is asked.
  const begins = sql`${places.plain} ~>=~ ${plain} and ${places.plain} ~<~ ${`${plain}~`}`;
  return db.read
    .select()
    .from(places)
    .where(or(begins, eq(places.sound, sound)))
    .orderBy(
      sql`${places.plain} <> ${plain}`,
      sql`length(${places.plain})`,
      asc(places.plain),
      asc(places.number),
    )
    .limit(limit);
}

type Key = { readonly plain: string; readonly sound: string };

/** How far a place's name is from what is looked for; null when it is another name. */
function slipsFrom(row: Key, asked: Key): number | null {
  if (row.plain === asked.plain) return 0;
  if (row.plain.startsWith(asked.plain)) return 0.25;
  if (row.sound === asked.sound) return 0.5;
  if (row.plain.includes(asked.plain)) return 0.75;
  const limit = tolerance(asked.sound);
  const edits = editDistance(asked.sound, row.sound, limit);
  return edits <= limit ? edits : null;
}

export function shown({ name, districtCode, latitude, longitude }: PlaceRow): PopulatedPlace {
  return { name, districtCode, point: { latitude, longitude } };
}
