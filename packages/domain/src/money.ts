/** Money is whole céntimos of a sol (PEN). */
export type Centimos = number;

/** "S/ 30" or "S/ 1,250.50": no decimals when there are no céntimos, comma for thousands as in Peru. */
export function formatSoles(amount: Centimos): string {
  const soles = Math.trunc(Math.abs(amount) / 100);
  const rest = Math.abs(amount) % 100;
  const grouped = String(soles).replace(/\B(?=(\d{3})+$)/g, ",");
  const decimals = rest === 0 ? "" : `.${String(rest).padStart(2, "0")}`;
  return `${amount < 0 ? "-" : ""}S/ ${grouped}${decimals}`;
}
