import { wordNeeded } from "@minka/contracts/actor";
import { readProfile } from "@minka/contracts/people";
import type { Answer } from "@minka/contracts/endpoint";
import { html, type Html } from "../../design/html.ts";
import type { SignedVisit } from "../../visits/visit.ts";

export type Profile = Answer<typeof readProfile>["profile"];

export const ownParams = (visit: SignedVisit) => ({ personId: visit.person.personId });

export async function readOwnProfile(visit: SignedVisit): Promise<Profile> {
  return (await visit.call(readProfile, { params: ownParams(visit) })).profile;
}

/** The same for pages that show and change all of it: `word-needed` where others of the phone may be looking on. */
export async function readAllOfOwnProfile(visit: SignedVisit): Promise<Profile> {
  const profile = await readOwnProfile(visit);
  if (profile.withheld) throw wordNeeded();
  return profile;
}

/** Where each page about a part of what is kept leads back to. */
export const backToData: Html = html`<p><a class="more" href="/mi/datos">Volver a mis datos</a></p>`;
