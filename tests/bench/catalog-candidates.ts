import { findCandidates } from "@minka/catalog";
import { askerConditions } from "@minka/contracts/asker";
import type { Need } from "@minka/contracts/need";
import type { Database } from "@minka/database/connect";
import {
  equipmentProducts,
  hiredServices,
  inputProducts,
  loanPurposes,
  topics,
} from "@minka/domain/vocabulary";
import { marketDay, measureMarkets, type Market } from "./catalog-market.ts";
import { seeded, type Asker, type Random } from "./make-market.ts";
import type { Figure } from "./run-benches.ts";

/** Candidates for needs of the programme's producers, over reading 40 offers by primary key. */
export function benchCatalogCandidates(): Promise<Figure[]> {
  return measureMarkets("catalog-candidates", askForCandidates);
}

/** What they ask for: half of it visits, most name a crop, one in seven searches is a wider one. */
export function askForCandidates(market: Market) {
  const searchOf = searchesOf(market);
  return (db: Database, turn: number) =>
    findCandidates(db, searchOf(turn), marketDay.toISOString().slice(0, 10));
}

function searchesOf({ askers, offerIds }: Market) {
  const random = seeded(7);
  return (turn: number) => {
    const asker = askers[(turn * 7_919) % askers.length] as Asker;
    return {
      need: someNeed(random, asker),
      districtCode: asker.districtCode,
      requesterPersonId: asker.personId,
      requester: askerConditions.parse({ sex: random.pick(["f", "m", null]) }),
      organicOnly: random.next() < 0.05,
      excludeOfferIds: random.next() < 0.1 ? Array.from({ length: 5 }, () => random.pick(offerIds)) : [],
      wider: random.next() < 0.15,
      excludeProviderIds: [],
      consultation: false,
      limit: 20,
    };
  };
}

export function someNeed(random: Random, { crop }: Asker): Need {
  const named = random.next() < 0.85 ? { crop } : {};
  const draw = random.next();
  if (draw < 0.5)
    return { kind: "assistance", ...named, ...(random.next() < 0.9 ? { topic: random.pick(topics) } : {}) };
  if (draw < 0.65) return { kind: "input", product: random.pick(inputProducts), ...named };
  if (draw < 0.75) return { kind: "equipment", product: random.pick(equipmentProducts) };
  if (draw < 0.8) return { kind: "service", service: random.pick(hiredServices) };
  if (draw < 0.88) {
    const amount = random.next() < 0.5 ? { amountCentimos: 200_000 } : {};
    return { kind: "credit", purpose: random.pick(loanPurposes), ...named, ...amount };
  }
  if (draw < 0.96) {
    const quantity = random.next() < 0.5 ? { quantity: 200, unit: "kg" as const } : {};
    return { kind: "purchase", crop, ...quantity };
  }
  return { kind: "training", topic: random.pick(topics), ...named };
}
