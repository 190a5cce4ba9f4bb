import { updatePerson, type Person } from "@minka/contracts/profiles";
import { said } from "@minka/language/texts";
import { mayBeTold } from "../credit/may-hear.ts";
import { askSure } from "../conversations/ask-sure.ts";
import { shortName } from "../conversations/say-match.ts";
import { say, type Outcome, type Turn } from "../conversations/turn.ts";
import { completes, isCalled, saidName } from "./said-name.ts";

/**
 * What a name that was told does to the one that is known. The first one is taken at once, and so is more of the same;
 * another one may be somebody else of the house, who has the phone in hand: that is asked.
 */
export function nameTold(
  { text }: Pick<Turn, "text">,
  { name: known }: Pick<Person, "name">,
  told: string | null,
): "take" | "ask" | "keep" {
  if (told === null || told === known) return "keep";
  if (known === null) return "take";
  if (!isCalled(known, told)) return "ask";
  const { presented = true } = saidName(text) ?? {};
  return completes(known, { name: told, alone: true, presented }) ? "take" : "keep";
}

/** At a shared phone anybody of the house takes it for who has no private word, and would rename them. */
export async function askNewName(turn: Turn, person: Person, told: string): Promise<Outcome> {
  if (!(await mayBeTold(turn, person))) return say("own_data_word_first");
  const { name: known } = person;
  const names = { known: shortName(known ?? "", 24), name: shortName(told, 24) };
  return askSure(turn, { what: "rename", name: told }, said("name_change", names));
}

/** Others may have come to the phone since it was asked. */
export async function changeName(turn: Turn, person: Person, name: string): Promise<Outcome> {
  if (!(await mayBeTold(turn, person))) return say("own_data_word_first");
  const { id: personId } = person;
  await turn.kit.call(updatePerson, { params: { personId }, body: { name } }, turn.step("rename"));
  return say("name_set", { name });
}
