/** What one pack costs with everything, in céntimos, rounded up: nobody is told a céntimo less than they pay. */
export function pricePerPack({ packs, totalCentimos }: { packs: number; totalCentimos: number }): number {
  return Math.ceil(totalCentimos / packs);
}
