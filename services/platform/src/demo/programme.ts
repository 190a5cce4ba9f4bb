/**
 * The population that the programmes served, by crop and region, and what the survey of 2022 says about
 * it: households of the survey's universe, shares of respondents.
 */
export type ProgrammeCrop = "cacao" | "coffee";

export type Cell = {
  readonly crop: ProgrammeCrop;
  /** INEI code of the region. */
  readonly region: string;
  readonly households: number;
  /** Districts where the crop grows, the ones with more producers first. */
  readonly districts: readonly string[];
};

export const cells: readonly Cell[] = [
  {
    crop: "cacao",
    region: "22",
    households: 9_037,
    districts: [
      "221001",
      "221005",
      "221003",
      "220601",
      "220602",
      "221002",
      "221006",
      "220603",
      "220604",
      "220605",
      "220401",
      "220201",
      "220904",
      "220503",
    ],
  },
  {
    crop: "coffee",
    region: "22",
    households: 4_154,
    districts: [
      "220105",
      "220804",
      "220104",
      "220502",
      "220805",
      "220803",
      "220510",
      "220101",
      "221004",
      "220301",
      "220202",
    ],
  },
  {
    crop: "coffee",
    region: "10",
    households: 3_343,
    districts: ["100507", "100602", "100606", "100603", "100702", "100705", "100601"],
  },
  {
    crop: "cacao",
    region: "10",
    households: 3_026,
    districts: [
      "100604",
      "100601",
      "100605",
      "100607",
      "100702",
      "100704",
      "100609",
      "100610",
      "100608",
      "100901",
      "100905",
    ],
  },
  {
    crop: "cacao",
    region: "25",
    households: 2_590,
    districts: ["250301", "250302", "250303", "250304", "250306", "250305", "250307", "250102", "250106"],
  },
  { crop: "cacao", region: "19", households: 1_021, districts: ["190308", "190306", "190304"] },
  { crop: "coffee", region: "01", households: 219, districts: ["010702", "010706", "010609", "010705"] },
  { crop: "coffee", region: "25", households: 123, districts: ["250301", "250307"] },
];

/** Of respondents: never to be read as women's share of the work. */
export const sexShares = [
  ["f", 31],
  ["m", 69],
] as const;

/** Age bands in years, both ends included. */
export const ageShares = [
  [[20, 39], 30],
  [[40, 59], 48],
  [[60, 79], 21],
  [[80, 88], 1],
] as const;

/** Published for coffee; cacao's are not, so they serve for both. */
export const sizeShares = [
  ["small", 14],
  ["medium", 36],
  ["large", 51],
] as const;

/** Members of an organization: all of a crop's producers, and its small ones. */
export const memberShares = {
  coffee: { all: 0.44, small: 0.29 },
  cacao: { all: 0.5, small: 0.4 },
} as const;
