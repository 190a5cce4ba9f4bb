import { listSharers } from "@minka/contracts/shared-phones";
import type { Person } from "@minka/contracts/profiles";
import type { Caller } from "@minka/http/caller";
import type { Turn } from "../conversations/turn.ts";

/**
 * Whether somebody may be told of credit at a phone. Where several are reached only who has a private word has said
 * it; by HOLA and a number anybody of the house takes the phone for who has none.
 */
export async function mayHearOfCredit(
  call: Caller,
  { phone, personId, trace }: { phone: string; personId: string; trace: string },
): Promise<boolean> {
  const { people } = await call(listSharers, { body: { phone } }, { trace });
  return people.length < 2 || people.some((one) => one.personId === personId && one.hasWord);
}

/** The same for who writes now, who may have become known with this very message. */
export async function mayBeTold({ kit, phone, trace }: Turn, { id: personId }: Person): Promise<boolean> {
  return mayHearOfCredit(kit.call, { phone, personId, trace });
}
