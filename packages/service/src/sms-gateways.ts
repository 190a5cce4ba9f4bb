import { z } from "zod";

const smsGatewayNames = ["simulator", "twilio", "twilio-whatsapp", "android"] as const;
export type SmsGatewayName = (typeof smsGatewayNames)[number];

/** The setting SMS_GATEWAY: which gateways carry the messages, in order of preference, separated by commas. */
export const smsGatewayList = z
  .string()
  .default("simulator")
  .transform((list, context): readonly SmsGatewayName[] => {
    const names = list.split(",").map((name) => name.trim());
    const fault = (message: string) => {
      context.addIssue({ code: "custom", message });
      return z.NEVER;
    };
    const unknown = names.find((name) => !isGateway(name));
    if (unknown !== undefined) return fault(`"${unknown}" is not one of ${smsGatewayNames.join(", ")}`);
    if (new Set(names).size < names.length) return fault(`"${list}" names one twice`);
    return names.filter(isGateway);
  });

/** Whether all messages stay on this machine: a real gateway would write to real people. */
export function isRehearsal(gateways: readonly SmsGatewayName[]): boolean {
  return gateways.every((name) => name === "simulator");
}

function isGateway(name: string): name is SmsGatewayName {
  return smsGatewayNames.some((known) => known === name);
}
