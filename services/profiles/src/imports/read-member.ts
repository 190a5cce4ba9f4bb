import type { MembershipRole } from "@minka/contracts/memberships";
import { limaDay } from "@minka/domain/lima-time";
import type { Crop } from "@minka/domain/vocabulary";
import { districtLabel, findDistrict, type District } from "@minka/geography/districts";
import { resolvePlace, type PlaceResolution } from "@minka/geography/resolve-place";
import type { Values } from "@minka/imports/columns";
import type { Report } from "@minka/imports/findings";
import type { memberColumns } from "./member-columns.ts";

/** A row of a list of members that is right in itself. */
export type MemberRow = {
  readonly name: string;
  readonly dni: string | null;
  readonly phone: string | null;
  readonly districtCode: string;
  readonly locality: string | null;
  readonly sex: "f" | "m" | null;
  readonly birthYear: number | null;
  readonly crops: readonly { readonly crop: Crop; readonly hectares: number | null }[];
  readonly role: MembershipRole;
  readonly since: string | null;
};

type C = typeof memberColumns;
export type MemberReport = Report<C>;

const ofAge = 18;
const oldestAge = 110;

/** A row's meaning; what is wrong with it goes to the report, all at once. */
export function readMember(values: Values<C>, report: MemberReport, row: number, at: Date): MemberRow | null {
  const today = limaDay(at);
  let good = true;
  const wrong: MemberReport["error"] = (place, code, parameters) => {
    report.error(place, code, parameters);
    good = false;
  };
  const name = nameOf(values);
  if (name === null) wrong({ row }, "name-missing");
  else if (!/\p{L}{2}/u.test(name) || /\d/.test(name))
    wrong({ row, column: values.fullName ? "fullName" : "names" }, "name-not-name");
  if (values.dni === null && values.phone === null) wrong({ row }, "contact-missing");
  if (values.birthYear !== null) {
    const age = Number(today.slice(0, 4)) - values.birthYear;
    if (age < 0 || age > oldestAge) wrong({ row, column: "birthYear" }, "birth-year-wrong");
    else if (age < ofAge) wrong({ row, column: "birthYear" }, "too-young");
  }
  if (values.since !== null && values.since > today) wrong({ row, column: "since" }, "day-in-future");
  const grown = cropsOf(values);
  if (!grown) wrong({ row, column: "hectares" }, "hectares-not-matching");
  const districtCode = districtOf(values, wrong, row);
  if (!good || name === null || !grown || districtCode === null) return null;
  return {
    name,
    dni: values.dni,
    phone: values.phone,
    districtCode,
    locality: values.locality,
    sex: values.sex,
    birthYear: values.birthYear,
    crops: grown,
    role: values.role ?? "member",
    since: values.since,
  };
}

function nameOf({ fullName, names, surnames, fathersName, mothersName }: Values<C>): string | null {
  const parts = [names, surnames ?? fathersName, surnames ? null : mothersName].filter(
    (part) => part !== null,
  );
  return fullName ?? (parts.length > 0 ? parts.join(" ") : null);
}

/** Null where the areas are not those of the crops. */
function cropsOf({ crops, hectares }: Values<C>): MemberRow["crops"] | null {
  if (!hectares) return (crops ?? []).map((crop) => ({ crop, hectares: null }));
  if (!crops || crops.length !== hectares.length) return null;
  return crops.map((crop, index) => ({ crop, hectares: hectares[index] ?? null }));
}

function districtOf(values: Values<C>, wrong: MemberReport["error"], row: number): string | null {
  const coded = values.districtCode === null ? undefined : findDistrict(values.districtCode);
  if (values.districtCode !== null && !coded) {
    wrong({ row, column: "districtCode" }, "district-code-unknown");
    return null;
  }
  if (values.district === null) {
    if (coded) return coded.code;
    wrong({ row, column: "district" }, "district-missing");
    return null;
  }
  if (/^\d{6}$/.test(values.district)) {
    wrong({ row, column: "district" }, "code-scheme-unknown");
    return null;
  }
  const named = [values.district, values.province, values.region].filter((part) => part !== null).join(", ");
  const place = resolve(named);
  const meant = place.kind === "one" ? [place.district] : place.kind === "several" ? place.districts : [];
  if (coded) {
    if (meant.includes(coded)) return coded.code;
    wrong({ row, column: "districtCode" }, "district-code-differs", { district: districtLabel(coded) });
    return null;
  }
  if (place.kind === "one") return place.district.code;
  if (place.kind === "none") wrong({ row, column: "district" }, "district-unknown");
  else wrong({ row, column: "district" }, "district-ambiguous", { options: provincesOf(place.districts) });
  return null;
}

function provincesOf(districts: readonly District[]): string {
  const shown = [...new Set(districts.map(({ province }) => province))];
  return shown.length > 4 ? `${shown.slice(0, 4).join(", ")}…` : shown.join(", ");
}

/** A list names few places, each of them hundreds of times. */
const resolved = new Map<string, PlaceResolution>();
const mostResolved = 5_000;

function resolve(text: string): PlaceResolution {
  const known = resolved.get(text);
  if (known) return known;
  const place = resolvePlace(text);
  if (resolved.size >= mostResolved) resolved.clear();
  resolved.set(text, place);
  return place;
}
