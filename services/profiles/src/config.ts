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
  })
  .refine((environment) => environment.TOKEN_PRIVATE_KEY || environment.DATA_DIR, {
    message: "TOKEN_PRIVATE_KEY or DATA_DIR is needed to sign people's tokens",
  });

export function readConfig(environment: Environment) {
  const { OPERATOR_PHONES, TOKEN_PRIVATE_KEY, DATA_DIR } = readSettings(environmentShape, environment);
  return { operatorPhones: OPERATOR_PHONES, tokenPrivateKey: TOKEN_PRIVATE_KEY, dataDir: DATA_DIR };
}
