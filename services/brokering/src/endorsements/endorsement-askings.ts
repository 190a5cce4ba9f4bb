import { DomainError } from "@minka/domain/errors";
import { eq } from "@minka/database/query";
import {
  named,
  organizationName,
  over,
  personName,
  reply,
  sayConditions,
  soles,
} from "../credits/credit-askings.ts";
import { speakerOf } from "../credits/speaker.ts";
import { askAnew, isChanged, type Asking } from "../telling/asking.ts";
import type { NewsReader } from "../telling/news.ts";
import { approveEndorsement, refuseEndorsement } from "./endorse-credit.ts";
import { endorsements, limitChanges, type EndorsementRow } from "./endorsements-tables.ts";
import { approveExposureLimit } from "./exposure-limit.ts";

const answerMs = 14 * 24 * 60 * 60 * 1000;

/** To the manager who is to approve it: shall the organization vouch for this member? */
export const endorsementAsking: Asking = {
  async readQuestion(kit, id, trace) {
    const [row] = await kit.db.read.select().from(endorsements).where(eq(endorsements.id, id));
    if (row?.state !== "proposed" || row.approverId === null || row.personId === null) return null;
    return {
      text: row.conditions.length > 0 ? "endorsement_asked_on" : "endorsement_asked",
      parameters: {
        organization: named(await organizationName(kit, row.organizationId, trace)),
        borrower: named(await personName(kit, row.personId, trace)),
        amount: soles(row.amountCentimos ?? 0),
        ...(row.conditions.length > 0 ? { conditions: sayConditions(row.conditions) } : {}),
      },
      version: String(row.version),
      personId: row.approverId,
      expiresAt: new Date(kit.clock().getTime() + answerMs),
    };
  },
  async answerQuestion(kit, context, { id, personId, accepted, version: read }) {
    const actor = speakerOf(context, personId);
    const params = { endorsementId: id };
    const version = Number(read ?? Number.NaN);
    try {
      if (!accepted) {
        const body = { reason: "board_said_no" } as const;
        await refuseEndorsement(kit, { ...context, actor }, { params, body }, { personId, version });
        return reply("endorsement_no");
      }
      await approveEndorsement(kit, { ...context, actor }, { params, body: { version } }, personId);
      return reply("endorsement_yes");
    } catch (error) {
      if (isChanged(error)) return askAnew(kit, context, { kind: "endorsement", id }, read);
      if (error instanceof DomainError && error.code === "exposure-exceeded")
        return reply("endorsement_exceeds");
      return over(error);
    }
  },
};

/** To the manager who is to approve it: shall the organization vouch for so much in all? */
export const exposureLimitAsking: Asking = {
  async readQuestion(kit, id, trace) {
    const [row] = await kit.db.read.select().from(limitChanges).where(eq(limitChanges.id, id));
    if (row?.state !== "proposed" || row.approverId === null) return null;
    return {
      text: "exposure_limit_asked",
      parameters: {
        organization: named(await organizationName(kit, row.organizationId, trace)),
        amount: soles(row.limitCentimos),
      },
      personId: row.approverId,
      expiresAt: new Date(row.proposedAt.getTime() + answerMs),
    };
  },
  async answerQuestion(kit, context, { id, personId, accepted }) {
    if (!accepted) return reply("exposure_limit_no");
    try {
      const actor = speakerOf(context, personId);
      await approveExposureLimit(kit, { ...context, actor }, { params: { changeId: id } }, personId);
    } catch (error) {
      return over(error);
    }
    return reply("exposure_limit_yes");
  },
};

/** What an endorsement's sides are told: the id is the endorsement's. */
export const endorsementNews: NewsReader = async (kit, { kind, id, personIds, trace }) => {
  const [row] = await kit.db.read.select().from(endorsements).where(eq(endorsements.id, id));
  if (!row || row.personId === null) return [];
  const text = textOf(kind, row);
  if (text === null) return [];
  const parameters = {
    organization: named(await organizationName(kit, row.organizationId, trace)),
    borrower: named(await personName(kit, row.personId, trace)),
    amount: soles(row.amountCentimos ?? 0),
    ...(row.conditions.length > 0 ? { conditions: sayConditions(row.conditions) } : {}),
  };
  const needed = namesNeeded[text];
  const filled = Object.fromEntries(
    Object.entries(parameters).filter(([name]) => needed.some((each) => each === name)),
  );
  return personIds.map((personId) => ({
    personId,
    text,
    parameters: filled,
    until: null,
    toMany: false,
  }));
};

const namesNeeded = {
  endorsement_waits: ["organization", "borrower"],
  endorsement_stands: ["organization", "amount"],
  endorsement_stands_on: ["organization", "amount", "conditions"],
  endorsement_unanswered: ["organization"],
  endorsement_declined: ["organization"],
  endorsement_called: ["organization", "borrower", "amount"],
} as const;

function textOf(
  kind: string,
  { state, conditions, unansweredAt }: EndorsementRow,
): keyof typeof namesNeeded | null {
  if (kind === "endorsement-waiting") return state === "asked" ? "endorsement_waits" : null;
  if (kind === "endorsement-called") return state === "called" ? "endorsement_called" : null;
  if (state === "standing") return conditions.length > 0 ? "endorsement_stands_on" : "endorsement_stands";
  if (unansweredAt !== null) return "endorsement_unanswered";
  return state === "refused" ? "endorsement_declined" : null;
}
