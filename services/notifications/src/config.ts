import { parsePhone } from "@minka/domain/phone";
import { readSettings, SettingsError, type Environment } from "@minka/service/settings";
import { smsGatewayList, type SmsGatewayName } from "@minka/service/sms-gateways";
import { z } from "zod";

const twilioApi = "https://api.twilio.com";
const optional = z.string().trim().min(1).optional();
const address = z.url({ protocol: /^https?$/ }).transform((url) => url.replace(/\/+$/, ""));
const rate = z.coerce.number().positive();

const simulator = z.object({
  SIMULATOR_PUBLIC: z.stringbool().default(false),
});

const twilioAccount = {
  PUBLIC_URL: address,
  TWILIO_ACCOUNT_SID: z.string().regex(/^AC\w+$/, "starts with AC"),
  TWILIO_AUTH_TOKEN: z.string().min(1),
  TWILIO_AUTH_TOKEN_PREVIOUS: optional,
  TWILIO_API_URL: address.default(twilioApi),
};

const twilio = z
  .object({
    ...twilioAccount,
    TWILIO_FROM: optional,
    TWILIO_MESSAGING_SERVICE_SID: optional,
    /** What Twilio gives a long code; a short code takes a hundred. */
    TWILIO_SEGMENTS_PER_SECOND: rate.default(1),
  })
  .refine((given) => given.TWILIO_FROM || given.TWILIO_MESSAGING_SERVICE_SID, {
    error: "TWILIO_FROM or TWILIO_MESSAGING_SERVICE_SID: one is needed",
    // Also when something else is wrong: all of it is said at once.
    when: () => true,
  });

const whatsapp = z.object({
  ...twilioAccount,
  TWILIO_WHATSAPP_FROM: z.string().transform((written, context) => {
    const phone = parsePhone(written.replace(/^whatsapp:/, ""));
    if (phone === null) context.addIssue({ code: "custom", message: "a phone such as +51987654321" });
    return phone ?? z.NEVER;
  }),
  TWILIO_WHATSAPP_SEGMENTS_PER_SECOND: rate.default(10),
});

const android = z.object({
  ANDROID_API_URL: address,
  ANDROID_USERNAME: z.string().min(1),
  ANDROID_PASSWORD: z.string().min(1),
  ANDROID_WEBHOOK_KEY: z.string().min(1),
  ANDROID_WEBHOOK_KEY_PREVIOUS: optional,
  ANDROID_DEVICE_ID: optional,
  /** Operators let a SIM send 30 to 200 an hour before they take it for a spammer's. */
  ANDROID_SEGMENTS_PER_SECOND: rate.default(0.05),
});

export type SimulatorConfig = {
  readonly kind: "simulator";
  /** Answers others than this machine. */
  readonly open: boolean;
};

export type TwilioConfig = {
  readonly kind: "twilio" | "twilio-whatsapp";
  /** Where Twilio reaches Minka, without a slash at the end: what it signs, and where it reports. */
  readonly publicUrl: string;
  readonly accountSid: string;
  readonly authToken: string;
  /** What a webhook may be signed with: the present token, and the former one while it is being changed. */
  readonly webhookTokens: readonly string[];
  readonly sender: { readonly from: string } | { readonly messagingServiceSid: string };
  readonly segmentsPerSecond: number;
  readonly apiUrl: string;
};

export type AndroidConfig = {
  readonly kind: "android";
  /** The phone's own server, or the one that it asks for messages, without a slash at the end. */
  readonly apiUrl: string;
  readonly username: string;
  readonly password: string;
  /** What a webhook may be signed with: the present key, and the former one while it is being changed. */
  readonly webhookKeys: readonly string[];
  /** Null where the account has one phone. */
  readonly deviceId: string | null;
  /** Keys the ids that Minka gives to what phones write. */
  readonly idSecret: string;
  readonly segmentsPerSecond: number;
};

export type GatewayConfig = SimulatorConfig | TwilioConfig | AndroidConfig;

const readers: Readonly<Record<SmsGatewayName, (environment: Environment) => GatewayConfig>> = {
  simulator: readSimulator,
  twilio: readTwilio,
  "twilio-whatsapp": readWhatsapp,
  android: readAndroid,
};

/** How many days the texts of messages are kept. */
export function readMessagesKeptDays(environment: Environment): number {
  const schema = z.object({ MESSAGES_KEPT_DAYS: z.coerce.number().int().min(30).default(400) });
  return readSettings(schema, environment).MESSAGES_KEPT_DAYS;
}

const centimos = z.coerce.number().min(0).optional();
const prices = z.object({
  TWILIO_SEGMENT_CENTIMOS: centimos,
  TWILIO_RECEIVED_SEGMENT_CENTIMOS: centimos,
  TWILIO_WHATSAPP_SEGMENT_CENTIMOS: centimos,
  TWILIO_WHATSAPP_RECEIVED_SEGMENT_CENTIMOS: centimos,
  ANDROID_SEGMENT_CENTIMOS: centimos,
  ANDROID_RECEIVED_SEGMENT_CENTIMOS: centimos,
});

/** Of a segment, in céntimos or parts of one; null is not known. */
export type SegmentPrice = { readonly sent: number | null; readonly received: number | null };

