import { leaveOrganization, listMemberships } from "@minka/contracts/memberships";
import { readOrganization } from "@minka/contracts/organizations";
import { DomainError } from "@minka/domain/errors";
import { readablePhone } from "@minka/domain/phone";
import { resolvePlace } from "@minka/geography/resolve-place";
import { foldCase } from "@minka/language/fold";
import { phrase, renderText } from "@minka/language/texts";
import { askPlace } from "./answer-need.ts";
import { askConsent, noWish } from "./ask-consent.ts";
import { decideOnce } from "./decide-once.ts";
import { offTheMenu, picked } from "./menus.ts";
import {
  joinOrganization,
  listOrganizations,
  nameLengths,
  namedPhones,
  questionHours,
  sayFee,
  startGroupWith,
  wantsGroup,
} from "./organizations.ts";
import { fitSegments, shortName } from "./say-match.ts";
import { hoursFrom, say, type Outcome, type Turn } from "./turn.ts";

/** "Quiero entrar a una cooperativa": those near by; where that is, is asked for where it is not known. */
export async function answerOrganizations(turn: Turn): Promise<Outcome> {
  const { slots, placeCandidates } = turn.heard;
  const crop = slots.crop ?? null;
  const districtCode = slots.place ?? turn.person?.districtCode;
  if (districtCode) return listOrganizations(turn, { districtCode, crop });
  return askPlace(turn, { need: null, next: { kind: "organizations", crop } }, placeCandidates);
}

/** Somebody who is not known here says where: they are shown what is near, and nothing of it is kept. */
export async function answerOrganizationPlace(turn: Turn): Promise<Outcome | null> {
  const subject = turn.prompt?.subject;
  if (turn.person || subject?.kind !== "place" || subject.next?.kind !== "organizations") return null;
  const { intent, slots, placeCandidates } = turn.heard;
  if (!["set_place", "choose", "unknown", "register"].includes(intent)) return null;
  const number = picked(turn.text);
  const chosen = typeof number === "number" ? subject.options[number - 1] : undefined;
  const resolved = resolvePlace(turn.text);
  const districtCode =
    chosen ?? slots.place ?? (resolved.kind === "one" ? resolved.district.code : undefined);
  const { crop } = subject.next;
  if (districtCode) return { ...(await listOrganizations(turn, { districtCode, crop })), answered: true };
  const several = resolved.kind === "several" ? resolved.districts.map(({ code }) => code) : placeCandidates;
  const again = askPlace(turn, subject, several, true);
  return { ...again, answered: true, puzzled: several.length === 0 };
}

