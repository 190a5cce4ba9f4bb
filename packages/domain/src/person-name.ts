/** A name has a letter, of whatever script: digits, dots or pictures alone are nobody's. */
export function isPersonName(text: string): boolean {
  return /\p{L}/u.test(text);
}
