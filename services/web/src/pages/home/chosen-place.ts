import { findDistrict, type District } from "@minka/geography/districts";
import { resolvePlace } from "@minka/geography/resolve-place";
import { inProgramme } from "./district-counts.ts";

/** What the page's question about the place came to. */
export type ChosenPlace =
  | { readonly kind: "none" }
  | { readonly kind: "one"; readonly district: District }
  | { readonly kind: "several"; readonly written: string; readonly districts: readonly District[] }
  | { readonly kind: "unknown"; readonly written: string };

/** A district by its code, as links have it, or by its name, as people write it. */
export function choosePlace(written: string | undefined): ChosenPlace {
  const text = written?.trim() ?? "";
  if (text === "") return { kind: "none" };
  const byCode = findDistrict(text);
  if (byCode) return { kind: "one", district: byCode };
  const place = resolvePlace(text);
  if (place.kind === "one") return place;
  if (place.kind === "several") {
    // Those who come here mostly live where the programmes work.
    const near = place.districts.filter(inProgramme);
    const far = place.districts.filter((district) => !inProgramme(district));
    return { kind: "several", written: text, districts: [...near, ...far] };
  }
  return { kind: "unknown", written: text };
}
