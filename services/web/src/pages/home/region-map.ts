import { allDistricts, type District } from "@minka/geography/districts";
import { html, Html, type Content } from "../../design/html.ts";
import { inProgramme, type DistrictCounts } from "./district-counts.ts";
import { regionNames, riverNames, rivers, roads, towns } from "./map-lines.ts";

/** Units a degree; at these latitudes a degree of longitude is 1% shorter than one of latitude. */
const scale = 100;
const west = -77.75;
const east = -72.75;
const north = -5.6;
const south = -11.3;
const width = Math.round((east - west) * scale);
const height = Math.round((north - south) * scale);

/** Purús lies far to the east, beyond the frame: it is drawn at the edge. */
function project([longitude, latitude]: readonly [number, number]): [x: number, y: number] {
  const x = Math.round((longitude - west) * scale);
  return [Math.min(x, width - 20), Math.round((north - latitude) * scale)];
}

const pointOf = ({ point }: District) => project([point.longitude, point.latitude]);

/** A polyline with its corners cut (one pass of Chaikin), which is how a river bends. */
function riverPath(through: readonly (readonly [number, number])[]): string {
  const points = through.map(project);
  const soft = points.flatMap((point, index) => {
    const next = points[index + 1];
    if (!next) return [point];
    const between = (part: number) =>
      [0, 1].map((axis) => Math.round((point[axis] ?? 0) * (1 - part) + (next[axis] ?? 0) * part));
    return index === 0 ? [point, between(0.75)] : [between(0.25), between(0.75)];
  });
  return `M${soft.map((point) => point.join(" ")).join("L")}`;
}

const roadPath = (through: readonly (readonly [number, number])[]) =>
  `M${through.map((point) => project(point).join(" ")).join("L")}`;

const programmeDistricts = allDistricts().filter(inProgramme);

const background = html`<path class="river" d="${rivers.map(({ through }) => riverPath(through)).join("")}" />
  <path class="road" d="${roads.map(({ through }) => roadPath(through)).join("")}" />
  <path
    class="nobody"
    d="${programmeDistricts.map((district) => `M${pointOf(district).join(" ")}h0`).join("")}"
  />`;

const names = html`${regionNames.map(({ name, at }) => label("region", name, project(at)))}
${riverNames.map(({ name, at }) => label("water", name, project(at)))}`;

function label(kind: string, text: string, [x, y]: readonly [number, number], anchor?: "end"): Html {
  return html`<text class="${kind}" x="${x}" y="${y}" ${anchor ? html` text-anchor="${anchor}"` : null}
    >${text}</text
  >`;
}

/** The area of a dot grows with the offers, up to where dots would hide their neighbours: sooner on a full map. */
function radius(offers: number, dots: number): number {
  return Math.round(Math.min(20, 4 + 2.4 * Math.sqrt(offers)) * (dots > 60 ? 0.55 : 1));
}

type Dot = { readonly district: District; readonly radius: number };

/**
 * The four regions with a dot a district, sized by its offers. Schematic: rivers and roads instead of borders. The
 * list beside it says the same in words, so the picture itself is one image with one name.
 */
export function regionMap(rows: readonly DistrictCounts[], chosen: District | null): Html {
  const served = rows.filter(({ district, offers }) => inProgramme(district) && (offers ?? 0) > 0);
  return schematicMap({
    name: "Mapa de San Martín, Huánuco, Ucayali y Pasco: cuántas ofertas hay en cada distrito",
    dots: served.map(({ district, offers }) => ({ district, radius: radius(offers ?? 0, served.length) })),
    chosen,
  });
}

/** The map with these dots, and a ring around one district. Words beside it have to say the same. */
export function schematicMap({
  name,
  dots,
  chosen,
}: {
  name: string;
  dots: readonly Dot[];
  chosen: District | null;
}): Html {
  const circles = dots.map(({ district, radius: size }) => {
    const [x, y] = pointOf(district);
    return html`<circle cx="${x}" cy="${y}" r="${size}" />`;
  });
  return html`<svg class="map" viewBox="0 0 ${width} ${height}" role="img" aria-labelledby="map-name">
    <title id="map-name">${name}</title>
    ${background}
    <g class="offers">${circles}</g>
    ${names}${towns.map((town) => townLabel(town.name, town.at, town.side))}
    ${chosen && inProgramme(chosen) ? chosenMark(chosen) : null}
  </svg>`;
}

function townLabel(name: string, at: readonly [number, number], side: "left" | "right"): Content {
  const [x, y] = project(at);
  return side === "left" ? label("town", name, [x - 21, y + 6], "end") : label("town", name, [x + 18, y + 6]);
}

function chosenMark(district: District): Html {
  const [x, y] = pointOf(district);
  return html`<circle class="chosen" cx="${x}" cy="${y}" r="16" />`;
}
