import { askToJoin } from "@minka/contracts/memberships";
import { findOrganizations, startGroup } from "@minka/contracts/organizations";
import type { Person } from "@minka/contracts/profiles";
import { DomainError } from "@minka/domain/errors";
import { formatSoles } from "@minka/domain/money";
import { parsePhone } from "@minka/domain/phone";
import type { Crop } from "@minka/domain/vocabulary";
import { foldCase } from "@minka/language/fold";
import { phrase, renderText } from "@minka/language/texts";
import { eq } from "@minka/database/query";
import { inboundMessages } from "../tables.ts";
import { fitSegments, placeName, shortName } from "./say-match.ts";
import { hoursFrom, say, type Outcome, type Turn } from "./turn.ts";

/** How long a list of organizations, and what is asked about one, waits for an answer. */
export const questionHours = 48;
export const nameLengths = [80, 60, 48, 40, 32, 24, 18];

/** Those near by, with what joining costs; a number tells more of one. */
export async function listOrganizations(
  turn: Turn,
  { districtCode, crop }: { districtCode: string; crop: Crop | null },
): Promise<Outcome> {
  const query = { districtCode, ...(crop ? { crop } : {}) };
  const { organizations } = await turn.kit.call(findOrganizations, { query }, turn.step("organizations"));
  const place = placeName(districtCode);
  if (organizations.length === 0) return say("organizations_none", { place });
  const listed = (longestName: number) => {
    const lines = organizations.map(
      ({ name, entryFeeCentimos }, index) =>
        `${index + 1} ${shortName(name, longestName)}, ${sayFee(entryFeeCentimos, turn.language)}`,
    );
    return renderText("organizations", { place, options: lines.join("\n") }, turn.language);
  };
  return {
    ask: {
      subject: { kind: "organizations", organizationIds: organizations.map(({ id }) => id), districtCode },
      text: fitSegments(listed, nameLengths),
      expiresAt: hoursFrom(turn.now, questionHours),
    },
  };
}

export function sayFee(centimos: number | null, language: string): string {
  if (centimos === null) return phrase("fee_unknown", {}, language);
  return centimos === 0
    ? phrase("no_fee", {}, language)
    : phrase("fee", { amount: formatSoles(centimos) }, language);
}

/** A manager of the organization is asked. */
export async function joinOrganization(turn: Turn, person: Person, organizationId: string): Promise<Outcome> {
  try {
    const { membership } = await turn.kit.call(
      askToJoin,
      { params: { organizationId }, body: { personId: person.id } },
      turn.step("join"),
    );
    return say("organization_asked", { name: shortName(membership.organizationName, 60) });
  } catch (error) {
    if (!(error instanceof DomainError) || !["conflict", "not-found"].includes(error.category)) throw error;
    return say("organization_not_now");
  }
}

const groupWords = /\b(formar|form[ae]mos|crear|creemos|hacer|armar|juntar)\w*\b.{0,20}\bgrupo\b|^\s*grupo\b/;
const mobile = /(?:\+?51[\s.-]?)?9(?:[\s.-]?\d){8}/g;
/** As many as profiles takes. */
const mostNeighbours = 20;

/** "GRUPO Juan 987654321, María 912345678". */
export function wantsGroup(text: string): boolean {
  return groupWords.test(foldCase(text.slice(0, 300)));
}

/** The group that a message from before named, of somebody who had to agree first. */
export async function startGroupOf(turn: Turn, person: Person, messageId: string): Promise<Outcome> {
  const [message] = await turn.kit.db.read
    .select({ body: inboundMessages.body })
    .from(inboundMessages)
    .where(eq(inboundMessages.id, messageId));
  return startGroupWith(turn, person, message?.body ?? "");
}

/** Neighbours who have no organization become one. */
export async function startGroupWith(turn: Turn, person: Person, text: string): Promise<Outcome> {
  const neighbours = namedPhones(text);
  if (neighbours.length < 2) return say("group_how");
  try {
    const body = { personId: person.id, neighbours: neighbours.slice(0, mostNeighbours) };
    await turn.kit.call(startGroup, { body }, turn.step("group"));
    return say("group_started", { count: neighbours.length });
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
    if (error.code === "district-needed") return say("ask_place_again");
    if (error.code === "group-forming") return say("group_forming");
    if (error.code === "wants-no-questions") return say("group_neighbour_unwilling");
    if (error.category === "conflict" || error.category === "invalid") return say("group_how");
    throw error;
  }
}

/** The people of a list in free text: the words before each number are a name. */
export function namedPhones(text: string): { name: string; phone: string }[] {
  const found: { name: string; phone: string }[] = [];
  let from = 0;
  for (const match of text.matchAll(mobile)) {
    const phone = parsePhone(match[0]);
    const words = text
      .slice(from, match.index)
      .replace(/^[^:]*:/, "")
      .match(/\p{L}+/gu);
    const name = (words ?? []).filter((word) => !linking.has(foldCase(word))).join(" ");
    from = match.index + match[0].length;
    if (phone && name.length >= 2 && !found.some((each) => each.phone === phone))
      found.push({ name: name.slice(0, 80), phone });
  }
  return found;
}

const linking = new Set(
  "y e con a el la los las de mi mis quiero queremos vamos formar formemos crear armar hacer juntar un grupo vecino vecinos vecina".split(
    " ",
  ),
);
