import { listRequests } from "@minka/contracts/matching";
import { contactCards, identifyPhone } from "@minka/contracts/profiles";
import type { TestPlatform } from "./test-platform.ts";

const trace = "test-agents";

/** The person and phone behind each match of a phone's newest request, best first. */
export async function agentsOnTheList(platform: Pick<TestPlatform, "callAs">, phone: string) {
  const call = platform.callAs("notifications");
  const { person } = await call(identifyPhone, { body: { phone } }, { trace });
  if (!person) throw new Error(`nobody is registered at ${phone}`);
  const { items } = await call(listRequests, { query: { personId: person.id } }, { trace });
  const matches = items[0]?.matches ?? [];
  if (matches.length === 0) return [];
  const { contacts } = await call(
    contactCards,
    { body: { personIds: matches.map(({ providerPersonId }) => providerPersonId) } },
    { trace },
  );
  return matches.map((match) => {
    const contact = contacts.find(({ personId }) => personId === match.providerPersonId);
    if (!contact) throw new Error("a provider without a phone");
    return { ...contact, matchId: match.id };
  });
}
