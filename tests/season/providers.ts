import { callOffVisit } from "@minka/contracts/follow-ups";
import { answerAsk, reportOutcome } from "@minka/contracts/matching";
import { makeQuote } from "@minka/contracts/quotes";
import { rateEngagement } from "@minka/contracts/ratings";
import { DomainError } from "@minka/domain/errors";
import { addDays, limaDay } from "@minka/domain/lima-time";
import { createChance } from "../day/chance.ts";
import type { Requesters } from "./requesters.ts";
import { later, unlessRefused, type Stage } from "./stage.ts";

/** Ours: each kilometre and each open question makes a no likelier. */
const declineAKm = 0.003;
const declineAnAsk = 0.02;
const mostDeclined = 0.6;
const shares = { urgentUnheard: 0.25, callsOff: 0.02, tellsOutcome: 0.7, rates: 0.45 } as const;
const minuteMs = 60_000;

type Asked = { readonly requestId: string; readonly matchId: string };
type Engaged = Asked & { readonly engagementId: string };

/** Those who are asked, each with the pace and the ways of their own. */
export function createProviders(stage: Stage, { read, truth }: Requesters) {
  const { platform, agenda, personas } = stage;
  const { say, clock } = platform;
  const open = new Map<string, number>();
  let asks = 0;
  const count = (providerId: string, by: number) =>
    open.set(providerId, Math.max(0, (open.get(providerId) ?? 0) + by));

  return {
    async asked({ requestId, matchId }: Asked): Promise<void> {
      const request = await read(requestId);
      const match = request.matches.find(({ id }) => id === matchId);
      if (match?.state !== "asked") return;
      const { providerId, distanceKm, priceCentimos } = match;
      const persona = personas.get(providerId);
      if (!persona) return;
      asks += 1;
      const chance = createChance(stage.seed * 32_452_843 + asks);
      const urgent = request.need.urgency === "urgent";
      if (chance.happens(persona.silent + (urgent ? shares.urgentUnheard : 0))) return;
      const load = open.get(providerId) ?? 0;
      const no = Math.min(
        mostDeclined,
        persona.declines + (distanceKm ?? 0) * declineAKm + load * declineAnAsk,
      );
      const declines = chance.happens(no);
      const quotes = !urgent && priceCentimos !== null && chance.happens(persona.quotes);
      const training = request.need.kind === "training";
      const inDays = urgent ? 1 : chance.between(2, 9);
      const more = chance.between(105, 130) / 100;
      count(providerId, 1);
      const answer = async () => {
        count(providerId, -1);
        const params = { matchId };
        // Where there is no place before a later month, it is a day of that.
        const today = limaDay(clock());
        const opens = `${match.forMonth ?? today.slice(0, 7)}-01`;
        const visitOn = training ? {} : { visitOn: addDays(opens > today ? opens : today, inDays) };
        if (declines) {
          const why =
            (distanceKm ?? 0) > 25
              ? "far"
              : load > 3
                ? "busy"
                : chance.oneOf(["busy", "price", "other"] as const);
          const body = { accept: false as const, reason: why as "far" };
          await unlessRefused(stage, () => say(answerAsk, { params, body }));
          return;
        }
        if (quotes && priceCentimos !== null) {
          const body = {
            by: "provider" as const,
            priceCentimos: Math.round((priceCentimos * more) / 100) * 100,
          };
          await unlessRefused(stage, () => say(makeQuote, { params, body: { ...body, ...visitOn } }));
          return;
        }
        const body = { accept: true as const, ...visitOn };
        const said = await unlessRefused(stage, () => say(answerAsk, { params, body }));
        if (said instanceof DomainError && said.code === "place-closed")
          await unlessRefused(stage, () => say(answerAsk, { params, body: { accept: true } }));
      };
      if (urgent) agenda.at(new Date(clock().getTime() + chance.between(2, 9) * 5 * minuteMs), answer);
      else later(stage, chance.between(0, persona.pace), answer);
    },
    agreed({ engagementId }: Engaged): void {
      const chance = createChance(stage.seed * 49_979_687 + (asks += 1));
      if (!chance.happens(shares.callsOff)) return;
      later(stage, 1, async () => {
        const body = { reason: chance.oneOf(["health", "road", "busy"] as const) };
        await unlessRefused(stage, () => say(callOffVisit, { params: { engagementId }, body }));
      });
    },
    outcomeUnanswered({ engagementId }: Engaged): void {
      const chance = createChance(stage.seed * 67_867_967 + (asks += 1));
      const outcome = truth.get(engagementId)?.came === false ? ("no_show" as const) : ("done" as const);
      if (!chance.happens(shares.tellsOutcome)) return;
      later(stage, 1, async () => {
        const body = { outcome, by: "provider" as const };
        await unlessRefused(stage, () => say(reportOutcome, { params: { engagementId }, body }));
      });
    },
    done({ engagementId }: Pick<Engaged, "engagementId">): void {
      const chance = createChance(stage.seed * 86_028_121 + (asks += 1));
      if (!chance.happens(shares.rates)) return;
      const score = chance.oneOf([5, 5, 4, 4, 4, 3]);
      later(stage, chance.between(0, 5), async () => {
        await unlessRefused(stage, () =>
          say(rateEngagement, { params: { engagementId }, body: { score, by: "provider" } }),
        );
      });
    },
  };
}
