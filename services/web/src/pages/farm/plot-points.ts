import type { PlotGeometry } from "@minka/contracts/plots";
import { z } from "zod";
import * as kinds from "../../forms/field-kinds.ts";

type Position = [longitude: string, latitude: string];

/** What a phone or a GPS shows: "-8.189123, -76.512345". Six decimals, since due diligence asks for them. */
const line = /^(-?\d{1,2}\.\d{6,15})[\s,;]+(-?\d{1,3}\.\d{6,15})$/;

/** Latitude first, as phones show it; a number that can only be a longitude in Peru may also come first. */
function readLine(written: string): Position | null {
  const [, one, other] =
    line.exec(written.trim()) ??
    /^(-?\d{1,3}\.\d{6,15})[\s,;]+(-?\d{1,2}\.\d{6,15})$/.exec(written.trim()) ??
    [];
  if (!one || !other) return null;
  return Number(one) < -60 ? [one, other] : [other, one];
}

/** One point, or the corners of a border in order, a line each. */
export const plotPoints = kinds.text(20_000).optional.transform((text, context): PlotGeometry | null => {
  const lines = (text ?? "").split("\n").filter((each) => each.trim() !== "");
  const refuse = (message: string) => {
    context.addIssue({ code: "custom", message });
    return z.NEVER;
  };
  const positions: Position[] = [];
  for (const [index, written] of lines.entries()) {
    const position = readLine(written);
    if (!position)
      return refuse(
        `Línea ${index + 1}: escriba latitud y longitud con seis decimales, así: -8.189123, -76.512345`,
      );
    positions.push(position);
  }
  const [first, second] = positions;
  if (!first) return null;
  if (!second) return { type: "Point", coordinates: first };
  if (positions.length < 3)
    return refuse("Un lindero tiene tres esquinas o más. Con un solo punto también vale.");
  const last = positions.at(-1);
  const closed = last?.[0] === first[0] && last[1] === first[1];
  return { type: "Polygon", coordinates: [closed ? positions : [...positions, first]] };
});

/** As it would be typed, for a form that corrects it: a ring's last position is its first again. */
export function writtenPoints(geometry: PlotGeometry | null): string {
  if (!geometry) return "";
  const positions =
    geometry.type === "Point" ? [geometry.coordinates] : (geometry.coordinates[0] ?? []).slice(0, -1);
  return positions.map(([longitude, latitude]) => `${latitude}, ${longitude}`).join("\n");
}
