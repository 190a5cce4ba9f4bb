import { findDistrict } from "@minka/geography/districts";
import { html, type Content, type Html } from "../../design/html.ts";
import { rivers, roads, towns } from "../home/map-lines.ts";

type Degrees = readonly [longitude: number, latitude: number];
type Point = readonly [x: number, y: number];
type Project = (at: Degrees) => Point;

/** A place that is drawn: its name, and what stands in its dot. */
export type Spot = {
  readonly at: Degrees;
  readonly name: string;
  /** "1", "2", … in the order of a day; left out where only the size tells how many. */
  readonly number?: number;
  readonly visits: number;
};

const width = 480;
const height = 360;
/** Units that are kept free of dots on each side, for their names. */
const margin = 56;
/** A map of one hamlet still shows the road that leads there: degrees. */
const leastSpan = 0.12;

/** The middle of a district, where nothing finer is known. */
export function districtPoint(districtCode: string): Degrees | null {
  const district = findDistrict(districtCode);
  return district ? [district.point.longitude, district.point.latitude] : null;
}

/** Zoomed so that all spots are inside; a degree is as long one way as the other, near enough at these latitudes. */
function projectorFor(points: readonly Degrees[]): Project {
  const [longitudes, latitudes] = [points.map(([x]) => x), points.map(([, y]) => y)];
  const [west, east] = [Math.min(...longitudes), Math.max(...longitudes)];
  const [south, north] = [Math.min(...latitudes), Math.max(...latitudes)];
  const scale = Math.min(
    (width - 2 * margin) / Math.max(east - west, leastSpan),
    (height - 2 * margin) / Math.max(north - south, leastSpan),
  );
  const middle = [(west + east) / 2, (south + north) / 2] as const;
  return ([longitude, latitude]) => [
    Math.round(width / 2 + (longitude - middle[0]) * scale),
    Math.round(height / 2 - (latitude - middle[1]) * scale),
  ];
}

const pathOf = (points: readonly Point[]) => `M${points.map((point) => point.join(" ")).join("L")}`;

/** Corners cut, as a river bends. */
function softened(points: readonly Point[]): Point[] {
  return points.flatMap((point, index): Point[] => {
    const next = points[index + 1];
    if (!next) return [point];
    const between = (part: number): Point => [
      Math.round(point[0] * (1 - part) + next[0] * part),
      Math.round(point[1] * (1 - part) + next[1] * part),
    ];
    return index === 0 ? [point, between(0.75)] : [between(0.25), between(0.75)];
  });
}

const origin: Point = [0, 0];
const inFrame = ([x, y]: Point) => x > 0 && x < width && y > 0 && y < height;

/** Spots at one point go round it, or the second would hide the first. */
function apart(points: readonly Point[]): Point[] {
  const used: Point[] = [];
  for (const [x, y] of points) {
    let at: Point = [x, y];
    for (
      let turn = 1;
      turn < 40 && used.some((one) => Math.hypot(one[0] - at[0], one[1] - at[1]) < 26);
      turn += 1
    ) {
      const [angle, away] = [turn * 2.4, 14 * Math.sqrt(turn + 1)];
      at = [Math.round(x + away * Math.cos(angle)), Math.round(y + away * Math.sin(angle))];
    }
    used.push(at);
  }
  return used;
}

type Label = { readonly text: string; readonly at: Point; readonly kind: string };
type Box = readonly [left: number, top: number, right: number, bottom: number];

/** Names that do not lie over each other or over a dot; the list beside the map has them all. */
function placed(labels: readonly Label[], dots: readonly Point[]): { label: Label; at: Point }[] {
  const taken: Box[] = dots.map(([x, y]) => [x - 13, y - 13, x + 13, y + 13]);
  const overlaps = (one: Box) =>
    taken.some((other) => one[0] < other[2] && other[0] < one[2] && one[1] < other[3] && other[1] < one[3]);
  return labels.flatMap((label) => {
    const [x, y] = label.at;
    const long = label.text.length * 10.5;
    const ways: Point[] = [
      [x + 17, y + 6],
      [x - 17 - long, y + 6],
      [x - long / 2, y + 32],
      [x - long / 2, y - 18],
    ];
    const box = ([left, base]: Point): Box => [left, base - 17, left + long, base + 5];
    const fits = (way: Point) =>
      way[0] >= 2 && way[0] + long <= width - 2 && way[1] > 18 && way[1] < height - 6 && !overlaps(box(way));
    const way = ways.find(fits);
    if (!way) return [];
    taken.push(box(way));
    return [{ label, at: [Math.round(way[0]), Math.round(way[1])] as const }];
  });
}

/**
 * Where the visits are, between the rivers and roads that people go by, with the way of each day as a line. What it
 * shows is written beside it, so the picture is one image with one name. Null where no place is known.
 */
export function visitMap({
  title,
  id = "mapa",
  spots,
  routes = [],
  from = null,
}: {
  readonly title: string;
  readonly id?: string;
  readonly spots: readonly Spot[];
  /** Each the spots of one day, by their place in the list. */
  readonly routes?: readonly (readonly number[])[];
  /** Where the agent sets out. */
  readonly from?: Degrees | null;
}): Content {
  if (spots.length === 0) return null;
  const project = projectorFor([...spots.map(({ at }) => at), ...(from ? [from] : [])]);
  const dots = apart(spots.map(({ at }) => project(at)));
  const base = from && project(from);
  const names = placed(
    [
      ...spots.map(({ name }, index) => ({ text: name, at: dots[index] ?? origin, kind: "spot" })),
      ...towns
        .map(({ name, at }) => ({ text: name, at: project(at), kind: "town" }))
        .filter(({ text, at }) => inFrame(at) && !spots.some(({ name }) => name === text)),
    ],
    dots,
  );
  return html`<svg class="map" viewBox="0 0 ${width} ${height}" role="img" aria-labelledby="${id}">
    <title id="${id}">${title}</title>
    ${background(project)}
    ${routes.map((route) => routePath([...(base ? [base] : []), ...route.map((index) => dots[index] ?? origin)]))}
    ${base ? html`<path class="home-mark" d="M${base.join(" ")}m-11 2 11-12 11 12v10h-22z" />` : null}
    ${spots.map((spot, index) => dot(spot, dots[index] ?? origin))}
    ${names.map(({ label, at: [x, y] }) => html`<text class="${label.kind}" x="${x}" y="${y}">${label.text}</text>`)}
  </svg>`;
}

function background(project: Project): Html {
  const near = (points: readonly Point[]) =>
    points.some(([x, y]) => Math.abs(x) < 4_000 && Math.abs(y) < 4_000);
  const lines = (list: typeof rivers) => list.map(({ through }) => through.map(project)).filter(near);
  return html`<path class="river" d="${lines(rivers).map(softened).map(pathOf).join("")}" /><path
      class="road"
      d="${lines(roads).map(pathOf).join("")}"
    />`;
}

const routePath = (points: readonly Point[]): Content =>
  points.length > 1 ? html`<path class="route" d="${pathOf(points)}" />` : null;

function dot({ number, visits }: Spot, [x, y]: Point): Html {
  const radius = number === undefined ? Math.round(Math.min(16, 7 + 2 * Math.sqrt(visits))) : 13;
  return html`<circle class="stop" cx="${x}" cy="${y}" r="${radius}" />${
      number === undefined
        ? null
        : html`<text class="in-stop" x="${x}" y="${y + 6}" text-anchor="middle">${number}</text>`
    }`;
}
