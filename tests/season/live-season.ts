import { keepReport, readOutcomes, type ReportFigures } from "@minka/contracts/outcome-reports";
import { newId } from "@minka/database/new-id";
import { addDays, addMonths, limaHour, limaInstant, type LimaDay } from "@minka/domain/lima-time";
import { Agenda, slotOf, stops, type Act } from "./agenda.ts";
import { createAgentsMonths } from "./agents-months.ts";
import { drawDemand, type Asking } from "./demand.ts";
import { openPlatform, type Heard } from "./open-platform.ts";
import type { SeasonOptions } from "./options.ts";
import { drawPersonas } from "./personas.ts";
import { choosePopulation, firstDay, lastDay, type Population } from "./population.ts";
import { createProviders } from "./providers.ts";
import { createRequesters } from "./requesters.ts";
import { fundSponsors, repeatTrainings } from "./sponsors.ts";
import type { Stage } from "./stage.ts";
import { measureTravel } from "./travel.ts";

/** Before anybody asks: agents agree to their first month. */
const leadDays = 7;
/** Nobody asks anew in the days after the season, so that what is open comes to its end. */
const tailDays = 7;
/** The next month is planned on its 25th; trainings are repeated every so many days. */
const planningDay = "25";
const trainingDays = 28;
/** Who writes at the same moment. */
const atOnce = 4;

export type Lived = {
  readonly title: string;
  readonly figures: ReportFigures;
  /** Refusals that people met, by code. */
  readonly refused: Readonly<Record<string, number>>;
  readonly calls: number;
  readonly seconds: number;
};

/**
 * Lives through a season and counts what came of it. `progress` gets a line a week. Broken off by `signal` it throws
 * the signal's reason, with nothing left behind.
 */
export async function liveSeason(
  options: SeasonOptions,
  progress: (line: string) => void,
  signal?: AbortSignal,
): Promise<Lived> {
  const began = performance.now();
  const seconds = () => Math.round((performance.now() - began) / 1000);
  const { seed, weeks, requestsPerProducer } = options;
  const population = choosePopulation(options.producers, seed, firstDay);
  const platform = await openPlatform(population, limaInstant(addDays(firstDay, -leadDays), 4));
  try {
    progress(
      `${population.producers.length} producers, ${population.agents.length} agents, ${population.companies.length} companies: ${seconds()} s to load`,
    );
    const agenda = new Agenda();
    const personas = drawPersonas(population, seed);
    const stage: Stage = { platform, agenda, personas, seed, refused: new Map() };
    const [first, second] = [newId(), newId()];
    const operator = platform.operator(first);
    const requesters = createRequesters(stage, first, offerPicker(population));
    const providers = createProviders(stage, requesters);
    const months = createAgentsMonths(stage, population, first);
    const period = { from: firstDay, until: lastDay(weeks) };

    async function tell({ name, payload }: Heard): Promise<void> {
      const news = payload as never;
      switch (name) {
        case "request.matched":
          return requesters.listed(news);
        case "request.listed-again":
          return requesters.listedAgain(news);
        case "request.handed-over":
          return requesters.handedOver(news);
        case "match.asked":
          return providers.asked(news);
        case "quote.made":
          return requesters.quoted(news);
        case "engagement.agreed":
          await requesters.agreed(news);
          return providers.agreed(news);
        case "engagement.outcome-due":
          return requesters.outcomeDue(news);
        case "engagement.outcome-unanswered":
          return providers.outcomeUnanswered(news);
        case "engagement.done":
          requesters.done(news);
          return providers.done(news);
        case "plan.agent-told":
          return months.agentTold(news);
        case "plan.visit-proposed":
          return months.proposed(news);
      }
    }

    /** Everything that is due at this moment, and what follows it at the same moment. */
    async function liveAt(now: Date): Promise<void> {
      signal?.throwIfAborted();
      platform.setClock(now);
      for (let acts = agenda.take(now), quiet = false; !quiet; acts = agenda.take(now)) {
        await together(acts);
        await platform.settle();
        const news = platform.heard.splice(0);
        await together(news.map((one) => () => tell(one)));
        quiet = news.length === 0 && acts.length === 0;
      }
    }

    await fundSponsors({ proposer: operator, approver: platform.operator(second) }, population, period);
    await months.enterCaseloads();
    const demand = drawDemand(population.producers, { seed, weeks, requestsPerProducer });
    for (let index = -leadDays; index < weeks * 7 + tailDays; index += 1) {
      const day = addDays(firstDay, index);
      for (const asking of demand[index] ?? [])
        agenda.at(slotOf(day, asking.slot), () => requesters.ask(asking));
      platform.setClock(limaInstant(day, 4));
      const month = monthAfter(day);
      if (day.endsWith(planningDay) && `${month}-01` <= period.until) await months.planMonth(month);
      if (index > 0 && index % trainingDays === 0) await repeatTrainings(operator, population, index);
      for (let now = nextStop(agenda, day, 4); now !== null; now = nextStop(agenda, day, limaHour(now)))
        await liveAt(now);
      if (index > 0 && index % 7 === 6)
        progress(`week ${(index + 1) / 7}: ${platform.calls()} calls, ${seconds()} s`);
    }

    const travel = await measureTravel(platform.say, months.planned);
    const { outcomes } = await operator(readOutcomes, { query: period });
    const simulation = {
      seed,
      weeks,
      requestsPerProducer,
      producers: population.producers.length,
      agents: population.agents.length,
      companies: population.companies.length,
    };
    const title = `Temporada simulada: ${simulation.producers} productores, ${weeks} semanas`;
    const figures: ReportFigures = { outcomes, travel, simulation };
    await operator(keepReport, { body: { title, figures } });
    const refused = Object.fromEntries([...stage.refused].toSorted(([, a], [, b]) => b - a));
    return { title, figures, refused, calls: platform.calls(), seconds: seconds() };
  } finally {
    await platform.stop();
  }
}

async function together(acts: readonly Act[]): Promise<void> {
  const waiting = acts[Symbol.iterator]();
  const work = async () => {
    for (const act of waiting) await act();
  };
  await Promise.all(Array.from({ length: Math.min(atOnce, acts.length) }, work));
}

/** The day's next moment: a stop of the clock, or earlier where somebody acts between two. */
function nextStop(agenda: Agenda, day: LimaDay, hour: number): Date | null {
  const after = stops.find((stop) => stop > hour + 1e-6);
  const stop = after === undefined ? null : limaInstant(day, after);
  const act = agenda.next(stop ?? limaInstant(addDays(day, 1), 0));
  return act ?? stop;
}

const monthAfter = (day: LimaDay) => addMonths(`${day.slice(0, 7)}-01`, 1).slice(0, 7);

/** An offer of the kind, of somebody of the same region where there is one: what a person finds on the web. */
function offerPicker({ providers }: Population): (asking: Asking) => string | null {
  const offers = providers.flatMap((provider) =>
    provider.offers.map(({ id, terms }) => ({
      id,
      kind: terms.kind,
      region: provider.districtCode.slice(0, 2),
    })),
  );
  const byKind = Map.groupBy(offers, ({ kind }) => kind);
  return ({ need, producer, chance }) => {
    const those = byKind.get(need.kind) ?? [];
    const near = those.filter(({ region }) => region === producer.districtCode.slice(0, 2));
    const from = near.length > 0 ? near : those;
    return from.length > 0 ? chance.oneOf(from).id : null;
  };
}