/** A number of the list: what the organization asks and gives, and whether to ask it for admission. */
export async function answerOrganizationChoice(turn: Turn): Promise<Outcome | null> {
  const subject = turn.prompt?.subject;
  if (subject?.kind !== "organizations") return null;
  const { intent, slots } = turn.heard;
  if (intent === "decline" || intent === "cancel_request")
    return { ...say("organization_left_alone"), answered: true };
  if (intent !== "choose" && intent !== "unknown") return null;
  const number = picked(turn.text);
  if (number === "several") return say("organizations_again");
  const organizationId = subject.organizationIds[(number ?? slots.option ?? 0) - 1];
  if (!organizationId)
    return number === null
      ? { ...say("organizations_again"), puzzled: true }
      : offTheMenu(turn, say("organizations_again"));
  const { organization } = await turn.kit.call(
    readOrganization,
    { params: { organizationId } },
    turn.step("organization"),
  );
  const { entryFeeCentimos, requirements, services, phone } = organization;
  const { language } = turn;
  const card = (longest: number) =>
    renderText(
      "organization_card",
      {
        name: shortName(organization.name, 40),
        facts: [
          sayFee(entryFeeCentimos, language),
          ...(requirements.length > 0
            ? [phrase("asks", { list: listShortly(requirements, longest) }, language)]
            : []),
          ...(services.length > 0
            ? [phrase("gives", { list: listShortly(services, longest) }, language)]
            : []),
          ...(phone ? [phrase("telephone", { phone: readablePhone(phone) }, language)] : []),
        ].join("; "),
      },
      language,
    );
  return {
    answered: true,
    ask: {
      subject: {
        kind: "joining",
        organizationId,
        ...(subject.districtCode ? { districtCode: subject.districtCode } : {}),
      },
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
    return { ...say("organization_left_alone"), answered: true };
  if (intent === "unknown") return { ...say("answer_yes_or_no"), puzzled: true };
  if (intent !== "confirm") return null;
  const { organizationId, districtCode = null } = subject;
  if (turn.person?.consented)
    return { ...(await joinOrganization(turn, turn.person, organizationId)), answered: true };
  const wish = { ...noWish, districtCode, next: { kind: "join", organizationId } as const };
  return { ...askConsent(turn, wish), answered: true };
}

/** "GRUPO Juan 987654321, María 912345678": who is not known here yet is asked first whether they agree. */
export async function answerGroup(turn: Turn): Promise<Outcome | null> {
  if (!wantsGroup(turn.text)) return null;
  if (turn.person?.consented) return startGroupWith(turn, turn.person, turn.text);
  if (namedPhones(turn.text).length < 2) return say("group_how");
  return askConsent(turn, { ...noWish, next: { kind: "group", messageId: turn.messageId } });
}

const wantsToLeave =
  /\b(salir|salirme|saco|retirar|retirarme|retiro|renunci\w+|dejar|ya no (?:quiero|soy))\b.{0,30}\b(asociacion|cooperativa|comite|grupo|organizacion|soci[oa])\b/;

/** "Salir del grupo" from who is in one says nothing of messages. */
export async function answerLeavingAtOnce(turn: Turn): Promise<Outcome | null> {
  return turn.heard.intent === "opt_out" && turn.prompt?.kind !== "leaving" ? answerLeaving(turn) : null;
}

/** "Quiero salir de la cooperativa": of which, and whether they are sure. */
export async function answerLeaving(turn: Turn): Promise<Outcome | null> {
  const subject = turn.prompt?.subject;
  if (subject?.kind === "leaving") return leave(turn, subject.membershipIds);
  if (!wantsToLeave.test(foldCase(turn.text.slice(0, 300)))) return null;
  if (!turn.person) return turn.phoneKnown || turn.heard.intent === "opt_out" ? null : say("leaving_none");
  const { memberships } = await turn.kit.call(
    listMemberships,
    { params: { personId: turn.person.id } },
    turn.step("memberships"),
  );
  const held = memberships.filter(({ state }) => state === "active" || state === "asked").slice(0, 3);
  const [only] = held;
  if (!only) return turn.heard.intent === "opt_out" ? null : say("leaving_none");
  const options = held.map(
    ({ organizationName }, index) => `${index + 1} ${shortName(organizationName, 40)}`,
  );
  return {
    ask: {
      subject: { kind: "leaving", membershipIds: held.map(({ membershipId }) => membershipId) },
      text:
        held.length === 1
          ? renderText("leaving", { name: shortName(only.organizationName, 60) }, turn.language)
          : renderText("leaving_which", { options: options.join("\n") }, turn.language),
      expiresAt: hoursFrom(turn.now, questionHours),
    },
  };
}

async function leave(turn: Turn, membershipIds: readonly string[]): Promise<Outcome | null> {
  const { intent, slots } = turn.heard;
  if (intent === "decline" || intent === "cancel_request")
    return { ...say("cancelled_question"), answered: true };
  const number = picked(turn.text);
  const byNumber = number === "several" ? null : number;
  if (membershipIds.length > 1 && number !== null && !membershipIds[(byNumber ?? 0) - 1])
    return offTheMenu(turn, say("leaving_again", { count: membershipIds.length }));
  const chosen = membershipIds.length === 1 && intent === "confirm" ? 1 : (byNumber ?? slots.option);
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
