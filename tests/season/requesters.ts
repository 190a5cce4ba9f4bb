import { sayHelp } from "@minka/contracts/follow-ups";
import { settleDispute } from "@minka/contracts/disputes";
import {
  cancelRequest,
  chooseMatch,
  openRequest,
  readRequest,
  refuseList,
  reportOutcome,
  searchAgain,
  type Request,
} from "@minka/contracts/matching";
import { answerQuote } from "@minka/contracts/quotes";
import { rateEngagement } from "@minka/contracts/ratings";
import { DomainError } from "@minka/domain/errors";
import { addDays, limaDay, limaInstant } from "@minka/domain/lima-time";
import { createChance, type Chance } from "../day/chance.ts";
import { weighted, type Asking } from "./demand.ts";
import { later, unlessRefused, type Stage } from "./stage.ts";

/** What producers do with a list, a price and a visit; ours, nobody has measured it. */
const shares = {
  refusesFirst: 0.07,
  letsLapse: 0.08,
  takesPrice: 0.7,
  callsOff: 0.03,
  tellsOutcome: 0.7,
  tellsWhenAskedAgain: 0.5,
  rates: 0.65,
  saysWhetherItHelped: 0.5,
} as const;
/** Lists are read from the top: the chance of a place falls with it. */
const bias = 1.1;
const operatorDays = 2;
const lookAgainDays = 14;
const helpDays = 30;

type Told = { readonly requestId: string };
type Engaged = Told & { readonly engagementId: string; readonly matchId: string };

