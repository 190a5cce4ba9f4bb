import { offerSummary } from "@minka/contracts/offer-summary";
import { areaWords, kindWords, offerTitle } from "../../words/field-words.ts";
import type { Offer } from "./offer-row.ts";

/** What search engines read of an offer: schema.org. No price where it is agreed upon, or is a rate. */
export function offerFacts(offer: Offer): object {
  const { id, provider, terms, coverage } = offer;
  const { priceCentimos } = offerSummary(terms);
  const price =
    priceCentimos === null ? {} : { price: (priceCentimos / 100).toFixed(2), priceCurrency: "PEN" };
  const seller = { "@type": "Organization", name: provider.name, url: `/atiende/${provider.id}` };
  if (terms.kind === "training") {
    return {
      "@type": "EducationEvent",
      name: terms.title,
      url: `/ofertas/${id}`,
      startDate: terms.startsOn,
      endDate: terms.endsOn,
      location: { "@type": "Place", name: terms.place.name, address: areaWords(terms.place.districtCode) },
      maximumAttendeeCapacity: terms.seats,
      organizer: seller,
      offers: { "@type": "Offer", ...price },
    };
  }
  const goods = terms.kind === "input" || terms.kind === "equipment";
  const item = {
    "@type": goods ? "Product" : "Service",
    name: offerTitle(terms),
    category: kindWords[terms.kind],
  };
  return {
    "@type": terms.kind === "purchase" ? "Demand" : "Offer",
    url: `/ofertas/${id}`,
    itemOffered: item,
    seller,
    areaServed: coverage.slice(0, 10).map(areaWords),
    ...price,
  };
}
