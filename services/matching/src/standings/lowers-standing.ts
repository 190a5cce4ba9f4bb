import type { Reason } from "@minka/contracts/common";
import type { StandingReasonCode, Upkeep } from "@minka/contracts/standings";
import { addDays, type LimaDay } from "@minka/domain/lima-time";
import { silentAsks } from "../capacity/ask-load.ts";
import { before, halfAt, type Knowledge } from "../ranking/provider-parts.ts";
import { toldMean } from "./as-told.ts";

/** So many make a habit: one or two tell nothing yet. */
const habit = 3;
/** So long before a certificate is over its renewal is begun. */
const renewDays = 60;

type Known = Omit<Knowledge, "used" | "usedNext"> & { readonly silentInRow: number };

/**
 * What keeps a provider further down lists than somebody of whom nothing is known, or off them, the gravest first. Of
 * ratings only those that were published: a blind one must not be guessed from it.
 */
export function lowersStanding(known: Known, upkeep: Upkeep, today: LimaDay): Reason[] {
  return [...ofUpkeep(upkeep, today), ...ofConduct(known), ...ofCertificates(upkeep, today)];
}

const reason = (code: StandingReasonCode, parameters: Reason["parameters"] = {}): Reason => ({
  code,
  parameters,
});

function ofUpkeep({ state, restsUntil, offers }: Upkeep, today: LimaDay): Reason[] {
  const reasons: Reason[] = [];
  if (state !== "verified") reasons.push(reason("not-verified", { state }));
  if (restsUntil !== null && restsUntil >= today) reasons.push(reason("resting", { until: restsUntil }));
  for (const stage of ["hidden", "sunk", "aging"] as const) {
    const count = offers.filter((offer) => offer.stage === stage).length;
    if (count > 0) reasons.push(reason(`offers-${stage}`, { count }));
  }
  return reasons;
}

function ofConduct(known: Known): Reason[] {
  const reasons: Reason[] = [];
  const { silentInRow, asks, answers, answerMinutesSum, openAsks, noShows, cancelledLate } = known;
  const { publishedRatings, publishedSum, helped, helpAsked } = known;
  const percentOf = (part: number, whole: number) => Math.round((100 * part) / whole);
  if (silentInRow > 1) reasons.push(reason("silent-in-row", { count: silentInRow, restsAt: silentAsks }));
  if (asks >= habit && answers / asks < before.answering.mean)
    reasons.push(reason("answers-seldom", { percent: percentOf(answers, asks) }));
  const minutes = answers === 0 ? 0 : answerMinutesSum / answers;
  if (answers >= habit && minutes > halfAt.waitMinutes)
    reasons.push(reason("answers-late", { hours: Math.ceil(minutes / 60) }));
  if (openAsks >= halfAt.openAsks) reasons.push(reason("many-open-asks", { count: openAsks }));
  if (noShows > 0) reasons.push(reason("did-not-come", { count: noShows }));
  if (cancelledLate > 0) reasons.push(reason("calls-off", { count: cancelledLate }));
  const mean = publishedRatings === 0 ? before.rating.mean : publishedSum / publishedRatings;
  if (publishedRatings >= habit && mean < before.rating.mean)
    reasons.push(
      reason("rated-low", { mean: toldMean(publishedSum, publishedRatings), count: publishedRatings }),
    );
  if (helpAsked >= habit && helped / helpAsked < before.help.mean)
    reasons.push(reason("helped-few", { percent: percentOf(helped, helpAsked), count: helpAsked }));
  return reasons;
}

function ofCertificates({ certificates, offers }: Upkeep, today: LimaDay): Reason[] {
  const soon = addDays(today, renewDays);
  const over = certificates.flatMap(({ kind: certificate, expiresOn: day }) => {
    if (day === null || day > soon) return [];
    return [reason(day < today ? "certificate-expired" : "certificate-expires", { certificate, day })];
  });
  const unchecked = certificates
    .filter(({ checked, expiresOn }) => !checked && (expiresOn === null || expiresOn >= today))
    .map(({ kind: certificate }) => reason("certificate-unchecked", { certificate }));
  // Nobody looks at certificates where money is lent.
  const none = certificates.length === 0 && offers.some(({ kind }) => kind !== "credit");
  return [
    ...over.filter(({ code }) => code === "certificate-expired"),
    ...over.filter(({ code }) => code === "certificate-expires"),
    ...unchecked,
    ...(none ? [reason("no-certificate")] : []),
  ];
}
