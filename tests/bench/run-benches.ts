import { benchSmsAck } from "./sms-ack.ts";
import { benchSmsToOffer } from "./sms-to-offer.ts";

/** One measured figure beside what the same run measured for the bare operation underneath. */
export type Figure = { bench: string; value: number; unit: string; limit: number; ratio: number };

const benches: Record<string, () => Promise<Figure[]>> = {
  "sms-ack": benchSmsAck,
  "sms-to-offer": benchSmsToOffer,
};

const names = process.argv.slice(2);
const unknown = names.filter((name) => !(name in benches));
if (unknown.length > 0) {
  process.stderr.write(`No bench ${unknown.join(", ")}. There are: ${Object.keys(benches).join(", ")}\n`);
  process.exit(2);
}
for (const name of names.length > 0 ? names : Object.keys(benches)) {
  for (const figure of (await benches[name]?.()) ?? []) process.stdout.write(`${JSON.stringify(figure)}\n`);
}
process.exit(0);
