/** DNI: eight digits kept as text, because leading zeros count. */
export function isDni(text: string): boolean {
  return /^\d{8}$/.test(text);
}

const rucWeights = [5, 4, 3, 2, 7, 6, 5, 4, 3, 2];

/**
 * RUC: eleven digits, prefix 10, 15, 17 or 20, last digit a check digit: 11 minus the weighted sum
 * modulo 11, modulo 10. For prefix 10 digits 3 to 10 are the person's DNI.
 * Source: SUNAT, estructura del RUC.
 */
export function isRuc(text: string): boolean {
  if (!/^(10|15|17|20)\d{9}$/.test(text)) return false;
  const digits = Array.from(text, Number);
  const sum = rucWeights.reduce((total, weight, index) => total + weight * (digits[index] ?? 0), 0);
  return (11 - (sum % 11)) % 10 === digits[10];
}
