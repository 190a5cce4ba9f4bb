import type { Transaction } from "@minka/database/connect";
import { newId } from "@minka/database/new-id";
import { distanceKm } from "@minka/geography/distance";
import { findDistrict } from "@minka/geography/districts";
import { plainKey, soundKey } from "@minka/geography/fold";
import { decimalColumn, textColumn } from "@minka/imports/cells";
import { defineImport } from "@minka/imports/check-table";
import type { Column } from "@minka/imports/columns";
import type { Import, ImportScope, NumberedRow } from "@minka/imports/definition";
import { insertRows } from "@minka/imports/insert-rows";
import { audit } from "../tables.ts";
import { places } from "./places-tables.ts";

type Place = Omit<typeof places.$inferInsert, "number">;

/** The country's list has 94,922; twice that is no list of places. */
const mostPlaces = 200_000;
const batchSize = 5_000;
/** The largest districts of the Amazon reach so far from their town; beyond, the code is usually of another scheme. */
const farKm = 300;

const columns = {
  districtCode: districtCodeColumn([
    "Ubigeo",
    "Ubigeo INEI",
    "Código INEI",
    "Código de distrito",
    "Ubigeo distrito",
    "Distrito",
    "Código de centro poblado",
    "Código CCPP",
    "CODCCPP",
  ]),
  name: textColumn(80)(
    [
      "Nombre",
      "Centro poblado",
      "Nombre del centro poblado",
      "Nombre de centro poblado",
      "CCPP",
      "NOMCP",
      "NOMCCPP",
    ],
    "required",
  ),
  latitude: decimalColumn({ least: -18.5, most: 0.1 })(["Latitud", "Lat", "Y"], "required"),
  longitude: decimalColumn({ least: -81.5, most: -68.5 })(
    ["Longitud", "Long", "Lon", "Lng", "X"],
    "required",
  ),
} as const;

/** What redaction leaves in place of a word that is not stored. */
const redactedMark = "[…]";

/** How the list of populated places is brought in: the whole of it, in place of the one before. */
export const placesImport: Import = defineImport<typeof columns, Place>({
  kind: "places",
  columns,
  maximumRows: mostPlaces,
  readRow({ districtCode, name, latitude, longitude }, report, row) {
    if (districtCode === null || name === null || latitude === null || longitude === null) return null;
    const plain = plainKey(name);
    if (plain === "" || name.includes(redactedMark)) return null;
    const district = findDistrict(districtCode);
    if (
      district &&
      district.precision !== "province" &&
      distanceKm(district.point, { latitude, longitude }) > farKm
    )
      report.warning({ row }, "place-far-from-district", { km: farKm });
    return { districtCode, name, latitude, longitude, plain, sound: soundKey(name) };
  },
  load,
});

async function load(
  tx: Transaction,
  rows: readonly NumberedRow<Place>[],
  { at, actor, trace }: ImportScope,
  progress: (done: number) => Promise<void>,
): Promise<Record<string, number>> {
  const loaded = [...new Map(rows.map(({ value }) => [keyOf(value), value])).values()];
  await tx.delete(places);
  for (let from = 0; from < loaded.length; from += batchSize) {
    const batch = loaded.slice(from, from + batchSize);
    await insertRows(tx, places, batch);
    await progress(from + batch.length);
  }
  await tx.insert(audit).values({
    id: newId(),
    at,
    actor,
    action: `places.import ${loaded.length}`,
    subject: "places",
    trace,
  });
  return { places: loaded.length };
}

/** The list has some places twice; two hamlets of one name in one district stay two. */
function keyOf({ districtCode, plain, latitude, longitude }: Place): string {
  return `${districtCode} ${plain} ${latitude} ${longitude}`;
}

/**
 * INEI's code of a district, or of a place (ten digits, of which the first six are its district's). Spreadsheets
 * drop the zero of the first nine regions: with a digit missing only one code can be meant.
 */
function districtCodeColumn(headers: readonly string[]): Column<string> {
  return {
    headers,
    required: true,
    parse(text) {
      const written = text.replace(/[\s.-]/g, "");
      const digits = /^(\d{5}|\d{9})$/.test(written) ? `0${written}` : written;
      const code = /^(\d{6}|\d{10})$/.test(digits) ? digits.slice(0, 6) : "";
      return findDistrict(code) ? { value: code } : { error: "district-code-unknown" };
    },
  };
}
