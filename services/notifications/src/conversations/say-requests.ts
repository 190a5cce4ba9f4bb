import type { Request } from "@minka/contracts/matching";
import type { Need } from "@minka/contracts/need";
import { contactCards } from "@minka/contracts/profiles";
import { readablePhone } from "@minka/domain/phone";
import { foldCase } from "@minka/language/fold";
import { describeNeed, phrase, renderText } from "@minka/language/texts";
import { saysNameOf } from "./names-said.ts";
import { readMatters } from "./open-matters.ts";
import { findMatch, fits, sayVisitInSentence, shortName } from "./say-match.ts";
import type { Turn } from "./turn.ts";

/** What a person waits for, what is agreed first and then the newest first. */
export async function openRequests(turn: Turn): Promise<Request[]> {
  const { requests } = await readMatters(turn);
  const isAgreed = ({ state }: Request) => state === "agreed";
  return [...requests.filter(isAgreed), ...requests.filter((request) => !isAgreed(request))];
}

const wordsOf: Readonly<Record<Need["kind"], RegExp>> = {
  assistance: /\b(tecnic\w*|visita\w*|ingenier\w*|asesor\w*|extensionista\w*)\b/,
  training: /\b(capacita\w*|curso\w*|taller\w*|charla\w*)\b/,
  input: /\b(abono\w*|insumo\w*|fertilizante\w*|semilla\w*|planton\w*|producto\w*)\b/,
  equipment: /\b(maquina\w*|herramienta\w*|equipo\w*)\b/,
  service: /\b(peon\w*|jornal\w*|flete\w*|transporte\w*|servicio\w*)\b/,
  credit: /\b(credito\w*|prestamo\w*|banco\w*|plata)\b/,
  purchase: /\b(comprador\w*|vend\w*|venta\w*|cosecha\w*)\b/,
};

/** The one request that a message names, by what it asks for or by who comes; undefined for none and for several. */
export function requestMeant(
  text: string,
  requests: readonly Request[],
  language: string,
): Request | undefined {
  const said = foldCase(text.slice(0, 200));
  const words = said.match(/[a-z]{5,}/g) ?? [];
  const named = requests.filter(({ need, matches, engagement }) => {
    const provider = matches.find(({ id }) => id === engagement?.matchId)?.providerName;
    if (provider && saysNameOf(text, provider)) return true;
    const own: readonly string[] = foldCase(describeNeed(need, language)).match(/[a-z]{5,}/g) ?? [];
    return wordsOf[need.kind].test(said) || words.some((word) => own.includes(word));
  });
  return named.length === 1 ? named[0] : undefined;
}

type Key = "status_several" | "which_request";
const lengths = [
  { need: 60, name: 22 },
  { need: 40, name: 16 },
  { need: 28, name: 12 },
] as const;
const mostListed = 9;

/** All of them, numbered, in two segments: how each stands, or what it is; the rest as "y 2 más". */
export async function sayRequests(turn: Turn, requests: readonly Request[], key: Key): Promise<string> {
  const { language } = turn;
  const personIds = requests.flatMap(
    ({ engagement, matches }) => matches.find(({ id }) => id === engagement?.matchId)?.providerPersonId ?? [],
  );
  const { contacts } =
    personIds.length > 0 && key === "status_several"
      ? await turn.kit.call(contactCards, { body: { personIds } }, turn.step("contacts"))
      : { contacts: [] };
  const phoneOf = (id: string) =>
    readablePhone(contacts.find(({ personId }) => personId === id)?.phone ?? "");
  const textWith = (most: number, { need, name }: (typeof lengths)[number]) => {
    const rows = requests.slice(0, most).map((request, at) => {
      const what = shortName(describeNeed(request.need, language), need);
      const how = sayHow(turn, request, { name, phoneOf: key === "status_several" ? phoneOf : undefined });
      return how === "" ? `${at + 1} ${what}` : `${at + 1} ${what}: ${how}`;
    });
    const left = requests.length - rows.length;
    const more = left > 0 ? [phrase("more_requests", { count: left }, language)] : [];
    return renderText(key, { count: requests.length, options: [...rows, ...more].join("\n") }, language);
  };
  for (let most = Math.min(requests.length, mostListed); most > 1; most -= 1) {
    const text = lengths.map((length) => textWith(most, length)).find(fits);
    if (text !== undefined) return text;
  }
  return textWith(1, lengths[2]);
}

/** How many of the numbers of such a list stand for something. */
export const listedRequests = (requests: readonly Request[]) => requests.slice(0, mostListed);

type Saying = { name: number; phoneOf: ((personId: string) => string) | undefined };

function sayHow({ now, language }: Turn, request: Request, { name, phoneOf }: Saying): string {
  const { state, engagement, matches } = request;
  const match = engagement && findMatch(request, engagement.matchId);
  const day = engagement ? sayVisitInSentence(engagement, now, language) : "";
  if (!phoneOf) return day;
  const asked = matches.find((each) => each.state === "asked" || each.state === "quoted");
  if (state === "agreed" && match) {
    const provider = shortName(match.providerName, name);
    return phrase("request_agreed", { provider, day, phone: phoneOf(match.providerPersonId) }, language);
  }
  if (state === "asking" && asked?.state === "quoted") return phrase("request_quoted", {}, language);
  if (state === "asking" && asked)
    return phrase("request_asking", { provider: shortName(asked.providerName, name) }, language);
  if (state === "listed") return phrase("request_listed", {}, language);
  return phrase(state === "with_operator" ? "request_with_operator" : "request_searching", {}, language);
}
