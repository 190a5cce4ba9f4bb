import type { Match } from "@minka/contracts/matches";
import { countSegments, foldToGsm7 } from "@minka/language/gsm7";
import { phrase, renderText, sayDeadline, word } from "@minka/language/texts";
import { shortName } from "./say-match.ts";

type Asked = {
  readonly match: Match;
  readonly expiresAt: Date;
  readonly now: Date;
  /** Who was asked before, and is asked no more. */
  readonly other?: string;
};

const mostSegments = 2;

/** Who is asked and until when, and which papers they will want, as many of those as two segments hold. */
export function sayAsked({ match, expiresAt, now, other }: Asked, language?: string): string {
  const words = {
    provider: shortName(match.providerName),
    deadline: sayDeadline(expiresAt, now, language),
  };
  const asked =
    other === undefined
      ? renderText("asked", words, language)
      : renderText("switched", { ...words, other: shortName(other) }, language);
  const papers = papersOf(match, language);
  for (let count = papers.length; count > 0; count -= 1) {
    const some = papers.slice(0, count).join(", ");
    const listed = count < papers.length ? phrase("and_more", { list: some }, language) : some;
    const text = `${asked} ${renderText("papers_asked", { papers: listed }, language)}`;
    if (countSegments(foldToGsm7(text)).segments <= mostSegments) return text;
  }
  return asked;
}

function papersOf({ reasons }: Match, language?: string): string[] {
  const named = (code: string, parameter: string) =>
    String(reasons.find((reason) => reason.code === code)?.parameters[parameter] ?? "")
      .split(",")
      .filter((each) => each !== "");
  return [
    ...named("missing", "requirements").map((each) => word("requirement", each, language)),
    ...named("asks-certificates", "certificates").map((each) => word("certificate", each, language)),
  ];
}
