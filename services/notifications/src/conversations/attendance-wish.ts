import { readAttendance } from "@minka/language/read-attendance";
import type { Turn } from "./turn.ts";

/**
 * Whether the message wants a woman (true) or anybody (false); null when it says nothing of it. "Me da igual" is about
 * it only from somebody who wanted one: to a list of offers it means something else.
 */
export function womanWanted({ text, person, prompt }: Turn): boolean | null {
  const wish = readAttendance(text);
  if (wish === "woman") return true;
  if (wish === "anybody") return false;
  return wish === "whoever" && (person?.prefersWoman || prompt?.kind === "attendance") ? false : null;
}
