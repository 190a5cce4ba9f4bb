import { benchCatalogCandidates } from "./catalog-candidates.ts";
import { closeMarkets } from "./catalog-market.ts";
import { benchCatalogSearch } from "./catalog-search.ts";
import { benchDispatch } from "./dispatch.ts";
import { benchInterpret } from "./interpret.ts";
import { benchLotCompose } from "./lot-compose.ts";
import { benchMatch } from "./match.ts";
import { benchPages } from "./pages.ts";
import { benchPlan } from "./plan.ts";
import { benchPoolAward } from "./pool-award.ts";
import { benchSmsAck } from "./sms-ack.ts";
import { benchSmsThroughput } from "./sms-throughput.ts";
import { benchSmsToOffer } from "./sms-to-offer.ts";

/** One measured figure beside what the same run measured for the bare operation underneath. */
export type Figure = { bench: string; value: number; unit: string; limit: number; ratio: number };

const benches: Record<string, () => Promise<Figure[]>> = {
  interpret: benchInterpret,
  "sms-ack": benchSmsAck,
  "sms-throughput": benchSmsThroughput,
  "sms-to-offer": benchSmsToOffer,
  "catalog-candidates": benchCatalogCandidates,
  "catalog-search": benchCatalogSearch,
  pages: benchPages,
  plan: benchPlan,
  "pool-award": benchPoolAward,
  match: benchMatch,
  dispatch: benchDispatch,
  "lot-compose": benchLotCompose,
};

const names = process.argv.slice(2);
const unknown = names.filter((name) => !(name in benches));
if (unknown.length > 0) {
  process.stderr.write(`No bench ${unknown.join(", ")}. There are: ${Object.keys(benches).join(", ")}\n`);
  process.exit(2);
}
try {
  for (const name of names.length > 0 ? names : Object.keys(benches)) {
    for (const figure of (await benches[name]?.()) ?? []) process.stdout.write(`${JSON.stringify(figure)}\n`);
  }
} finally {
  await closeMarkets();
}
process.exit(0);
