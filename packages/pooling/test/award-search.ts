import type { AwardInstance, AwardQuote } from "@minka/pooling/award-instance";

/**
 * The best awards of a small pool, by looking at every way in which its suppliers can bring packs. Written from the
 * meaning of "best" alone, with none of the award's code, and without a solver.
 */

/** One way: packs and cost of going there by point, in the order of `points`, and what the goods cost. */
export type Way = { packs: number[]; delivery: number[]; goods: number };

type Wanted = { point: string; least: number; wanted: number; most: number };
type Best = { ways: Way[]; filled: number; score: number };

export const none = "no-quote";

/** All answers that the definition allows: more than one where several are equally good. */
export function allowedAwards(instance: AwardInstance): Set<string> {
  const { orders, quotes, split, useTolerance, minimumPacks } = instance;
  const points = [...new Set(orders.map(({ point }) => point))];
  const rigid = wantedAt(points, instance, false);
  const lenient = wantedAt(points, instance, true);
  const floor = Math.max(1, minimumPacks);
  const possible = sum((useTolerance ? lenient : rigid).map(({ most }) => most));
  if (possible < floor) return new Set([missedKey(sum(rigid.map(({ wanted }) => wanted)))]);

  const without = bestWays(rigid, quotes, split);
  const within = useTolerance ? bestWays(lenient, quotes, split) : null;
  const allowed = new Set<string>();
  for (const way of without.ways) {
    for (const other of within?.ways ?? [null]) {
      const used =
        other !== null &&
        stands({ other, way, more: (within?.filled ?? 0) > without.filled }, lenient, instance);
      const last = used ? other : way;
      const packs = sum(last.packs);
      if (packs === 0) allowed.add(none);
      else if (packs < floor) allowed.add(missedKey(packs));
      else allowed.add(awardKey(last, used));
    }
  }
  return allowed;
}

export function awardKey({ packs, delivery, goods }: Way, used: boolean): string {
  return JSON.stringify({ packs, delivery, goods, used });
}

export function missedKey(packs: number): string {
  return `missed at ${packs}`;
}

function stands(
  { other, way, more }: { other: Way; way: Way; more: boolean },
  lenient: readonly Wanted[],
  { deliveryShared, minimumPacks }: AwardInstance,
): boolean {
  if (sum(other.packs) < minimumPacks && sum(way.packs) >= minimumPacks) return false;
  let gains = more;
  for (const [index, { least }] of lenient.entries()) {
    const [had, has] = [way.packs[index] ?? 0, other.packs[index] ?? 0];
    if (has < had && has < least) return false;
    if (had === 0 || has === 0) continue;
    const price = (of: Way) => {
      const [all, here] = [sum(of.packs), of.packs[index] ?? 0];
      // Over the common denominator `all × here`.
      return deliveryShared === "by-pack"
        ? [(of.goods + sum(of.delivery)) * here, all * here]
        : [of.goods * here + (of.delivery[index] ?? 0) * all, all * here];
    };
    const [[old = 0, oldOver = 1], [now = 0, nowOver = 1]] = [price(way), price(other)];
    if (now * oldOver > old * nowOver) return false;
    if (now * oldOver < old * nowOver) gains = true;
  }
  return gains;
}

function wantedAt(points: readonly string[], { orders }: AwardInstance, tolerance: boolean): Wanted[] {
  return points.map((point) => {
    const own = orders.filter((order) => order.point === point);
    const wanted = sum(own.map(({ packs }) => packs));
    return {
      point,
      wanted,
      least: tolerance ? sum(own.map(({ minimumPacks }) => minimumPacks)) : wanted,
      most: tolerance ? sum(own.map(({ maximumPacks }) => maximumPacks)) : wanted,
    };
  });
}

function bestWays(wanted: readonly Wanted[], quotes: readonly AwardQuote[], split: boolean): Best {
  const choices = quotes.map((quote) => waysOf(wanted, quote)).filter(({ ways }) => ways.length > 1);
  const prices = choices.flatMap((choice) => choice.prices);
  const worth = { low: Math.min(...prices), high: Math.max(...prices) };
  const groups = split ? [choices] : choices.map((choice) => [choice]);
  let best = together(wanted, [], worth);
  for (const group of groups) {
    const found = together(wanted, group, worth);
    if (found.filled > best.filled || (found.filled === best.filled && found.score < best.score)) {
      best = found;
    } else if (found.filled === best.filled && found.score === best.score) {
      best = { ...best, ways: [...best.ways, ...found.ways] };
    }
  }
  return best;
}

type Choice = { ways: Way[]; prices: number[]; served: boolean[] };

/** All that one supplier can bring, nothing among it; and its prices that occur. */
function waysOf(wanted: readonly Wanted[], quote: AwardQuote): Choice {
  const served = wanted.map(({ point }) => point in quote.deliveryCentimos);
  const prices = new Set<number>();
  let packs: number[][] = [[]];
  for (const [index, { most }] of wanted.entries()) {
    const amounts = served[index] ? Array.from({ length: most + 1 }, (_, amount) => amount) : [0];
    packs = packs.flatMap((some) => amounts.map((amount) => [...some, amount]));
  }
  const ways = packs.flatMap((own): Way[] => {
    const all = sum(own);
    const price = quote.tiers.filter(({ minimumPacks }) => minimumPacks <= all).at(-1)?.priceCentimos;
    if (all > 0) {
      if (price === undefined || all % quote.casePacks !== 0 || all > (quote.stockPacks ?? all)) return [];
      prices.add(price);
    }
    const delivery = own.map((amount, index) =>
      amount > 0 ? (quote.deliveryCentimos[wanted[index]?.point ?? ""] ?? 0) : 0,
    );
    return [{ packs: own, delivery, goods: all * (price ?? 0) }];
  });
  return { ways, prices: [...prices], served };
}

