/**
 * The rivers and roads by which people find their way, simplified by hand: [longitude, latitude] of the towns and
 * bends they pass. Good to about ten kilometres, which is less than the width of a line on the page.
 */
type Line = { readonly name: string; readonly through: readonly (readonly [number, number])[] };

export const rivers: readonly Line[] = [
  {
    name: "Huallaga",
    through: [
      [-76.25, -10.6],
      [-76.2, -10.13],
      [-76.24, -9.93],
      [-76.1, -9.83],
      [-75.93, -9.75],
      [-76.0, -9.29],
      [-76.05, -9.05],
      [-76.11, -8.93],
      [-76.25, -8.75],
      [-76.42, -8.47],
      [-76.51, -8.19],
      [-76.66, -7.9],
      [-76.63, -7.5],
      [-76.73, -7.19],
      [-76.58, -7.05],
      [-76.4, -6.95],
      [-76.33, -6.8],
      [-76.31, -6.6],
      [-76.14, -6.57],
      [-75.95, -6.4],
      [-75.78, -6.21],
      [-75.9, -6.05],
      [-76.1, -5.89],
      [-75.9, -5.62],
    ],
  },
  {
    name: "Mayo",
    through: [
      [-77.4, -5.8],
      [-77.2, -6.0],
      [-76.97, -6.05],
      [-76.75, -6.3],
      [-76.59, -6.42],
      [-76.42, -6.5],
      [-76.31, -6.6],
    ],
  },
  {
    name: "Ucayali",
    through: [
      [-73.04, -11.15],
      [-73.45, -10.95],
      [-73.76, -10.73],
      [-73.85, -10.4],
      [-74.0, -10.06],
      [-74.2, -9.7],
      [-74.44, -9.3],
      [-74.42, -8.95],
      [-74.52, -8.74],
      [-74.31, -8.6],
      [-74.54, -8.38],
      [-74.75, -8.1],
      [-74.88, -7.85],
      [-75.0, -7.35],
      [-75.1, -6.9],
      [-75.05, -6.4],
      [-74.7, -5.95],
      [-74.4, -5.62],
    ],
  },
  {
    name: "Pachitea",
    through: [
      [-75.15, -10.19],
      [-75.02, -9.86],
      [-74.97, -9.38],
      [-74.75, -9.0],
      [-74.71, -8.77],
      [-74.49, -8.75],
    ],
  },
  {
    name: "Pichis",
    through: [
      [-74.94, -10.35],
      [-75.0, -10.05],
      [-75.02, -9.86],
    ],
  },
  {
    name: "Pozuzo",
    through: [
      [-75.55, -10.35],
      [-75.53, -10.07],
      [-75.2, -9.95],
      [-75.02, -9.86],
    ],
  },
  {
    name: "Aguaytía",
    through: [
      [-75.75, -9.2],
      [-75.51, -9.04],
      [-75.28, -8.75],
      [-75.15, -8.43],
      [-74.95, -8.1],
      [-74.88, -7.85],
    ],
  },
];

export const roads: readonly Line[] = [
  {
    name: "Marginal",
    through: [
      [-77.5, -5.74],
      [-77.31, -5.94],
      [-76.97, -6.03],
      [-76.7, -6.35],
      [-76.37, -6.5],
      [-76.33, -6.92],
      [-76.55, -7.09],
      [-76.73, -7.18],
      [-76.65, -7.48],
      [-76.67, -7.91],
      [-76.52, -8.19],
      [-76.4, -8.36],
      [-76.11, -8.93],
      [-75.99, -9.29],
    ],
  },
  {
    name: "Federico Basadre",
    through: [
      [-76.25, -10.68],
      [-76.19, -10.13],
      [-76.24, -9.93],
      [-75.99, -9.29],
      [-75.51, -9.04],
      [-75.05, -8.83],
      [-74.81, -8.48],
      [-74.55, -8.38],
    ],
  },
  {
    name: "Selva Central",
    through: [
      [-75.27, -10.74],
      [-75.4, -10.58],
      [-74.94, -10.3],
      [-75.02, -9.86],
      [-74.97, -9.38],
      [-75.05, -8.83],
    ],
  },
];

/** A few towns to read the map by; `side` says where the name goes. */
export const towns: readonly { name: string; at: readonly [number, number]; side: "left" | "right" }[] = [
  { name: "Moyobamba", at: [-76.97, -6.03], side: "right" },
  { name: "Tarapoto", at: [-76.37, -6.5], side: "right" },
  { name: "Juanjuí", at: [-76.73, -7.18], side: "left" },
  { name: "Tocache", at: [-76.52, -8.19], side: "left" },
  { name: "Tingo María", at: [-76.0, -9.29], side: "left" },
  { name: "Huánuco", at: [-76.24, -9.93], side: "left" },
  { name: "Aguaytía", at: [-75.51, -9.04], side: "right" },
  { name: "Pucallpa", at: [-74.54, -8.38], side: "right" },
  { name: "Oxapampa", at: [-75.4, -10.58], side: "right" },
  { name: "Atalaya", at: [-73.76, -10.73], side: "right" },
];

export const regionNames: readonly { name: string; at: readonly [number, number] }[] = [
  { name: "SAN", at: [-77.65, -7.55] },
  { name: "MARTÍN", at: [-77.65, -7.78] },
  { name: "HUÁNUCO", at: [-77.72, -9.7] },
  { name: "UCAYALI", at: [-74.05, -9.3] },
  { name: "PASCO", at: [-75.95, -11.15] },
];

export const riverNames: readonly { name: string; at: readonly [number, number] }[] = [
  { name: "río Huallaga", at: [-76.5, -7.72] },
  { name: "río Ucayali", at: [-74.98, -7.2] },
  { name: "Pachitea", at: [-74.9, -9.62] },
];
