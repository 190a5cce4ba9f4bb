import { readSettings, SettingsError, type Environment } from "@minka/service/settings";
import { z } from "zod";

const twilioApi = "https://api.twilio.com";
const optional = z.string().trim().min(1).optional();
const address = z.url({ protocol: /^https?$/ }).transform((url) => url.replace(/\/+$/, ""));

const simulator = z.object({
  SIMULATOR_PUBLIC: z.stringbool().default(false),
});

const twilio = z.object({
  PUBLIC_URL: address,
  TWILIO_ACCOUNT_SID: z.string().regex(/^AC\w+$/, "starts with AC"),
  TWILIO_AUTH_TOKEN: z.string().min(1),
  TWILIO_AUTH_TOKEN_PREVIOUS: optional,
  TWILIO_FROM: optional,
  TWILIO_MESSAGING_SERVICE_SID: optional,
  TWILIO_API_URL: address.default(twilioApi),
});

export type SimulatorConfig = {
  readonly kind: "simulator";
  /** Answers others than this machine. */
  readonly open: boolean;
};

export type TwilioConfig = {
  readonly kind: "twilio";
  /** Where Twilio reaches Minka, without a slash at the end: what it signs, and where it reports. */
  readonly publicUrl: string;
  readonly accountSid: string;
  readonly authToken: string;
  /** What a webhook may be signed with: the present token, and the former one while it is being changed. */
  readonly webhookTokens: readonly string[];
  readonly sender: { readonly from: string } | { readonly messagingServiceSid: string };
  readonly apiUrl: string;
};

export type GatewayConfig = SimulatorConfig | TwilioConfig;

/** Reads which gateway carries the SMS; throws one line that names everything missing or wrong. */
export function readConfig(environment: Environment): GatewayConfig {
  const kind = environment["SMS_GATEWAY"] || "simulator";
  if (kind === "simulator") {
    const { SIMULATOR_PUBLIC } = readSettings(simulator, environment);
    return { kind, open: SIMULATOR_PUBLIC };
  }
  if (kind === "twilio") return readTwilio(environment);
  throw new SettingsError(`SMS_GATEWAY is "${kind}"; it can be simulator or twilio`);
}

function readTwilio(environment: Environment): TwilioConfig {
  const settings = readSettings(twilio, environment);
  const { TWILIO_FROM, TWILIO_MESSAGING_SERVICE_SID, TWILIO_API_URL, TWILIO_AUTH_TOKEN_PREVIOUS } = settings;
  if (!TWILIO_FROM && !TWILIO_MESSAGING_SERVICE_SID) {
    throw new SettingsError("SMS_GATEWAY=twilio needs TWILIO_FROM or TWILIO_MESSAGING_SERVICE_SID");
  }
  if (environment["NODE_ENV"] === "production" && !TWILIO_API_URL.startsWith("https:")) {
    throw new SettingsError("TWILIO_API_URL must be https in production: it carries the account's key");
  }
  return {
    kind: "twilio",
    publicUrl: settings.PUBLIC_URL,
    accountSid: settings.TWILIO_ACCOUNT_SID,
    authToken: settings.TWILIO_AUTH_TOKEN,
    webhookTokens: [
      settings.TWILIO_AUTH_TOKEN,
      ...(TWILIO_AUTH_TOKEN_PREVIOUS ? [TWILIO_AUTH_TOKEN_PREVIOUS] : []),
    ],
    sender: TWILIO_MESSAGING_SERVICE_SID
      ? { messagingServiceSid: TWILIO_MESSAGING_SERVICE_SID }
      : { from: TWILIO_FROM ?? "" },
    apiUrl: TWILIO_API_URL,
  };
}
