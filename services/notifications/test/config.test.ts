import { describe, expect, test } from "vitest";
import { readConfig } from "../src/config.ts";

const twilio = {
  SMS_GATEWAY: "twilio",
  PUBLIC_URL: "https://minka.example/",
  TWILIO_ACCOUNT_SID: "AC1",
  TWILIO_AUTH_TOKEN: "token",
  TWILIO_FROM: "+15005550006",
};
const android = {
  SMS_GATEWAY: "android",
  ANDROID_API_URL: "https://phone.example/3rdparty/v1/",
  ANDROID_USERNAME: "minka",
  ANDROID_PASSWORD: "clave",
  ANDROID_WEBHOOK_KEY: "llave",
};

describe("the gateways' configuration", () => {
  test("is a simulator for this machine only when nothing is said", () => {
    expect(readConfig({})).toEqual([{ kind: "simulator", open: false }]);
    const empty = { SMS_GATEWAY: "", SIMULATOR_PUBLIC: "" };
    expect(readConfig(empty)).toEqual([{ kind: "simulator", open: false }]);
    expect(readConfig({ SIMULATOR_PUBLIC: "true" })).toEqual([{ kind: "simulator", open: true }]);
  });

  test("takes Twilio's keys, the former one too while it is being changed", () => {
    expect(readConfig({ ...twilio, TWILIO_AUTH_TOKEN_PREVIOUS: "old" })).toEqual([
      {
        kind: "twilio",
        publicUrl: "https://minka.example",
        accountSid: "AC1",
        authToken: "token",
        webhookTokens: ["token", "old"],
        sender: { from: "+15005550006" },
        segmentsPerSecond: 1,
        apiUrl: "https://api.twilio.com",
      },
    ]);
    const service = { TWILIO_MESSAGING_SERVICE_SID: "MG1", TWILIO_SEGMENTS_PER_SECOND: "100" };
    expect(readConfig({ ...twilio, ...service })).toMatchObject([
      { sender: { messagingServiceSid: "MG1" }, webhookTokens: ["token"], segmentsPerSecond: 100 },
    ]);
  });

  test("takes the Android phone's keys", () => {
    expect(readConfig({ ...android, ANDROID_WEBHOOK_KEY_PREVIOUS: "old", SERVICE_SECRET: "secret" })).toEqual(
      [
        {
          kind: "android",
          apiUrl: "https://phone.example/3rdparty/v1",
          username: "minka",
          password: "clave",
          webhookKeys: ["llave", "old"],
          deviceId: null,
          idSecret: "secret",
          segmentsPerSecond: 0.05,
        },
      ],
    );
    expect(readConfig({ ...android, ANDROID_DEVICE_ID: "phone-1" })).toMatchObject([{ deviceId: "phone-1" }]);
  });

  test("is a list in order of preference, each with its own settings", () => {
    const list = "android, twilio,twilio-whatsapp,simulator";
    const all = {
      ...twilio,
      ...android,
      TWILIO_WHATSAPP_FROM: "whatsapp:+51 987 654 321",
      SMS_GATEWAY: list,
    };
    expect(readConfig(all)).toMatchObject([
      { kind: "android" },
      { kind: "twilio", sender: { from: "+15005550006" } },
      { kind: "twilio-whatsapp", sender: { from: "+51987654321" } },
      { kind: "simulator" },
    ]);
  });

  test("names everything that is missing or wrong, of all gateways, in one line", () => {
    expect(() => readConfig({ SMS_GATEWAY: "twilio" })).toThrow(
      /^Wrong settings: PUBLIC_URL.*TWILIO_ACCOUNT_SID.*TWILIO_AUTH_TOKEN.*TWILIO_FROM or.*$/,
    );
    expect(() => readConfig({ SMS_GATEWAY: "twilio,android" })).toThrow(
      /^Wrong settings: PUBLIC_URL.*TWILIO_FROM or.*ANDROID_API_URL.*ANDROID_USERNAME.*ANDROID_WEBHOOK_KEY.*$/,
    );
    const both = { ...twilio, SMS_GATEWAY: "twilio,twilio-whatsapp", PUBLIC_URL: "minka" };
    const once = /^Wrong settings: PUBLIC_URL: [^;]*; TWILIO_WHATSAPP_FROM: [^;]*$/;
    expect(() => readConfig(both)).toThrow(once);
    expect(() => readConfig({ ...twilio, TWILIO_FROM: "" })).toThrow("TWILIO_FROM or");
    expect(() => readConfig({ ...twilio, TWILIO_SEGMENTS_PER_SECOND: "0" })).toThrow("SEGMENTS_PER_SECOND");
    expect(() => readConfig({ SMS_GATEWAY: "pigeon" })).toThrow(/"pigeon" is not one of simulator, twilio/);
    expect(() => readConfig({ SMS_GATEWAY: "constructor" })).toThrow("is not one of");
    expect(() => readConfig({ SMS_GATEWAY: "simulator,simulator" })).toThrow("names one twice");
    expect(() => readConfig({ SMS_GATEWAY: "simulator," })).toThrow('"" is not one of');
  });

  test("does not send keys and texts in the clear in production", () => {
    const plain = { ...twilio, TWILIO_API_URL: "http://127.0.0.1:4010" };
    expect(readConfig(plain)).toMatchObject([{ apiUrl: "http://127.0.0.1:4010" }]);
    expect(() => readConfig({ ...plain, NODE_ENV: "production" })).toThrow("https");
    expect(readConfig({ ...twilio, NODE_ENV: "production" })).toMatchObject([{ kind: "twilio" }]);
    const phone = { ...android, ANDROID_API_URL: "http://192.168.1.10:8080" };
    expect(readConfig(phone)).toMatchObject([{ apiUrl: "http://192.168.1.10:8080" }]);
    expect(() => readConfig({ ...phone, NODE_ENV: "production" })).toThrow("https");
    const tunnel = { ...phone, ANDROID_API_URL: "http://127.0.0.1:8080", NODE_ENV: "production" };
    expect(readConfig(tunnel)).toMatchObject([{ apiUrl: "http://127.0.0.1:8080" }]);
  });
});
