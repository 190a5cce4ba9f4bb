import { giveConsent } from "@minka/contracts/people";
import { registerPerson } from "@minka/contracts/profiles";
import type { TestPlatform } from "./test-platform.ts";

const trace = { trace: "test" };

/** Somebody at a phone who agreed to bulletins, unless said. */
export async function addReader(
  platform: TestPlatform,
  phone: string,
  { districtCode = "221001", agrees = true } = {},
): Promise<string> {
  const call = platform.callAs("notifications");
  const at = platform.clock().toISOString();
  const consent = { version: "1", channel: "sms", at } as const;
  const { person } = await call(registerPerson, { body: { phone, districtCode, consent } }, trace);
  const body = { purpose: "bulletins", version: "1", channel: "sms", at } as const;
  if (agrees) await call(giveConsent, { params: { personId: person.id }, body }, trace);
  return person.id;
}
