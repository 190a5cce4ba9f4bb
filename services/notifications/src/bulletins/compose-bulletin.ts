import { DomainError, type FieldError } from "@minka/domain/errors";
import { foldCase } from "@minka/language/fold";
import { countSegments, foldToGsm7 } from "@minka/language/gsm7";
import { renderText } from "@minka/language/texts";
import { shortName } from "../conversations/say-match.ts";

/** A bulletin costs as much as it is long, for each who gets it. */
const mostSegments = 2;
const longestSender = 40;

/** Credit is judged one by one, on harvest calendars and with its full cost, and is never advertised in bulk. */
const credit =
  /\b(micro)?creditos?\b|\bcrediticio\w*|\bprestamos?\b|\bprestamistas?\b|\bhipotec\w+|\bfinanciamos\b|\bfinanciamientos?\b|\b(tcea|tea)\b|\btasas? de interes\b|\bplata (rapida|prestada)\b|\bdinero (rapido|prestado|al instante)\b/;

/**
 * The text as it is sent: who writes, where that is an organization, and last how to get no more of them. Throws
 * `bulletin-wrong` (422) for one that is too long, is empty once it is written in the phones' alphabet, or speaks of
 * credit.
 */
export function composeBulletin({
  title,
  text,
  sender,
}: {
  title: string;
  text: string;
  sender: string | null;
}): { message: string; segments: number } {
  const bulletin = foldToGsm7(text).trim();
  const rendered = sender
    ? renderText("bulletin_organization", { organization: shortName(sender, longestSender), bulletin })
    : renderText("bulletin", { bulletin });
  const message = foldToGsm7(rendered);
  const { segments } = countSegments(message);
  const errors: FieldError[] = [];
  if (bulletin === "") errors.push({ path: "body.text", message: "has no letters that a phone can show" });
  if (segments > mostSegments) {
    const excess = excessOf(message);
    errors.push({
      path: "body.text",
      message: `is ${excess} characters too long for ${mostSegments} SMS with its last line`,
    });
  }
  for (const [path, words] of [
    ["body.title", title],
    ["body.text", text],
  ] as const) {
    if (credit.test(foldCase(words)))
      errors.push({ path, message: "speaks of credit, which is never advertised to many" });
  }
  if (errors.length > 0)
    throw new DomainError("invalid", "bulletin-wrong", "This bulletin cannot be sent.", { errors });
  return { message, segments };
}

/** Septets of each SMS of several. */
const perSegment = 153;

function excessOf(message: string): number {
  return Math.max(1, countSegments(message).units - mostSegments * perSegment);
}
