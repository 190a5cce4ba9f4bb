import type { Point } from "@minka/geography/districts";
import { text } from "../../forms/field-kinds.ts";
import { z } from "zod";

/** "-8.188, -76.512", as maps on a phone show it; undefined where nothing was typed. */
export const point = text(60).optional.transform((written, context): Point | undefined => {
  if (written === undefined) return undefined;
  const [, latitude, longitude] =
    /^(-?\d+(?:[.,]\d+)?)\s*[,; ]\s*(-?\d+(?:[.,]\d+)?)$/.exec(written.trim()) ?? [];
  const [north, east] = [latitude, longitude].map((number) => Number((number ?? "").replace(",", ".")));
  if (latitude && north !== undefined && east !== undefined && isInPeru(north, east))
    return { latitude: north, longitude: east };
  context.addIssue({ code: "custom", message: "Escriba latitud y longitud, por ejemplo: -8.188, -76.512" });
  return z.NEVER;
});

const isInPeru = (north: number, east: number) =>
  north >= -18.5 && north <= 0.1 && east >= -81.5 && east <= -68.5;

/** As `point` reads it again, to the last digit. */
export const pointText = ({ latitude, longitude }: Point) => `${latitude}, ${longitude}`;
