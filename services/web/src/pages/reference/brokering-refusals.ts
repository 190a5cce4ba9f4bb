/** What brokering's operations may refuse with, as "status code", by operation. */
export const brokeringRefusals: Readonly<Record<string, readonly string[]>> = {};
