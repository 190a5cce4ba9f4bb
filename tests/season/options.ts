import { parseArgs } from "node:util";

export type SeasonOptions = {
  readonly producers: number;
  readonly weeks: number;
  readonly seed: number;
  readonly requestsPerProducer: number;
  /** Where the report is kept as JSON, as POST /api/matching/reports takes it. */
  readonly keep: string | null;
};

/** The whole programme. */
export const allProducers = 23_513;
const defaults = { producers: allProducers, weeks: 12, seed: 1, requestsPerProducer: 0.3 };

export const help = `Usage: ./scripts/season [options]

A season of the programme in simulated time: producers ask, providers answer at dawn and at dusk, agents' months are
planned, sponsors pay. Profiles, catalog and matching run in this process on a PostgreSQL in a temporary folder and
are called over their HTTP endpoints; SMS is left out: what would be sent is handed to the simulated people.

  --producers N               households, those around Tocache first        (${defaults.producers})
  --weeks N                   from 1 April 2027 on                          (${defaults.weeks})
  --seed N                    who asks for what and when, how each acts     (${defaults.seed})
  --requests-per-producer X   in the season, plans apart                    (${defaults.requestsPerProducer})
  --keep FILE                 the report as JSON; POST it to /api/matching/reports of a running platform to show it

With the defaults it takes about a quarter of an hour on two cores that do nothing else. Agents and companies are in proportion to the producers.
`;

/** null: only help was wanted. Throws an Error whose message is for whoever called. */
export function parseOptions(args: readonly string[]): SeasonOptions | null {
  const { values } = parseArgs({
    args: [...args],
    options: {
      producers: { type: "string" },
      weeks: { type: "string" },
      seed: { type: "string" },
      "requests-per-producer": { type: "string" },
      keep: { type: "string" },
      help: { type: "boolean", short: "h" },
    },
  });
  if (values.help) return null;
  const number = (name: "producers" | "weeks" | "seed" | "requests-per-producer", unset: number) => {
    const value = values[name] === undefined ? unset : Number(values[name]);
    if (!Number.isFinite(value) || value < 0)
      throw new Error(`--${name} wants a number, not "${values[name]}"`);
    return value;
  };
  const whole = (name: "producers" | "weeks" | "seed", unset: number, most: number) => {
    const value = number(name, unset);
    if (!Number.isInteger(value) || value < 1 || value > most)
      throw new Error(`--${name} wants a whole number from 1 to ${most}`);
    return value;
  };
  return {
    producers: whole("producers", defaults.producers, allProducers),
    weeks: whole("weeks", defaults.weeks, 52),
    seed: whole("seed", defaults.seed, 2 ** 31),
    requestsPerProducer: number("requests-per-producer", defaults.requestsPerProducer),
    keep: values.keep ?? null,
  };
}
