/**
 * Phones are kept as E.164. Peruvian mobiles are nine digits that start with 9; people write them with
 * or without +51, spaces and dashes.
 * Source: Plan Técnico Fundamental de Numeración (MTC), mobile service numbers.
 */
const peruvianMobile = /^(?:\+?51)?(9\d{8})$/;
const anyE164 = /^\+[1-9]\d{7,14}$/;

/** E.164 for a phone as a person or a gateway writes it, or null when it cannot be one. */
export function parsePhone(written: string): string | null {
  const compact = written.replace(/[\s().-]/g, "");
  const mobile = peruvianMobile.exec(compact);
  if (mobile) return `+51${mobile[1]}`;
  return anyE164.test(compact) ? compact : null;
}

/** A phone for logs: enough to tell two apart in a conversation with its owner, not enough to call. */
export function maskPhone(phone: string): string {
  return `${phone.slice(0, 3)}*****${phone.slice(-3)}`;
}

/** A Peruvian mobile the way people read it aloud: "987 654 321"; other countries keep the prefix. */
export function readablePhone(phone: string): string {
  const mobile = peruvianMobile.exec(phone)?.[1];
  return mobile ? `${mobile.slice(0, 3)} ${mobile.slice(3, 6)} ${mobile.slice(6)}` : phone;
}
