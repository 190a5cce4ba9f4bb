import { z } from "zod";
import { instantText } from "./common.ts";
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

/** What a signed-in program keeps: a token to call with, and one to get the next with. */
const signedIn = z.object({
  accessToken: z.string(),
  expiresInSeconds: z.int().describe("Of the access token"),
  refreshToken: z
    .string()
    .describe("Kept secret; gives the next access token, once. Each answer brings the next one."),
  refreshExpiresAt: instantText.describe("30 days from now, and never later than 90 days after signing in"),
  personId: z.uuid(),
});
export const refreshToken = z.string().min(20).max(200);

export const exchangeCode = endpoint({
  service: "profiles",
  method: "POST",
  path: "/api/auth/tokens",
  summary:
    "Exchange a code for an access token of 15 minutes, and a token to refresh it with. At a phone that several people share 409 `which-person` lists them, after a right code only: then add the private word, or the id of somebody who has none. After five tries with a code 401 `code-tries-used`.",
  access: ["anyone"],
  body: z.object({
    phone: phoneText,
    code: z.string().regex(/^\d{6}$/, "six digits"),
    word: z.string().trim().min(1).max(30).optional().describe("The private word of who signs in"),
    personId: z.uuid().optional().describe("Who signs in, where they have no private word"),
  }),
  answer: signedIn,
});

export const refreshSignIn = endpoint({
  service: "profiles",
  method: "POST",
  path: "/api/auth/tokens/refresh",
  summary:
    "Exchange a refresh token for a new access token and the next refresh token. A spent one is answered with the same successor for ten seconds; later it ends the sign-in, for it may have been stolen.",
  access: ["anyone"],
  body: z.object({ refreshToken }),
  answer: signedIn,
});

export const signOut = endpoint({
  service: "profiles",
  method: "POST",
  path: "/api/auth/sign-out",
  summary:
    "End the sign-in of this refresh token; the answer is the same for one that is unknown. An access token ends by itself within 15 minutes.",
  access: ["anyone"],
  body: z.object({ refreshToken }),
  answer: z.object({ signedOut: z.literal(true) }),
});

export const signOutEverywhere = endpoint({
  service: "profiles",
  method: "POST",
  path: "/api/auth/sign-out-everywhere",
  summary:
    "End every sign-in of the signed-in person, on all devices. Access tokens that are out end by themselves within 15 minutes.",
  access: ["person"],
  answer: z.object({ ended: z.int().describe("How many sign-ins were ended") }),
});

export const authKeys = endpoint({
  service: "profiles",
  method: "GET",
  path: "/api/auth/keys",
  summary: "The public key (PEM, Ed25519) with which people's tokens are verified.",
  access: ["anyone"],
  answer: z.object({ publicKey: z.string() }),
});

export const authEndpoints = [requestCode, exchangeCode, refreshSignIn, signOut, signOutEverywhere, authKeys];
