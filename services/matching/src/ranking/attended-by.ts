import { attendedKinds, womenAmong } from "@minka/contracts/attendance";
import type { Candidate } from "@minka/contracts/catalog";
import { readPerson, type Person } from "@minka/contracts/profiles";
import { DomainError } from "@minka/domain/errors";
import type { Kind } from "@minka/domain/vocabulary";
import type { Caller } from "@minka/http/caller";
import type { RequestRow } from "../tables.ts";

/** Why a list is empty of which the only candidates are men, or people who have not said what they are. */
export const noWomanNear = "no-woman-near";

/** Kinds of which some offers are for women alone. */
const kindsForWomen: readonly Kind[] = ["credit", "training"];

/** What a search has to know of who asks. */
export type Asker = {
  /** Only where an offer may depend on it. */
  readonly sex: Person["sex"];
  /** Only women are proposed: as they said of this request, or else as they prefer. */
  readonly womanOnly: boolean;
};

/** Read anew for each search and kept nowhere here but for the wish; an erased person wishes nothing. */
export async function readAsker(
  call: Caller,
  { kind, personId, womanOnly }: RequestRow,
  trace: string,
): Promise<Asker> {
  const forWomen = kindsForWomen.includes(kind);
  const attended = attendedKinds.includes(kind);
  if (!forWomen && (!attended || womanOnly !== null)) return { sex: null, womanOnly: womanOnly ?? false };
  try {
    const { person } = await call(readPerson, { params: { personId } }, { trace });
    return {
      sex: forWomen ? person.sex : null,
      womanOnly: attended && (womanOnly ?? person.prefersWoman),
    };
  } catch (error) {
    if (!(error instanceof DomainError) || error.category !== "not-found") throw error;
    return { sex: null, womanOnly: womanOnly ?? false };
  }
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