/** Each group of points that suppliers join is judged alone; what is best for all of them is put together. */
function together(
  wanted: readonly Wanted[],
  choices: readonly Choice[],
  worth: { low: number; high: number },
): Best {
  const group = wanted.map((_, index) => index);
  for (let again = true; again;) {
    again = false;
    for (const { served } of choices) {
      const joined = group.filter((_, index) => served[index]);
      const first = Math.min(...joined);
      for (const [index, own] of group.entries()) {
        if (joined.includes(own) && own !== first) [group[index], again] = [first, true];
      }
    }
  }
  let whole: Best = {
    ways: [{ packs: wanted.map(() => 0), delivery: wanted.map(() => 0), goods: 0 }],
    filled: 0,
    score: 0,
  };
  for (const one of new Set(group)) {
    const inside = wanted.map((own, index) =>
      group[index] === one ? own : { ...own, least: 0, wanted: 0, most: 0 },
    );
    const own = choices.filter(({ served }) => served.some((is, index) => is && group[index] === one));
    const best = bestOfGroup(inside, own, worth);
    whole = {
      ways: whole.ways.flatMap((way) => best.ways.map((other) => added(way, other))),
      filled: whole.filled + best.filled,
      score: whole.score + best.score,
    };
  }
  return whole;
}

function bestOfGroup(
  wanted: readonly Wanted[],
  choices: readonly Choice[],
  { low, high }: { low: number; high: number },
): Best {
  const ways = cheapestWays(wanted, choices);
  const got = (way: Way) => wanted.map((own, index) => Math.min(own.wanted, way.packs[index] ?? 0));
  const filled = Math.max(...ways.map((way) => sum(got(way))));
  const all = sum(wanted.map((own) => own.wanted));
  let left = ways;
  if (filled === all) {
    left = ways.filter(({ packs }) => wanted.every(({ least }, index) => (packs[index] ?? 0) >= least));
  } else {
    left = ways.filter((way) => sum(got(way)) === filled);
    const fair = largestRemainders(
      filled,
      wanted.map((own) => own.wanted),
    );
    const below = (way: Way) => sum(got(way).map((own, index) => Math.max(0, (fair[index] ?? 0) - own)));
    const fewest = Math.min(...left.map(below));
    left = left.filter((way) => below(way) === fewest);
  }
  const score = (way: Way) => {
    const brought = sum(got(way));
    const cost = way.goods + sum(way.delivery);
    const extra = sum(way.packs) - brought;
    return (
      10 * cost - (extra > 0 ? 9 * low * extra : 0) + (filled > brought ? 11 * high * (filled - brought) : 0)
    );
  };
  const least = Math.min(...left.map(score));
  return { ways: left.filter((way) => score(way) === least), filled, score: least };
}

/** For each number of packs by point, all the ways that cost least. */
function cheapestWays(wanted: readonly Wanted[], choices: readonly Choice[]): Way[] {
  const keyOf = (packs: readonly number[]) =>
    packs.reduce((key, amount, index) => key * ((wanted[index]?.most ?? 0) + 1) + amount, 0);
  const cost = ({ goods, delivery }: Way) => goods + sum(delivery);
  let found = new Map<number, Way[]>([
    [0, [{ packs: wanted.map(() => 0), delivery: wanted.map(() => 0), goods: 0 }]],
  ]);
  for (const { ways } of choices) {
    const next = new Map<number, Way[]>();
    for (const way of [...found.values()].flat()) {
      for (const other of ways) {
        const both = added(way, other);
        if (both.packs.some((amount, index) => amount > (wanted[index]?.most ?? 0))) continue;
        const key = keyOf(both.packs);
        const known = next.get(key);
        const difference = known?.[0] ? cost(both) - cost(known[0]) : -1;
        if (!known || difference < 0) next.set(key, [both]);
        else if (difference === 0 && !known.some((same) => awardKey(same, false) === awardKey(both, false))) {
          known.push(both);
        }
      }
    }
    found = next;
  }
  return [...found.values()].flat();
}

function added(way: Way, other: Way): Way {
  return {
    packs: way.packs.map((amount, index) => amount + (other.packs[index] ?? 0)),
    delivery: way.delivery.map((amount, index) => amount + (other.delivery[index] ?? 0)),
    goods: way.goods + other.goods,
  };
}

export function largestRemainders(total: number, weights: readonly number[]): number[] {
  const all = sum(weights);
  if (all === 0) return weights.map(() => 0);
  const parts = weights.map((weight) => Math.floor((total * weight) / all));
  const order = weights
    .map((weight, index) => ({ index, rest: (total * weight) % all }))
    .toSorted((a, b) => b.rest - a.rest || a.index - b.index);
  for (const { index } of order.slice(0, total - sum(parts))) parts[index] = (parts[index] ?? 0) + 1;
  return parts;
}

export function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
