import type { AskerFacts } from "@minka/contracts/asker";
import type {
  Certificate,
  Crop,
  CropState,
  LandDocument,
  LoanRequirement,
  Tenure,
} from "@minka/domain/vocabulary";

/** What is recorded of a person's production, in the words of its tables. */
export type Recorded = {
  readonly dni: string | null;
  /** As far as it is known, all that they grow. */
  readonly grown: readonly Crop[];
  readonly plots: readonly { readonly tenure: Tenure; readonly document: LandDocument }[];
  readonly seasons: readonly {
    readonly crop: Crop;
    readonly year: number;
    readonly amount: number | null;
    readonly state: CropState | null;
    readonly organic: boolean | null;
  }[];
  readonly certificates: readonly CertifiedUntil[];
  /** Of organizations where they are an active member. */
  readonly organizations: readonly { readonly id: string; readonly certificates: readonly Certificate[] }[];
};
type CertifiedUntil = {
  readonly certificate: Certificate;
  /** Null for all that they grow. */
  readonly crop: Crop | null;
  readonly expiresOn: string;
};

type Derived = Pick<
  AskerFacts,
  | "holds"
  | "lacks"
  | "certificates"
  | "lacksCertificates"
  | "sells"
  | "organicCrops"
  | "organicOnly"
  | "organizationIds"
>;

/** Of `holds` and `lacks` nothing is guessed: what is not recorded is in neither. `today` is a day in Lima. */
export function deriveAskerFacts(recorded: Recorded, today: string): Derived {
  const { grown, organizations } = recorded;
  const { held, lacked } = certificatesOf(recorded, today);
  const organic = held.filter(({ certificate }) => certificate === "organic");
  const everything = organic.some(({ crop }) => crop === null);
  const organicCrops = [
    ...new Set([
      ...(everything ? grown : []),
      ...organic.flatMap(({ crop }) => crop ?? []),
      // Under nobody's certificate, or their organization's: what is not approved would spoil it all the same.
      ...lastSeasons(recorded.seasons).flatMap((season) => (season.organic === true ? season.crop : [])),
    ]),
  ];
  return {
    ...loanRequirementsOf(recorded),
    certificates: held,
    lacksCertificates: lacked,
    sells: statesSold(recorded),
    organicCrops,
    organicOnly: everything || (grown.length > 0 && grown.every((crop) => organicCrops.includes(crop))),
    organizationIds: organizations.map(({ id }) => id),
  };
}

const landPapers = { land_title: "title", possession_certificate: "possession_certificate" } as const;

/**
 * No membership of an organization that is not on Minka is known, nor a guarantor, nor savings: that they are not
 * recorded does not mean that they are not there.
 */
function loanRequirementsOf({ dni, plots, seasons, organizations }: Recorded) {
  const holds: LoanRequirement[] = [];
  const lacks: LoanRequirement[] = [];
  if (dni !== null) holds.push("identity_document");
  if (organizations.length > 0) holds.push("membership");
  // The paper of land that is another's, or its community's, is no paper of theirs.
  const papers = plots.map(({ tenure, document }) =>
    tenure === "own" || tenure === "possession" ? document : "none",
  );
  for (const [requirement, paper] of Object.entries(landPapers) as [
    keyof typeof landPapers,
    LandDocument,
  ][]) {
    if (papers.includes(paper)) holds.push(requirement);
    else if (papers.length > 0 && !papers.includes("other")) lacks.push(requirement);
  }
  const harvests = new Set(seasons.flatMap(({ year, amount }) => (amount === null ? [] : year)));
  if (harvests.size >= harvestsOfHistory) holds.push("harvest_history");
  return { holds, lacks };
}

const harvestsOfHistory = 2;

function certificatesOf({ certificates, seasons, organizations }: Recorded, today: string) {
  const held = unique(certificates.filter(({ expiresOn }) => expiresOn >= today));
  const conventional = lastSeasons(seasons).flatMap(({ crop, organic }) =>
    organic === false ? [{ certificate: "organic" as const, crop }] : [],
  );
  const shared = new Set(organizations.flatMap((organization) => organization.certificates));
  const lacked = unique([
    ...certificates.filter(({ expiresOn }) => expiresOn < today),
    ...conventional,
  ]).filter(
    ({ certificate, crop }) =>
      // What their organization is certified for may cover them too.
      !shared.has(certificate) &&
      !held.some((one) => one.certificate === certificate && (one.crop === null || one.crop === crop)),
  );
  return { held, lacked };
}

function unique(listed: readonly { certificate: Certificate; crop: Crop | null }[]) {
  const each = new Map(
    listed.map(({ certificate, crop }) => [`${certificate} ${crop}`, { certificate, crop }]),
  );
  return [...each.values()];
}

/** Crops whose last harvest was weighed in one state and no other. */
function statesSold({ seasons }: Recorded): { crop: Crop; state: CropState }[] {
  const states = new Map<Crop, Set<CropState>>();
  for (const { crop, state } of lastSeasons(seasons)) {
    if (state !== null) states.set(crop, (states.get(crop) ?? new Set()).add(state));
  }
  return [...states].flatMap(([crop, known]) => {
    const [state] = known;
    return known.size === 1 && state !== undefined ? [{ crop, state }] : [];
  });
}

/** Of each crop those of its last year. */
function lastSeasons<Season extends { crop: Crop; year: number }>(seasons: readonly Season[]): Season[] {
  const last = new Map<Crop, number>();
  for (const { crop, year } of seasons) last.set(crop, Math.max(year, last.get(crop) ?? year));
  return seasons.filter(({ crop, year }) => year === last.get(crop));
}
