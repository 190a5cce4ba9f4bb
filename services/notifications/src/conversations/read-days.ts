import { addDays, type LimaDay } from "@minka/domain/lima-time";
import { foldCase } from "@minka/language/fold";
import { parseDay } from "@minka/language/parse-day";
import { readProposedDay } from "@minka/language/read-proposal";

const longestSpan = 31;

/** The days of a month that a message names, from today on: "el 14 y el 15", "martes 14", "del 14 al 16". */
export function readDays(text: string, month: string, today: LimaDay): LimaDay[] {
  const first = `${month}-01`;
  // Numbers are of that month, though it has not begun.
  const from = today >= first ? today : addDays(first, -1);
  return namedDays(text, from).filter((day) => day.startsWith(month));
}

/** The days on which somebody says that they cannot, and not the one that they want instead. */
export function readRefusedDays(text: string, today: LimaDay): LimaDay[] {
  // "No puedo a las 3" is an hour.
  const named = namedDays(text.replaceAll(/\ba las? \d{1,2}\b/gi, " "), today);
  const wanted = readProposedDay(text, today);
  const refused = named.filter((day) => day !== wanted);
  return refused.length > 0 ? refused : named;
}

function namedDays(text: string, from: LimaDay): LimaDay[] {
  const read = (words: string) => parseDay(words, from);
  const folded = foldCase(text.slice(0, 300));
  const spans = [...folded.matchAll(/\bdel (\d{1,2}) al (\d{1,2})\b/g)].flatMap(([, start, end]) =>
    span(read(`el ${start}`), read(`el ${end}`)),
  );
  const rest = folded.replaceAll(/\bdel \d{1,2} al \d{1,2}\b/g, " ");
  const named = rest.split(/[,;]|\b(?:y|ni|e|pero|menos|excepto|salvo)\b/).flatMap((part) => {
    const number = /^\D*(\d{1,2})\D*$/.exec(part)?.[1];
    return read(part) ?? (number ? read(`el ${number}`) : null) ?? [];
  });
  return [...new Set([...spans, ...named])].toSorted();
}

function span(start: LimaDay | null, end: LimaDay | null): LimaDay[] {
  if (start === null || end === null) return [];
  const days: LimaDay[] = [];
  for (let day = start; day <= end && days.length < longestSpan; day = addDays(day, 1)) days.push(day);
  return days;
}
