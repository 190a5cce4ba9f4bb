import { askToJoin, leaveOrganization, listMemberships } from "@minka/contracts/memberships";
import { findOrganizations, readOrganization, startGroup } from "@minka/contracts/organizations";
import type { Person } from "@minka/contracts/profiles";
import { DomainError } from "@minka/domain/errors";
import { formatSoles } from "@minka/domain/money";
import { parsePhone, readablePhone } from "@minka/domain/phone";
import { foldCase } from "@minka/language/fold";
import { renderText } from "@minka/language/texts";
import { decideOnce } from "./decide-once.ts";
import { fitSegments, placeName, shortName } from "./say-match.ts";
import { hoursFrom, say, type Outcome, type Turn } from "./turn.ts";

/** How long a list of organizations, and what is asked about one, waits for an answer. */
const questionHours = 48;
const nameLengths = [80, 60, 48, 40, 32, 24, 18];

/** "Quiero entrar a una cooperativa": those near by, with what joining costs; a number tells more of one. */
export async function answerOrganizations(turn: Turn): Promise<Outcome> {
  const districtCode = turn.heard.slots.place ?? turn.person?.districtCode;
  if (!districtCode) return say("ask_place_again");
  const { crop } = turn.heard.slots;
  const query = { districtCode, ...(crop ? { crop } : {}) };
  const { organizations } = await turn.kit.call(findOrganizations, { query }, turn.step("organizations"));
  const place = placeName(districtCode);
  if (organizations.length === 0) return say("organizations_none", { place });
  const listed = (longestName: number) => {
    const lines = organizations.map(
      ({ name, entryFeeCentimos }, index) =>
        `${index + 1} ${shortName(name, longestName)}, ${sayFee(entryFeeCentimos)}`,
    );
    return renderText("organizations", { place, options: lines.join("\n") });
  };
  return {
    ask: {
      subject: { kind: "organizations", organizationIds: organizations.map(({ id }) => id) },
      text: fitSegments(listed, nameLengths),
      expiresAt: hoursFrom(turn.now, questionHours),
    },
  };
}

function sayFee(centimos: number | null): string {
  if (centimos === null) return "cuota a consultar";
  return centimos === 0 ? "sin cuota" : `cuota ${formatSoles(centimos)}`;
}

/** A number of the list: what the organization asks and gives, and whether to ask it for admission. */
export async function answerOrganizationChoice(turn: Turn): Promise<Outcome | null> {
  const subject = turn.prompt?.subject;
  if (subject?.kind !== "organizations") return null;
  const { intent, slots } = turn.heard;
  if (intent === "decline" || intent === "cancel_request")
    return { ...say("cancelled_question"), answered: true };
  if (intent !== "choose" && intent !== "unknown") return null;
  const organizationId = subject.organizationIds[(slots.option ?? 0) - 1];
  if (!organizationId) return { ...say("organizations_again"), puzzled: true };
  const { organization } = await turn.kit.call(
    readOrganization,
    { params: { organizationId } },
    turn.step("organization"),
  );
  const { entryFeeCentimos, requirements, services, phone } = organization;
  const card = (longest: number) =>
    renderText("organization_card", {
      name: shortName(organization.name, 40),
      facts: [
        sayFee(entryFeeCentimos),
        ...(requirements.length > 0 ? [`piden ${listShortly(requirements, longest)}`] : []),
        ...(services.length > 0 ? [`dan ${listShortly(services, longest)}`] : []),
        ...(phone ? [`tel. ${readablePhone(phone)}`] : []),
      ].join("; "),
    });
  return {
    answered: true,
    ask: {
      subject: { kind: "joining", organizationId },
      text: fitSegments(card, nameLengths),
      expiresAt: hoursFrom(turn.now, questionHours),
    },
  };
}

function listShortly(texts: readonly string[], longest: number): string {
  // Not of "DNI": a capital after a capital is no beginning of a sentence.
  const inSentence = (text: string) => text.replace(/^\p{Lu}(?!\p{Lu})/u, (first) => first.toLowerCase());
  return shortName(texts.map(inSentence).join(", "), longest);
}

