import type { Reason } from "@minka/contracts/common";
import { formatSoles } from "@minka/domain/money";
import { catalogs, type WordGroup } from "./languages/all-texts.ts";
import { fill } from "./languages/fill.ts";
import { firstLanguage } from "./languages/language-files.ts";
import { phrase, sayDistance, word } from "./texts.ts";

/**
 * One reason of a match in a few words: "a 9 km", "atiende cacao", "contesta en 2 h", "4.6 de 17 opiniones". Null for
 * a code that has no words, so that a newer service says less rather than something wrong.
 */
export function sayReason({ code, parameters }: Reason, language: string = firstLanguage): string | null {
  if (!knows("reason", code)) return null;
  // One is no opinions.
  if (code === "rating" && parameters["count"] === 1) return phrase("rating", parameters, language);
  return fill(word("reason", code, language), worded(parameters, language));
}

/** All of them in one line: "a 9 km, atiende cacao, S/ 30, contesta en 2 h, 4.6 de 17 opiniones". */
export function sayReasons(reasons: readonly Reason[], language: string = firstLanguage): string {
  return reasons
    .map((reason) => sayReason(reason, language))
    .filter((words) => words !== null)
    .join(", ");
}

/** Why an offer is not on the list, in a sentence; null for a code that has no words. */
export function sayWhyNot({ code }: Pick<Reason, "code">, language: string = firstLanguage): string | null {
  return knows("why_not", code) ? word("why_not", code, language) : null;
}

function knows(group: WordGroup, entry: string): boolean {
  return catalogs.get(firstLanguage)?.words[group]?.[entry] !== undefined;
}

/** Words for what parameters name. */
function worded(parameters: Reason["parameters"], language: string): Record<string, string | number> {
  const { km, centimos, unit, month, requirements, certificates, topic, crop, product, state } = parameters;
  const say = (group: WordGroup, of: string | number) => word(group, String(of), language);
  const listed = (group: WordGroup, of: string | number) =>
    String(of)
      .split(",")
      .map((each) => say(group, each))
      .join(", ");
  return {
    ...parameters,
    ...(km === undefined ? {} : { distance: sayDistance(Number(km), language) }),
    ...(centimos === undefined ? {} : { price: sayCentimos(Number(centimos), unit, language) }),
    ...(month === undefined ? {} : { month: say("month", Number(String(month).slice(5))) }),
    ...(requirements === undefined ? {} : { list: listed("requirement", requirements) }),
    ...(certificates === undefined ? {} : { list: listed("certificate", certificates) }),
    ...(topic === undefined ? {} : { topic: say("topic", topic) }),
    ...(crop === undefined ? {} : { crop: say("crop", crop) }),
    ...(state === undefined ? {} : { state: say("crop_state", state) }),
    ...(product === undefined ? {} : { product: sayThing(String(product), language) }),
  };
}

function sayCentimos(centimos: number, unit: string | number | undefined, language: string): string {
  if (centimos === 0) return phrase("free", {}, language);
  return unit === undefined ? formatSoles(centimos) : `${formatSoles(centimos)}/${unit}`;
}

/** A product, or a service that is hired. */
function sayThing(thing: string, language: string): string {
  const product = word("product", thing, language);
  return product === thing ? word("service", thing, language) : product;
}
