import { z } from "zod";
import { endpoint } from "./endpoint.ts";

export const phoneText = z
  .string()
  .regex(/^\+[1-9]\d{7,14}$/, "a phone in E.164, such as +51987654321")
  .describe("E.164, such as +51987654321");

export const requestCode = endpoint({
  service: "profiles",
  method: "POST",
  path: "/api/auth/codes",
  summary: "Send a sign-in code by SMS. The answer is the same whether or not the phone is known.",
  access: ["anyone"],
  body: z.object({ phone: phoneText }),
  answer: z.object({ sent: z.literal(true), validMinutes: z.int() }),
  status: 202,
});

export const exchangeCode = endpoint({
  service: "profiles",
  method: "POST",
  path: "/api/auth/tokens",
  summary: "Exchange a code for an access token of 15 minutes.",
  access: ["anyone"],
  body: z.object({ phone: phoneText, code: z.string().regex(/^\d{6}$/, "six digits") }),
  answer: z.object({ accessToken: z.string(), expiresInSeconds: z.int(), personId: z.uuid() }),
});

export const authKeys = endpoint({
  service: "profiles",
  method: "GET",
  path: "/api/auth/keys",
  summary: "The public key (PEM, Ed25519) with which people's tokens are verified.",
  access: ["anyone"],
  answer: z.object({ publicKey: z.string() }),
});
