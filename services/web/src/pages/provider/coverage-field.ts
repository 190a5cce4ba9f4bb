import { allDistricts, districtLabel, districtOfLabel, findDistrict } from "@minka/geography/districts";
import { resolvePlace } from "@minka/geography/resolve-place";
import { z } from "zod";
import { areaField } from "../../design/fields.ts";
import type { Html } from "../../design/html.ts";
import type { FormState } from "../../forms/attempt.ts";

/** Where somebody works, as people write it: a place a line. */

const plain = (text: string) =>
  text
    .normalize("NFD")
    .replace(/\p{M}/gu, "")
    .toLowerCase()
    .replace(/[^a-z ]+/g, " ")
    .replace(/\s+/g, " ")
    .trim();

const byName = (length: 2 | 4, name: "region" | "province") =>
  new Map(allDistricts().map((district) => [plain(district[name]), district.code.slice(0, length)]));
const regions = byName(2, "region");
const provinces = byName(4, "province");

/** The INEI prefix of a line: "todo el Perú", "región San Martín", "provincia de Tocache", "Uchiza, Tocache". */
export function readArea(line: string): string | null {
  const exact = districtOfLabel(line);
  if (exact) return exact.code;
  const words = plain(line);
  if (/^(todo )?(el )?peru$/.test(words)) return "PE";
  const region = /^(?:tod[ao] )?(?:la )?(?:region|departamento) (?:de )?(.+)$/.exec(words)?.[1];
  if (region !== undefined) return regions.get(region) ?? null;
  const province = /^(?:tod[ao] )?(?:la )?provincia (?:de )?(.+)$/.exec(words)?.[1];
  if (province !== undefined) return provinces.get(province) ?? null;
  const place = resolvePlace(line);
  return place.kind === "one" ? place.district.code : null;
}

/** As `readArea` reads it again. */
export function areaLine(area: string): string {
  if (area === "PE") return "Todo el Perú";
  const [first] = allDistricts().filter(({ code }) => code.startsWith(area));
  if (area.length === 2) return `Región ${first?.region ?? area}`;
  if (area.length === 4) return `Provincia de ${first?.province ?? area}`;
  const district = findDistrict(area);
  return district ? districtLabel(district) : area;
}

export const areaLines = (areas: readonly string[]): string => areas.map(areaLine).join("\n");

function areasOf(written: unknown, context: z.RefinementCtx, most: number): string[] {
  const lines = (typeof written === "string" ? written : "").split(/[\n;]+/).map((line) => line.trim());
  const areas = lines.flatMap((line): string[] => {
    if (line === "") return [];
    const area = readArea(line);
    if (area !== null) return [area];
    context.addIssue({
      code: "custom",
      message: `No conocemos «${line.slice(0, 60)}». Escriba el distrito y la provincia, o «provincia de…», «región…».`,
    });
    return [];
  });
  if (areas.length > most)
    context.addIssue({ code: "custom", message: `Caben ${most} lugares. Junte varios en su provincia.` });
  return [...new Set(areas)];
}

/** Areas, a line each; none leaves it to the service. */
export const areas = z.unknown().transform((written, context) => areasOf(written, context, 50));

export const someAreas = areas.refine((list) => list.length > 0, { message: "Escriba al menos un lugar." });

/** Districts alone, where a region or a province is not meant. */
export const districts = areas.refine((list) => list.every((area) => area.length === 6), {
  message: "Aquí van distritos: escriba cada uno con su provincia.",
});

export const areasField = (
  state: FormState,
  field: { name: string; label: string; hint?: string; optional?: boolean },
): Html =>
  areaField(state, {
    hint: "Un lugar por línea. Por ejemplo: Uchiza, Tocache. O: provincia de Tocache. O: región San Martín.",
    rows: 4,
    ...field,
  });
