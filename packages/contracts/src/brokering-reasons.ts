/** Of `reasons` of an order in a joint purchase: why it gets what it gets, or is out. Prices in céntimos a pack. */
export const poolOrderReasons = {
  shortage: "suppliers bring fewer than were wanted: each gets their part (`wanted`, `got`)",
  "tolerance-used":
    "more or fewer within what they allowed, because all gain by it (`wanted`, `got`, `saved` céntimos)",
  "tier-reached": "the pool is large enough for a lower price (`price`)",
  "case-filled": "what is more fills a case without which others would go short (`casePacks`)",
  "price-refused": "said no to the final price",
  "silent-price-rose": "said nothing to a price (`price`) above the one they were told (`agreed`)",
  "silent-no-price":
    "said nothing, and had agreed to no price: none was known, or somebody else entered or changed their order (`price`)",
  "left-minka": "is in Minka no more",
  "pool-cancelled": "the pool ended without an order (`cause`)",
} as const satisfies Readonly<Record<string, string>>;

/** Of `flags` of an order: what a broker should look at. It is taken all the same. */
export const poolOrderFlags = {
  "very-many-packs": "more packs than anybody usually wants (`packs`, `usual`)",
  "more-than-farm-uses":
    "more than a farm of this size has use for (`packs`, `amount` in kilograms, liters or pieces, `most`, `sizeClass`)",
} as const satisfies Readonly<Record<string, string>>;

/** Of `reason` of a composition's line: why something is left. It stays available to other lots. */
export const lotReasons = {
  "not-weighed": "nothing was brought",
  "not-confirmed": "somebody else wrote it down, and its owner has not said that it is so",
  "certificate-missing": "lacks one that all of the lot holds (`certificate`)",
  "not-measured": "a measure that the lot is limited by is not known (`what`)",
  "larger-than-lot": "is more than the lot, and nothing is taken in part (`grams`, `maximumGrams`)",
  "moisture-above-limit": "would carry the lot's average over its limit (`value`, `limit`)",
  "defects-above-limit": "would carry the lot's average over its limit (`value`, `limit`)",
  "fermentation-below-limit": "would carry the lot's average under its limit (`value`, `limit`)",
  "cup-below-limit": "would carry the lot's average under its limit (`value`, `limit`)",
  "cadmium-above-limit": "would carry the lot's average over its limit (`value`, `limit`)",
  "women-share-needed": "would leave women's harvest a smaller share than is asked for (`share`, `minimum`)",
  "lot-full": "the lot is full (`maximumGrams`)",
  "left-for-fairness": "others go before it by the lot's rule (`centimosPerKg`, `lowestTakenCentimosPerKg`)",
  "pickup-not-worth": "fetching it costs more than it brings (`pickupCentimos`, `payCentimos`)",
  "not-chosen": "members are paid more without it",
  "not-delivered": "the lot was settled before it reached the buyer",
} as const satisfies Readonly<Record<string, string>>;

/** Of `because`: why no lot can be made, each with the best that there is beside what is asked. */
export const lotImpossible = {
  "least-volume-not-reached": "`mostGrams` of `minimumGrams`",
  "not-enough-usable": "`usableGrams` of `pledgedGrams` could be taken, `minimumGrams` are asked for",
  "moisture-not-reached": "of the least volume the `best` is over the `limit`",
  "defects-not-reached": "of the least volume the `best` is over the `limit`",
  "fermentation-not-reached": "of the least volume the `best` is under the `limit`",
  "cup-not-reached": "of the least volume the `best` is under the `limit`",
  "cadmium-not-reached": "of the least volume the `best` is over the `limit`",
  "women-share-not-reached": "the `best` is under the `minimum`",
  "amounts-do-not-fit": "whole contributions give `mostGrams` at most",
  "limits-together": "each of the `limits` could be kept alone",
} as const satisfies Readonly<Record<string, string>>;

/** Of `flags` of a pledge: what whoever decides should look at. It is taken all the same. */
export const pledgeFlags = {
  "beyond-area":
    "more than the plots could grow, with what else was pledged (`pledgedKg`, `couldGrowKg`, `squareMetres`)",
  "beyond-last-season": "more than twice the last harvest (`pledgedKg`, `lastSeasonKg`)",
  "farm-unknown": "neither a plot nor a harvest of theirs is known",
} as const satisfies Readonly<Record<string, string>>;

/** Of `reasons` of a credit product: why it stands where it stands for the borrower. */
export const eligibilityReasons = {
  "requirement-met": "it is there (`requirement`, `by`)",
  "requirement-substituted":
    "something else that is there does for it, so it is not asked for (`requirement`, `by`)",
  "requirement-missing": "it is known not to be there (`requirement`)",
  "requirement-unknown": "nobody has said whether it is there (`requirement`)",
  "would-do": "what would do for it, and how one gets that (`requirement`, `instead`, `how`)",
  "for-women-first": "it is for women, or for women first",
  "outside-amount": "it lends from `least` to `most` céntimos",
  "outside-months": "it lends for `least` to `most` months",
  "too-many-missing": "more is missing than can be got soon (`missing`, `most`)",
} as const satisfies Readonly<Record<string, string>>;
