import { existsSync } from "node:fs";
import { chromium, type Browser, type BrowserContext } from "playwright-core";
import type { Visitor } from "./browse.ts";

const executablePath = "/usr/bin/chromium";
const flags =
  "--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking --disable-component-update --disable-sync";

/** Pages are tried in a browser where there is one; elsewhere those tests are skipped, and counted so. */
export const hasBrowser = existsSync(executablePath);

export const openBrowser = (): Promise<Browser> =>
  chromium.launch({ executablePath, args: flags.split(" ") });

/** Gives a browser the cookies of somebody who has signed in, in place of those that it had. */
export async function signInto(context: BrowserContext, address: string, visitor: Visitor): Promise<void> {
  await context.clearCookies();
  const cookies = visitor.cookies().split("; ");
  await context.addCookies(
    cookies
      .map((cookie) => cookie.split("="))
      .map(([name = "", value = ""]) => ({
        name,
        value,
        url: address,
        httpOnly: true,
        sameSite: "Lax" as const,
      })),
  );
}
