import { parsePhone } from "@minka/domain/phone";
import { readSettings, type Environment } from "@minka/service/settings";
import { smsGatewayList } from "@minka/service/sms-gateways";
import { z } from "zod";

const phone = z.string().transform((written, context) => {
  const parsed = parsePhone(written);
  if (parsed === null) context.addIssue({ code: "custom", message: `${written} is not a phone` });
  return parsed ?? z.NEVER;
});

export type SuggestedPhone = { readonly phone: string; readonly label: string };

/** "+51987000001 Rosa Pinchi, técnica; +51987000002 Elmer Tuanama" */
const suggestedPhones = z.string().transform((list): SuggestedPhone[] =>
  list
    .split(";")
    .map((item) => item.trim())
    .filter((item) => item !== "")
    .map((item) => {
      const [written = "", ...words] = item.split(/\s+/);
      return { phone: phone.parse(written), label: words.join(" ") };
    }),
);

const environment = z.object({
  /** Shared by Minka's services: from it come the keys that sessions are sealed with. */
  SERVICE_SECRET: z.string().min(32),
  /** The number that people write to. */
  MINKA_SMS_NUMBER: phone.optional(),
  SMS_GATEWAY: smsGatewayList,
  /** Where the pages are found from outside; by what a browser asks for where it is not set. */
  PUBLIC_URL: z
    .url({ protocol: /^https?$/ })
    .transform((address) => address.replace(/\/+$/, ""))
    .optional(),
  SIMULATOR_PUBLIC: z.stringbool().default(false),
  /** Numbers worth trying, separated by `;`: the first is the second phone of the page unless its address says. */
  SIMULATOR_PHONES: suggestedPhones.default([]),
});

export type WebConfig = {
  readonly secret: string;
  readonly smsNumber: string | null;
  /** Without a slash at its end; null: as it is asked for. */
  readonly publicUrl: string | null;
  /** Null while real gateways alone carry the messages. */
  readonly simulator: { readonly open: boolean; readonly phones: readonly SuggestedPhone[] } | null;
};

export function readConfig(values: Environment): WebConfig {
  const { SERVICE_SECRET, MINKA_SMS_NUMBER, PUBLIC_URL, SMS_GATEWAY, SIMULATOR_PUBLIC, SIMULATOR_PHONES } =
    readSettings(environment, values);
  return {
    secret: SERVICE_SECRET,
    smsNumber: MINKA_SMS_NUMBER ?? null,
    publicUrl: PUBLIC_URL ?? null,
    simulator: SMS_GATEWAY.includes("simulator")
      ? { open: SIMULATOR_PUBLIC, phones: SIMULATOR_PHONES }
      : null,
  };
}
