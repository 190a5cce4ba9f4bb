import type { listBulletins, readBulletin } from "@minka/contracts/bulletins";
import type { Answer } from "@minka/contracts/endpoint";
import { limaDay } from "@minka/domain/lima-time";
import { formatCount } from "@minka/language/texts";
import type { Tone } from "../../design/parts.ts";
import { dayWords, timeWords } from "../../words/field-words.ts";

type Listed = Answer<typeof listBulletins>["items"][number];
export type Bulletin = Answer<typeof readBulletin>["bulletin"];

/** For so many people another one than who wrote it looks first. */
export const mostAlone = 500;

export const bulletinMark = ({ state }: Pick<Listed, "state">): readonly [words: string, tone: Tone] =>
  (
    {
      draft: ["Falta enviar", "waiting"],
      approved: ["Por salir", "going"],
      expanded: ["Enviado", "good"],
      cancelled: ["Detenido", "over"],
    } as const
  )[state];

/** "el 12 de diciembre, 6:00 a. m." */
export const momentWords = (instant: string, today: string): string =>
  `el ${dayWords(limaDay(new Date(instant)), today)}, ${timeWords(instant)}`;

/** What sending it takes, in SMS: people by segments. */
export const smsWords = (people: number, segments: number): string => {
  const count = people * segments;
  return count === 1 ? "1 SMS" : `${formatCount(count)} SMS`;
};
