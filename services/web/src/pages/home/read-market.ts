import { listOffers, offersByDistrict } from "@minka/contracts/catalog";
import type { Answer } from "@minka/contracts/endpoint";
import { requestsByDistrict } from "@minka/contracts/matching";
import { readReputations } from "@minka/contracts/standings";
import type { Kind } from "@minka/domain/vocabulary";
import type { Visit } from "../../visits/visit.ts";
import { byProvider, type Reputations } from "../market/standing-words.ts";

type Offers = Answer<typeof listOffers>;
export type OfferCounts = Answer<typeof offersByDistrict>["districts"];
export type RequestCounts = Answer<typeof requestsByDistrict>["districts"];

/** What the page shows; null where a neighbour did not answer in time. */
export type Market = {
  readonly offers: Offers | null;
  /** Of those whose offers are shown. */
  readonly standings: Reputations | null;
  readonly offerCounts: OfferCounts | null;
  readonly requestCounts: RequestCounts | null;
};

/** A page that waits longer is a page that did not load; the rest of it is useful without the late part. */
const patienceMs = 1_500;
/** So many tell how many there are and what a visit costs; the page shows the first of them. */
const offersRead = 20;
export const offersShown = 5;

export async function readMarket(
  {
    call,
    onFailure,
    patience = patienceMs,
  }: { call: Visit["call"]; onFailure: (error: unknown) => void; patience?: number },
  asked: {
    districtCode?: string | undefined;
    kind?: Kind | undefined;
  },
): Promise<Market> {
  const inTime = async <T>(answer: Promise<T>): Promise<T | null> => {
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<never>((_, reject) => {
      timer = setTimeout(() => reject(new Error(`no answer in ${patience} ms`)), patience);
    });
    try {
      return await Promise.race([answer, late]);
    } catch (error) {
      onFailure(error);
      return null;
    } finally {
      clearTimeout(timer);
    }
  };
  const readOffers = async () => {
    const offers = await inTime(
      call(listOffers, {
        query: {
          ...asked,
          limit: offersRead,
          ...(asked.districtCode === undefined ? {} : { sort: "nearest" as const }),
        },
      }),
    );
    const shown = (offers?.items ?? []).slice(0, offersShown).map(({ provider }) => provider.id);
    if (shown.length === 0) return { offers, standings: null };
    const providerIds = [...new Set(shown)].join(",");
    const known = await inTime(call(readReputations, { query: { providerIds } }));
    return { offers, standings: known && byProvider(known.reputations) };
  };
  const [{ offers, standings }, offerOverview, requestOverview] = await Promise.all([
    readOffers(),
    inTime(call(offersByDistrict, {})),
    inTime(call(requestsByDistrict, {})),
  ]);
  return {
    offers,
    standings,
    offerCounts: offerOverview?.districts ?? null,
    requestCounts: requestOverview?.districts ?? null,
  };
}
