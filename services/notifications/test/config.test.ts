import { describe, expect, test } from "vitest";
import { readConfig } from "../src/config.ts";

const twilio = {
  SMS_GATEWAY: "twilio",
  PUBLIC_URL: "https://minka.example/",
  TWILIO_ACCOUNT_SID: "AC1",
  TWILIO_AUTH_TOKEN: "token",
  TWILIO_FROM: "+15005550006",
};

describe("the gateway's configuration", () => {
  test("is a simulator for this machine only when nothing is said", () => {
    expect(readConfig({})).toEqual({ kind: "simulator", open: false });
    expect(readConfig({ SMS_GATEWAY: "", SIMULATOR_PUBLIC: "" })).toEqual({ kind: "simulator", open: false });
    expect(readConfig({ SIMULATOR_PUBLIC: "true" })).toEqual({ kind: "simulator", open: true });
  });

  test("takes Twilio's keys, the former one too while it is being changed", () => {
    expect(readConfig({ ...twilio, TWILIO_AUTH_TOKEN_PREVIOUS: "old" })).toEqual({
      kind: "twilio",
      publicUrl: "https://minka.example",
      accountSid: "AC1",
      authToken: "token",
      webhookTokens: ["token", "old"],
      sender: { from: "+15005550006" },
      apiUrl: "https://api.twilio.com",
    });
    expect(readConfig({ ...twilio, TWILIO_MESSAGING_SERVICE_SID: "MG1" })).toMatchObject({
      sender: { messagingServiceSid: "MG1" },
      webhookTokens: ["token"],
    });
  });

  test("names everything that is missing in one line", () => {
    const read = () => readConfig({ SMS_GATEWAY: "twilio" });
    expect(read).toThrow(/^Wrong settings: PUBLIC_URL.*TWILIO_ACCOUNT_SID.*TWILIO_AUTH_TOKEN.*$/);
    expect(() => readConfig({ ...twilio, TWILIO_FROM: "" })).toThrow("TWILIO_FROM or");
    expect(() => readConfig({ SMS_GATEWAY: "pigeon" })).toThrow("simulator or twilio");
  });

  test("does not send the account's key in the clear in production", () => {
    const plain = { ...twilio, TWILIO_API_URL: "http://127.0.0.1:4010" };
    expect(readConfig(plain)).toMatchObject({ apiUrl: "http://127.0.0.1:4010" });
    expect(() => readConfig({ ...plain, NODE_ENV: "production" })).toThrow("https");
    expect(readConfig({ ...twilio, NODE_ENV: "production" })).toMatchObject({ kind: "twilio" });
  });
});
