import { allDistricts } from "@minka/geography/districts";

const firsts =
  "Nuevo,Alto,Bajo,Santa,San,Villa,Puerto,Pampa,Cerro,Quebrada,Dos,Tres,La,El,Los,Bello,Buenos,Flor de,Unión,Valle".split(
    ",",
  );
const seconds =
  "Horizonte,Amanecer,Rosa,Juan,Pedro,Miguel,Rico,Hermosa,Verde,Honda,Hermanos,Cruces,Esperanza,Paraíso,Ángeles,Andina,Aires,Mayo,Selva,Bosque,Yacu,Caspi,Runtu,Sacha,Allpa,Rumi,Urcu,Tingo,Paccha,Cocha".split(
    ",",
  );

export type MadePlace = { code: string; name: string; latitude: number; longitude: number };

/**
 * Made-up places, as many to each district of Peru as it takes, within some 20 km of its town; names repeat as they
 * do in the country. The same number gives the same list.
 */
export function manyPlaces(count: number): MadePlace[] {
  const districts = allDistricts();
  return Array.from({ length: count }, (_, at) => {
    const district = districts[at % districts.length];
    if (!district) throw new Error("no districts");
    const turn = (at * 7919) % 100_003;
    const first = firsts[turn % firsts.length];
    const second = seconds[Math.floor(turn / firsts.length) % seconds.length];
    const third = turn % 3 === 0 ? ` ${1 + (turn % 40)}` : "";
    return {
      code: district.code,
      name: `${first} ${second}${third}`,
      latitude: round(district.point.latitude + ((turn % 360) - 180) / 1000),
      longitude: round(district.point.longitude + ((turn % 280) - 140) / 1000),
    };
  });
}

const round = (degrees: number) => Math.min(Math.max(Math.round(degrees * 1e6) / 1e6, -81), 0);

export function placesCsv(places: readonly MadePlace[]): string {
  const rows = places.map(
    ({ code, name, latitude, longitude }) => `${code};${name};${latitude};${longitude}`,
  );
  return ["UBIGEO;CENTRO POBLADO;LATITUD;LONGITUD", ...rows].join("\r\n");
}
