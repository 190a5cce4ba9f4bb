import { listOffers, offersByDistrict } from "@minka/contracts/catalog";
import type { Answer } from "@minka/contracts/endpoint";
import { requestsByDistrict } from "@minka/contracts/matching";
import type { Kind } from "@minka/domain/vocabulary";
import type { Visit } from "../../visits/visit.ts";

type Offers = Answer<typeof listOffers>;
export type OfferCounts = Answer<typeof offersByDistrict>["districts"];
export type RequestCounts = Answer<typeof requestsByDistrict>["districts"];

/** What the page shows; null where a neighbour did not answer in time. */
export type Market = {
  readonly offers: Offers | null;
  readonly offerCounts: OfferCounts | null;
  readonly requestCounts: RequestCounts | null;
};

/** A page that waits longer is a page that did not load; the rest of it is useful without the late part. */
const patienceMs = 1_500;
const offersAPage = 20;

export async function readMarket(
  {
    call,
    onFailure,
    patience = patienceMs,
  }: { call: Visit["call"]; onFailure: (error: unknown) => void; patience?: number },
  asked: {
    districtCode?: string | undefined;
    kind?: Kind | undefined;
    cursor?: string | undefined;
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
  const [offers, offerOverview, requestOverview] = await Promise.all([
    inTime(
      call(listOffers, {
        query: {
          ...asked,
          limit: offersAPage,
          ...(asked.districtCode === undefined ? {} : { sort: "nearest" as const }),
        },
      }),
    ),
    inTime(call(offersByDistrict, {})),
    inTime(call(requestsByDistrict, {})),
  ]);
  return {
    offers,
    offerCounts: offerOverview?.districts ?? null,
    requestCounts: requestOverview?.districts ?? null,
  };
}