/** What a segment costs by each gateway, also by one that carries nothing today: it may have, on earlier days. */
export function readSegmentPrices(environment: Environment): Readonly<Record<SmsGatewayName, SegmentPrice>> {
  const set = readSettings(prices, environment);
  const priceOf = (sent: number | undefined, received: number | undefined): SegmentPrice => ({
    sent: sent ?? null,
    received: received ?? null,
  });
  return {
    simulator: { sent: 0, received: 0 },
    twilio: priceOf(set.TWILIO_SEGMENT_CENTIMOS, set.TWILIO_RECEIVED_SEGMENT_CENTIMOS),
    "twilio-whatsapp": priceOf(
      set.TWILIO_WHATSAPP_SEGMENT_CENTIMOS,
      set.TWILIO_WHATSAPP_RECEIVED_SEGMENT_CENTIMOS,
    ),
    android: priceOf(set.ANDROID_SEGMENT_CENTIMOS, set.ANDROID_RECEIVED_SEGMENT_CENTIMOS),
  };
}

/**
 * Reads which gateways carry the SMS, in order of preference; throws one line that names everything missing
 * or wrong in the settings of all of them.
 */
export function readConfig(environment: Environment): readonly GatewayConfig[] {
  const { SMS_GATEWAY } = readSettings(z.object({ SMS_GATEWAY: smsGatewayList }), environment);
  const faults = new Set<string>();
  const gateways = SMS_GATEWAY.flatMap((name) => {
    try {
      return [readers[name](environment)];
    } catch (error) {
      if (!(error instanceof SettingsError)) throw error;
      // Settings that several of them share are named once.
      for (const fault of error.message.replace(/^Wrong settings: /, "").split("; ")) faults.add(fault);
      return [];
    }
  });
  if (faults.size > 0) throw new SettingsError(`Wrong settings: ${[...faults].join("; ")}`);
  return gateways;
}

function readSimulator(environment: Environment): SimulatorConfig {
  return { kind: "simulator", open: readSettings(simulator, environment).SIMULATOR_PUBLIC };
}

function readTwilio(environment: Environment): TwilioConfig {
  const settings = readSettings(twilio, environment);
  const { TWILIO_FROM, TWILIO_MESSAGING_SERVICE_SID } = settings;
  return {
    kind: "twilio",
    ...accountOf(settings, environment),
    sender: TWILIO_MESSAGING_SERVICE_SID
      ? { messagingServiceSid: TWILIO_MESSAGING_SERVICE_SID }
      : { from: TWILIO_FROM ?? "" },
    segmentsPerSecond: settings.TWILIO_SEGMENTS_PER_SECOND,
  };
}

function readWhatsapp(environment: Environment): TwilioConfig {
  const settings = readSettings(whatsapp, environment);
  return {
    kind: "twilio-whatsapp",
    ...accountOf(settings, environment),
    sender: { from: settings.TWILIO_WHATSAPP_FROM },
    segmentsPerSecond: settings.TWILIO_WHATSAPP_SEGMENTS_PER_SECOND,
  };
}

function accountOf(settings: z.output<z.ZodObject<typeof twilioAccount>>, environment: Environment) {
  const { PUBLIC_URL, TWILIO_ACCOUNT_SID, TWILIO_AUTH_TOKEN, TWILIO_AUTH_TOKEN_PREVIOUS, TWILIO_API_URL } =
    settings;
  if (isProduction(environment) && !TWILIO_API_URL.startsWith("https:")) {
    throw new SettingsError("TWILIO_API_URL: must be https in production, it carries the account's key");
  }
  return {
    publicUrl: PUBLIC_URL,
    accountSid: TWILIO_ACCOUNT_SID,
    authToken: TWILIO_AUTH_TOKEN,
    webhookTokens: present(TWILIO_AUTH_TOKEN, TWILIO_AUTH_TOKEN_PREVIOUS),
    apiUrl: TWILIO_API_URL,
  };
}

function readAndroid(environment: Environment): AndroidConfig {
  const settings = readSettings(android, environment);
  const { protocol, hostname } = new URL(settings.ANDROID_API_URL);
  // The phone's own server knows only http: the near end of a tunnel to it is on this machine.
  const safe = protocol === "https:" || ["127.0.0.1", "[::1]", "localhost"].includes(hostname);
  if (isProduction(environment) && !safe) {
    throw new SettingsError(
      "ANDROID_API_URL: must be https in production, or a tunnel that starts on this machine: it carries texts",
    );
  }
  return {
    kind: "android",
    apiUrl: settings.ANDROID_API_URL,
    username: settings.ANDROID_USERNAME,
    password: settings.ANDROID_PASSWORD,
    webhookKeys: present(settings.ANDROID_WEBHOOK_KEY, settings.ANDROID_WEBHOOK_KEY_PREVIOUS),
    deviceId: settings.ANDROID_DEVICE_ID ?? null,
    idSecret: environment["SERVICE_SECRET"] ?? "",
    segmentsPerSecond: settings.ANDROID_SEGMENTS_PER_SECOND,
  };
}

const isProduction = (environment: Environment): boolean => environment["NODE_ENV"] === "production";

const present = (now: string, former: string | undefined): readonly string[] =>
  former === undefined ? [now] : [now, former];
