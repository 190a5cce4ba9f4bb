import { readAskerFacts, type AskerFacts } from "@minka/contracts/asker";
import { attendedKinds, womenAmong } from "@minka/contracts/attendance";
import type { Candidate, CandidateSearch } from "@minka/contracts/catalog";
import { DomainError } from "@minka/domain/errors";
import type { Kind, Language } from "@minka/domain/vocabulary";
import type { Caller } from "@minka/http/caller";
import type { RequestRow } from "../tables.ts";

/** Why a list is empty of which the only candidates are men, or people who have not said what they are. */
export const noWomanNear = "no-woman-near";

/** What of an asker an offer of each kind may depend on, and nothing else of them. */
const conditionsOf = {
  assistance: [],
  training: ["sex"],
  credit: ["sex", "holds", "lacks"],
  purchase: ["certificates", "lacksCertificates", "sells"],
} as const satisfies Partial<Record<Kind, readonly (keyof AskerFacts)[]>>;

/** What a search has to know of who asks. */
export type Asker = {
  readonly conditions: Partial<CandidateSearch["requester"]>;
  readonly sex: "f" | "m" | null;
  readonly language: Language | null;
  readonly organicOnly: boolean;
  /** Only women are proposed: as they said of this request, or else as they prefer. */
  readonly womanOnly: boolean;
};

/** Who says nothing of themself that a search for visits depends on: the candidates are the same for all. */
export const anybody: Asker = {
  conditions: {},
  sex: null,
  language: null,
  organicOnly: false,
  womanOnly: false,
};

const kindsThatDepend: readonly Kind[] = ["assistance", "training", "credit", "input", "purchase"];

/** Read anew for each search and kept nowhere here but for the wish; an erased person wishes nothing. */
export async function readAsker(
  call: Caller,
  { kind, personId, womanOnly, need }: Pick<RequestRow, "kind" | "personId" | "womanOnly" | "need">,
  trace: string,
): Promise<Asker> {
  const nothing = { ...anybody, womanOnly: womanOnly ?? false };
  if (!kindsThatDepend.includes(kind)) return nothing;
  try {
    const facts = await call(readAskerFacts, { params: { personId } }, { trace });
    const attended = attendedKinds.includes(kind);
    const conditions = pick(facts, kind);
    return {
      conditions,
      sex: conditions.sex ?? null,
      language: attended ? facts.language : null,
      organicOnly: kind === "input" && isForOrganic(facts, need),
      womanOnly: attended && (womanOnly ?? facts.prefersWoman),
    };
  } catch (error) {
    if (!(error instanceof DomainError) || error.category !== "not-found") throw error;
    return nothing;
  }
}

function pick(facts: AskerFacts, kind: Kind): Asker["conditions"] {
  const names: readonly (keyof AskerFacts)[] = conditionsOf[kind as keyof typeof conditionsOf] ?? [];
  return Object.fromEntries(names.map((name) => [name, facts[name]]));
}

/** For a crop that they farm organically. Where none is named it may be for that one, and a slip costs the certificate. */
function isForOrganic({ organicCrops, organicOnly }: AskerFacts, { crop }: RequestRow["need"]): boolean {
  return crop === undefined ? organicOnly || organicCrops.length > 0 : organicCrops.includes(crop);
}

/** The candidates whose contact has said that she is a woman. */
export async function onlyWomen(
  call: Caller,
  candidates: readonly Candidate[],
  trace: string,
): Promise<readonly Candidate[]> {
  if (candidates.length === 0) return [];
  const personIds = [...new Set(candidates.map(({ providerPersonId }) => providerPersonId))];
  const { women } = await call(womenAmong, { body: { personIds } }, { trace });
  const known = new Set(women);
  return candidates.filter(({ providerPersonId }) => known.has(providerPersonId));
}
