import { findPlaceInText } from "@minka/geography/find-place-in-text";
import type { Context } from "@minka/language/intents";
import { isUsualName, readPersonName } from "@minka/language/understanding/person-names";
import { labelledName, shownSlots, type StoredSlots } from "./labels.ts";

/** Stands for whoever is named: usual in the region, so that the line teaches what the original would. */
const standIn = "Rosa Pinedo";
/** Phones, DNI and RUC, also with spaces in them; quantities and sums of money are shorter. */
const longNumber = /\d(?:[ .-]?\d){7,}/g;

type Kept = {
  readonly id: string;
  readonly context: Context;
  readonly text: string;
  readonly intent: string;
  readonly slots: StoredSlots;
};

/**
 * A line of the labelled set that names nobody: the labelled name, one that is introduced ("soy …", "me llamo …") and
 * usual given names and surnames beside each other are replaced, and eight digits or more become zeros.
 */
export function anonymousLine({ id, context, text, intent, slots }: Kept): string {
  const { name: _name, ...others } = shownSlots(slots, text);
  const name = labelledName(slots);
  const parts = name
    ? [text.slice(0, name.at), text.slice(name.at + name.length)].map(withoutNames)
    : [withoutNames(text)];
  const written = parts.join(standIn).replace(longNumber, (digits) => digits.replace(/\d/g, "0"));
  return JSON.stringify({
    id,
    context,
    text: written,
    intent,
    slots: name ? { name: standIn, ...others } : others,
  });
}

function withoutNames(text: string): string {
  const place = findPlaceInText(text)?.matched ?? "";
  const name = readPersonName(text, place);
  const introduced = name ? text.replaceAll(name, standIn) : text;
  // The words of a place, "Santa Rosa de Alto Yanajanca", are nobody's name.
  return place === "" || !introduced.includes(place)
    ? withoutUsualNames(introduced)
    : introduced.split(place).map(withoutUsualNames).join(place);
}

function withoutUsualNames(text: string): string {
  return text.replace(/\p{L}[\p{L}\p{M}]+(?:\s+\p{L}[\p{L}\p{M}]+)+/gu, (words) => {
    const parts = words.split(/(\s+)/);
    const out: string[] = [];
    for (let at = 0; at < parts.length;) {
      let end = at;
      while (end < parts.length && isUsualName(parts[end] ?? "")) end += 2;
      // A single one may be a word like any other: rosa, flores, paz.
      if (end - at >= 4) {
        out.push(standIn, end - 1 < parts.length ? (parts[end - 1] ?? "") : "");
        at = end;
      } else {
        out.push(parts[at] ?? "", parts[at + 1] ?? "");
        at += 2;
      }
    }
    return out.join("");
  });
}
