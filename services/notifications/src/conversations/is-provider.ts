import { listOwnProviders } from "@minka/contracts/providers";
import { DomainError } from "@minka/domain/errors";
import type { Turn } from "./turn.ts";

/** Whether they get orders. Help is given without the catalog too. */
export async function isProvider({ kit, person, prompt, trace }: Turn): Promise<boolean> {
  if (prompt?.kind === "offer") return true;
  if (!person) return false;
  try {
    const params = { personId: person.id };
    const { providers } = await kit.call(listOwnProviders, { params }, { trace });
    return providers.some(({ as, state }) => as !== "granted" && state === "verified");
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
    return false;
  }
}
