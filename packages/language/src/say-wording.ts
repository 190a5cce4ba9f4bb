import type { Wording, WordingValue } from "@minka/contracts/wordings";
import { limaDay } from "@minka/domain/lima-time";
import { commonName, findDistrict } from "@minka/geography/districts";
import { sayAll } from "./say-all.ts";
import { sayPacks } from "./say-packs.ts";
import { sayDueDay } from "./say-due-day.ts";
import { sayPrice } from "./say-price.ts";
import { sayRefusals } from "./say-refusals.ts";
import {
  phrase,
  renderText,
  said,
  sayDeadline,
  textKey,
  wordIn,
  type Said,
  type TextParameter,
} from "./texts.ts";

/** What a service has worded, to be said in the language of whoever reads it. Throws for an unknown text. */
export function saidWording({ text, parameters }: Wording, now: Date): Said {
  const filled = Object.entries(parameters).map(([name, value]) => [name, sayValue(value, now)]);
  return said(textKey(text), Object.fromEntries(filled));
}

function sayValue(value: WordingValue, now: Date): TextParameter {
  if (typeof value !== "object") return value;
  switch (value.as) {
    case "soles":
      return (language) => sayPrice(value, language);
    case "kg":
      return String(Math.round(value.grams / 100) / 10);
    case "packs":
      return (language) => sayPacks(value.packs, value.pack, language);
    case "day":
      return (language) => sayDueDay(value.day, limaDay(now), language);
    case "deadline":
      return (language) => sayDeadline(new Date(value.at), now, language);
    case "place": {
      const district = findDistrict(value.districtCode);
      return district ? commonName(district) : value.districtCode;
    }
    case "name":
      if (value.text === "") return (language) => phrase("nameless", {}, language);
      return value.text.length <= value.most
        ? value.text
        : `${value.text.slice(0, value.most - 1).trimEnd()}.`;
    case "words":
      return (language) =>
        sayAll(
          value.entries.map((entry) => wordIn(value.group, entry, language)),
          language,
        );
    case "refusals":
      return (language) => sayRefusals(value.reasons, language);
    case "word":
      return (language) => wordIn(value.group, value.entry, language);
  }
}

/** The same at once, in words. */
export function sayWording(wording: Wording, now: Date, language?: string): string {
  const { key, parameters } = saidWording(wording, now);
  return renderText(key, parameters, language);
}
