import { readSettings, type Environment } from "@minka/service/settings";
import { z } from "zod";

const days = (usual: number) => z.coerce.number().int().min(1).max(3_650).default(usual);

const environment = z
  .object({
    /** Days without a confirmation after which somebody is asked, asked again, comes last, and is not shown. */
    OFFER_ASK_AFTER_DAYS: days(30),
    OFFER_ASK_AGAIN_AFTER_DAYS: days(7),
    OFFER_SINK_AFTER_DAYS: days(45),
    OFFER_HIDE_AFTER_DAYS: days(60),
  })
  .refine((set) => set.OFFER_ASK_AFTER_DAYS < set.OFFER_SINK_AFTER_DAYS, {
    path: ["OFFER_SINK_AFTER_DAYS"],
    message: "comes after OFFER_ASK_AFTER_DAYS",
  })
  .refine((set) => set.OFFER_SINK_AFTER_DAYS < set.OFFER_HIDE_AFTER_DAYS, {
    path: ["OFFER_HIDE_AFTER_DAYS"],
    message: "comes after OFFER_SINK_AFTER_DAYS",
  });

/** In days. The second question comes `askAgain` days after the first, the others count from the confirmation. */
export type FreshnessDays = {
  readonly ask: number;
  readonly askAgain: number;
  readonly sink: number;
  readonly hide: number;
};

export function readConfig(values: Environment): { readonly freshness: FreshnessDays } {
  const set = readSettings(environment, values);
  return {
    freshness: {
      ask: set.OFFER_ASK_AFTER_DAYS,
      askAgain: set.OFFER_ASK_AGAIN_AFTER_DAYS,
      sink: set.OFFER_SINK_AFTER_DAYS,
      hide: set.OFFER_HIDE_AFTER_DAYS,
    },
  };
}
