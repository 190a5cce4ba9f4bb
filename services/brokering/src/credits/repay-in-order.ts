type Instalment = { readonly totalCentimos: number; readonly paidCentimos: number };

/** Instalments in their order after `centimos` were paid: each is paid whole before the next. Nothing is lost. */
export function repayInOrder<Each extends Instalment>(rows: readonly Each[], centimos: number): Each[] {
  let left = centimos;
  return rows.map((row) => {
    const part = Math.min(left, row.totalCentimos - row.paidCentimos);
    left -= part;
    return { ...row, paidCentimos: row.paidCentimos + part };
  });
}
