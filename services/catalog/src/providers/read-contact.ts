import type { HandlerAnswer } from "@minka/contracts/endpoint";
import type { readProviderContact } from "@minka/contracts/providers";
import type { Queries } from "@minka/database/connect";
import { and, eq } from "@minka/database/query";
import { providers } from "../tables.ts";
import { providerUnknown } from "./provider-rights.ts";

/** Whom to ask in a verified provider's name; any other is as unknown as one that does not exist. */
export async function readContact(
  queries: Queries,
  providerId: string,
): Promise<HandlerAnswer<typeof readProviderContact>> {
  const [found] = await queries
    .select({
      providerId: providers.id,
      name: providers.name,
      kinds: providers.kinds,
      personId: providers.personId,
    })
    .from(providers)
    .where(and(eq(providers.id, providerId), eq(providers.state, "verified")));
  if (!found) throw providerUnknown();
  return found;
}
