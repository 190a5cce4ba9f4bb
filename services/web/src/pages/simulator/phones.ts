import { parsePhone } from "@minka/domain/phone";
import { z } from "zod";
import type { SuggestedPhone } from "../../config.ts";

const number = z.string().optional().catch(undefined);
const address = z.object({ a: number, b: number });

export type PhonePair = { readonly a: string; readonly b: string };

/** Nobody has these numbers: someone who writes for the first time, and someone beside them. */
const newcomer = "+51900900001";
const neighbour = "+51900900002";

/** The two phones of the page, from its address; what is missing or is no phone falls back to the usual ones. */
export function choosePhones(query: unknown, suggested: readonly SuggestedPhone[]): PhonePair {
  const written = address.parse(query);
  const read = (value: string | undefined) => (value === undefined ? null : parsePhone(withPlus(value)));
  const a = read(written.a) ?? newcomer;
  const b = read(written.b) ?? suggested.find(({ phone }) => phone !== a)?.phone ?? neighbour;
  return { a, b };
}

/** An unescaped `+` in an address arrives as a space. */
function withPlus(value: string): string {
  return value.replace(/^ /, "+");
}

export function simulatorAddress({ a, b }: PhonePair): string {
  return `/simulator?${new URLSearchParams({ a, b }).toString()}`;
}