/** Those who ask: one for all requests, each with a chance of its own. */
export function createRequesters(
  stage: Stage,
  operatorId: string,
  offersOf: (asking: Asking) => string | null,
) {
  const { platform, agenda, personas } = stage;
  const { say, clock } = platform;
  const operator = platform.operator(operatorId);
  const chances = new Map<string, Chance>();
  const asked = new Map<string, number>();
  const searched = new Set<string>();
  /** Who comes to which visit, and whether they really do. */
  const truth = new Map<string, { providerId: string; came: boolean }>();
  let unknown = 0;
  const chanceFor = (requestId: string): Chance => {
    const found = chances.get(requestId);
    if (found) return found;
    // Opened by a plan: numbered as they come.
    unknown += 1;
    const chance = createChance(stage.seed * 7_368_787 + unknown);
    chances.set(requestId, chance);
    return chance;
  };
  const read = async (requestId: string): Promise<Request> =>
    (await say(readRequest, { params: { requestId } })).request;

  async function choose(requestId: string, round: number): Promise<void> {
    const request = await read(requestId);
    if (request.state !== "listed" || request.round !== round) return;
    const listed = request.matches.filter((match) => match.round === round && match.state === "listed");
    if (listed.length === 0) return;
    const chosen = weighted(
      listed.map((match) => [match.id, 1 / match.rank ** bias] as const),
      chanceFor(requestId),
    );
    const answer = await unlessRefused(stage, () => say(chooseMatch, { params: { matchId: chosen } }));
    if (!(answer instanceof DomainError)) return;
    const [other] = (answer.details?.["alternatives"] ?? []) as readonly string[];
    if (other) await unlessRefused(stage, () => say(chooseMatch, { params: { matchId: other } }));
  }

  return {
    truth,
    chanceFor,
    read,
    async ask(asking: Asking): Promise<void> {
      const { producer, need, chance, namesPlace, offerFirst } = asking;
      const { id: personId, districtCode, hamlet } = producer;
      const offerId = offerFirst ? offersOf(asking) : null;
      const place = namesPlace ? { place: { name: hamlet.name, point: hamlet.point } } : {};
      const body = {
        personId,
        need,
        districtCode,
        channel: "sms" as const,
        ...place,
        ...(offerId ? { offerId } : {}),
      };
      const opened = await unlessRefused(stage, () => say(openRequest, { body }));
      if (!(opened instanceof DomainError) && !chances.has(opened.requestId))
        chances.set(opened.requestId, chance);
    },
    listed({ requestId, round }: Told & { round: number }): void {
      const chance = chanceFor(requestId);
      if (round === 1 && chance.happens(shares.refusesFirst))
        later(stage, chance.between(0, 2), async () => {
          await unlessRefused(stage, () => say(refuseList, { params: { requestId } }));
        });
      else if (!chance.happens(shares.letsLapse))
        later(stage, chance.between(0, 3), () => choose(requestId, round));
    },
    async listedAgain({ requestId }: Told): Promise<void> {
      const { round } = await read(requestId);
      later(stage, chanceFor(requestId).between(0, 2), () => choose(requestId, round));
    },
    quoted({ requestId, quoteId, by }: Told & { quoteId: string; by: string }): void {
      if (by !== "provider") return;
      const chance = chanceFor(requestId);
      const accept = chance.happens(shares.takesPrice);
      later(stage, chance.between(0, 2), async () => {
        await unlessRefused(stage, () => say(answerQuote, { params: { quoteId }, body: { accept } }));
      });
    },
    async agreed({ requestId, engagementId, matchId }: Engaged): Promise<void> {
      const chance = chanceFor(requestId);
      const providerId = (await read(requestId)).matches.find(({ id }) => id === matchId)?.providerId ?? "";
      const came = !chance.happens(personas.get(providerId)?.noShow ?? 0);
      truth.set(engagementId, { providerId, came });
      if (!chance.happens(shares.callsOff)) return;
      later(stage, 1, async () => {
        const body = { reason: chance.oneOf(["not_needed", "found_another", "date"] as const) };
        await unlessRefused(stage, () => say(cancelRequest, { params: { requestId }, body }));
      });
    },
    outcomeDue({ requestId, engagementId }: Omit<Engaged, "matchId">): void {
      const chance = chanceFor(requestId);
      const before = asked.get(engagementId) ?? 0;
      asked.set(engagementId, before + 1);
      if (!chance.happens(before === 0 ? shares.tellsOutcome : shares.tellsWhenAskedAgain)) return;
      const outcome = truth.get(engagementId)?.came === false ? ("no_show" as const) : ("done" as const);
      later(stage, chance.between(0, 3), async () => {
        const body = { outcome, by: "requester" as const };
        await unlessRefused(stage, () => say(reportOutcome, { params: { engagementId }, body }));
      });
    },
    done({ requestId, engagementId }: Omit<Engaged, "matchId">): void {
      const chance = chanceFor(requestId);
      const quality = personas.get(truth.get(engagementId)?.providerId ?? "")?.quality ?? 4;
      const felt = quality + (chance.next() + chance.next() + chance.next() - 1.5) * 1.6;
      const score = Math.min(5, Math.max(1, Math.round(felt)));
      if (chance.happens(shares.rates))
        later(stage, chance.between(0, 5), async () => {
          await unlessRefused(stage, () =>
            say(rateEngagement, { params: { engagementId }, body: { score, by: "requester" } }),
          );
        });
      if (!chance.happens(shares.saysWhetherItHelped)) return;
      const helped = felt > 4 ? ("yes" as const) : felt > 2.8 ? ("some" as const) : ("no" as const);
      const evening = limaInstant(addDays(limaDay(clock()), helpDays + 1), 18);
      agenda.at(evening, async () => {
        await unlessRefused(stage, () => say(sayHelp, { params: { engagementId }, body: { helped } }));
      });
    },
    /** Operators find out what nobody told, and look once more after two weeks for who was left without. */
    async handedOver({ requestId }: Told): Promise<void> {
      const request = await read(requestId);
      if (request.state !== "with_operator") return;
      const { engagement } = request;
      if (engagement?.state === "disputed") {
        const outcome = truth.get(engagement.id)?.came === false ? ("no_show" as const) : ("done" as const);
        const day = limaInstant(addDays(limaDay(clock()), operatorDays), 12.5);
        agenda.at(day, async () => {
          const params = { engagementId: engagement.id };
          await unlessRefused(stage, () => operator(settleDispute, { params, body: { outcome } }));
        });
      } else if (!searched.has(requestId)) {
        searched.add(requestId);
        const day = limaInstant(addDays(limaDay(clock()), lookAgainDays), 12.5);
        agenda.at(day, async () => {
          await unlessRefused(stage, () => operator(searchAgain, { params: { requestId } }));
        });
      }
    },
  };
}
export type Requesters = ReturnType<typeof createRequesters>;
