import { parsePhone } from "@minka/domain/phone";
import { readSettings, type Environment } from "@minka/service/settings";
import { z } from "zod";

const phoneList = z
  .string()
  .default("")
  .transform((text, context) =>
    text
      .split(",")
      .map((part) => part.trim())
      .filter((part) => part !== "")
      .map((part) => {
        const phone = parsePhone(part);
        if (!phone) context.addIssue({ code: "custom", message: `${part} is not a phone` });
        return phone ?? part;
      }),
  );

const environmentShape = z
  .object({
    /** First operators, E.164, separated by commas. */
    OPERATOR_PHONES: phoneList,
    /** PEM, Ed25519; without it a key is kept in DATA_DIR. */
    TOKEN_PRIVATE_KEY: z.string().optional(),
    DATA_DIR: z.string().optional(),
    /** Sign-in codes asked for, and wrong ones tried, from one address in an hour. */
    CODES_PER_ADDRESS: z.coerce.number().int().min(1).default(20),
    /** How fast those whom an organization's lists name are asked. */
    INVITATIONS_PER_MINUTE: z.coerce.number().int().min(1).max(6_000).default(60),
    WRONG_CODES_PER_ADDRESS: z.coerce.number().int().min(1).default(30),
  })
  .refine((environment) => environment.TOKEN_PRIVATE_KEY || environment.DATA_DIR, {
    message: "TOKEN_PRIVATE_KEY or DATA_DIR is needed to sign people's tokens",
  });

export function readConfig(environment: Environment) {
  const settings = readSettings(environmentShape, environment);
  return {
    operatorPhones: settings.OPERATOR_PHONES,
    tokenPrivateKey: settings.TOKEN_PRIVATE_KEY,
    dataDir: settings.DATA_DIR,
    invitationsPerMinute: settings.INVITATIONS_PER_MINUTE,
    addressLimits: {
      codesAnHour: settings.CODES_PER_ADDRESS,
      wrongTriesAnHour: settings.WRONG_CODES_PER_ADDRESS,
    },
  };
}