/** SI: a manager of the organization is asked. */
export async function answerJoining(turn: Turn): Promise<Outcome | null> {
  const subject = turn.prompt?.subject;
  if (subject?.kind !== "joining") return null;
  const { intent } = turn.heard;
  if (intent === "decline" || intent === "cancel_request")
    return { ...say("cancelled_question"), answered: true };
  if (intent === "unknown") return { ...say("answer_yes_or_no"), puzzled: true };
  if (intent !== "confirm") return null;
  if (!turn.person?.consented) return say("organization_sign_up_first");
  return { ...(await join(turn, turn.person, subject.organizationId)), answered: true };
}

async function join(turn: Turn, person: Person, organizationId: string): Promise<Outcome> {
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

const wantsGroup = /\b(formar|form[ae]mos|crear|creemos|hacer|armar|juntar)\w*\b.{0,20}\bgrupo\b|^\s*grupo\b/;
const mobile = /(?:\+?51[\s.-]?)?9(?:[\s.-]?\d){8}/g;
/** As many as profiles takes. */
const mostNeighbours = 20;

/** "GRUPO Juan 987654321, María 912345678": neighbours who have no organization become one. */
export async function answerGroup(turn: Turn): Promise<Outcome | null> {
  if (!wantsGroup.test(foldCase(turn.text.slice(0, 300)))) return null;
  if (!turn.person?.consented) return say("organization_sign_up_first");
  const neighbours = namedPhones(turn.text);
  if (neighbours.length < 2) return say("group_how");
  try {
    const body = { personId: turn.person.id, neighbours: neighbours.slice(0, mostNeighbours) };
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
function namedPhones(text: string): { name: string; phone: string }[] {
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

const wantsToLeave =
  /\b(salir|salirme|saco|retirar|retirarme|retiro|renunci\w+|dejar|ya no (?:quiero|soy))\b.{0,30}\b(asociacion|cooperativa|comite|grupo|organizacion|soci[oa])\b/;

/** "Quiero salir de la cooperativa": of which, and whether they are sure. */
export async function answerLeaving(turn: Turn): Promise<Outcome | null> {
  const subject = turn.prompt?.subject;
  if (subject?.kind === "leaving") return leave(turn, subject.membershipIds);
  if (!turn.person || !wantsToLeave.test(foldCase(turn.text.slice(0, 300)))) return null;
  const { memberships } = await turn.kit.call(
    listMemberships,
    { params: { personId: turn.person.id } },
    turn.step("memberships"),
  );
  const held = memberships.filter(({ state }) => state === "active" || state === "asked").slice(0, 3);
  const [only] = held;
  if (!only) return say("leaving_none");
  const options = held.map(
    ({ organizationName }, index) => `${index + 1} ${shortName(organizationName, 40)}`,
  );
  return {
    ask: {
      subject: { kind: "leaving", membershipIds: held.map(({ membershipId }) => membershipId) },
      text:
        held.length === 1
          ? renderText("leaving", { name: shortName(only.organizationName, 60) })
          : renderText("leaving_which", { options: options.join("\n") }),
      expiresAt: hoursFrom(turn.now, questionHours),
    },
  };
}

async function leave(turn: Turn, membershipIds: readonly string[]): Promise<Outcome | null> {
  const { intent, slots } = turn.heard;
  if (intent === "decline" || intent === "cancel_request")
    return { ...say("cancelled_question"), answered: true };
  const chosen = membershipIds.length === 1 && intent === "confirm" ? 1 : slots.option;
  const membershipId = membershipIds[(chosen ?? 0) - 1];
  if (!membershipId)
    return intent === "unknown" || intent === "choose" ? { ...say("answer_yes_or_no"), puzzled: true } : null;
  const left = await decideOnce(turn, "leave", async () => {
    try {
      const params = { membershipId };
      const { membership } = await turn.kit.call(leaveOrganization, { params }, turn.step("leave"));
      return { key: "left_organization", name: membership.organizationName } as const;
    } catch (error) {
      if (!(error instanceof DomainError) || error.category !== "conflict") throw error;
      return { key: "leaving_last_manager", name: "" } as const;
    }
  });
  if (left?.key === "left_organization")
    return { ...say(left.key, { name: shortName(left.name, 60) }), answered: true };
  return { ...say("leaving_last_manager"), answered: true };
}
