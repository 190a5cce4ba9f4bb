import type { Rows } from "./world.ts";
import type { Written } from "./tries.ts";

let made = 0;
/** Of nobody yet. */
export const newPhone = () => `+51933${String((made += 1)).padStart(6, "0")}`;
export const newName = (what: string) => `${what} ${(made += 1)}`;

export const consent = { version: "1", channel: "sms", at: "2026-11-24T14:00:00.000Z" };

/** What was sent last waits to be started; what was started may be done by now. */
export const newestImport =
  (base: (rows: Rows) => string): Written =>
  async ({ rows }, { done, world, platform }) => {
    await platform.settle();
    const { items } = await done<{ items: { importId: string }[] }>(world.checker, "GET", base(rows));
    return { params: { importId: items[0]?.importId ?? "" } };
  };
