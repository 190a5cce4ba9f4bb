/** Three rows of the table, kept between calls: a message is compared with hundreds of names. */
let rows: [Uint16Array, Uint16Array, Uint16Array] = rowsFor(64);

function rowsFor(width: number): [Uint16Array, Uint16Array, Uint16Array] {
  return [new Uint16Array(width), new Uint16Array(width), new Uint16Array(width)];
}

/**
 * Optimal string alignment: insertions, deletions, substitutions and swaps of neighbours, each costing one
 * (Damerau 1964, restricted so that no part is edited twice). Answers `limit + 1` as soon as the limit is passed;
 * only the cells within the limit of the diagonal are worked out, since others cannot come back under it.
 */
export function editDistance(a: string, b: string, limit: number): number {
  if (a === b) return 0;
  const over = limit + 1;
  if (Math.abs(a.length - b.length) > limit) return over;
  const width = b.length + 1;
  if (rows[0].length < width) rows = rowsFor(width);
  let [beforeLast, last, current] = rows;
  for (let column = 0; column < width; column++) last[column] = Math.min(column, over);
  for (let row = 1; row <= a.length; row++) {
    const letter = a.charCodeAt(row - 1);
    const letterBefore = row > 1 ? a.charCodeAt(row - 2) : -1;
    const from = Math.max(1, row - limit);
    const to = Math.min(width - 1, row + limit);
    current[from - 1] = from === 1 ? Math.min(row, over) : over;
    let best = current[from - 1] ?? over;
    for (let column = from; column <= to; column++) {
      const other = b.charCodeAt(column - 1);
      let cost = (last[column - 1] ?? over) + (letter === other ? 0 : 1);
      cost = Math.min(cost, (last[column] ?? over) + 1, (current[column - 1] ?? over) + 1);
      if (column > 1 && letterBefore === other && letter === b.charCodeAt(column - 2)) {
        cost = Math.min(cost, (beforeLast[column - 2] ?? over) + 1);
      }
      current[column] = cost;
      if (cost < best) best = cost;
    }
    if (to < width - 1) current[to + 1] = over;
    if (best > limit) return over;
    [beforeLast, last, current] = [last, current, beforeLast];
  }
  return Math.min(last[b.length] ?? over, over);
}

/**
 * The set of a word's letters as bits. Two words within `d` edits differ in at most `2 d` of them, which rules
 * out nearly every name with one instruction.
 */
export function letterSet(word: string): number {
  let bits = 0;
  for (let at = 0; at < word.length; at++) bits |= 1 << (word.charCodeAt(at) & 31);
  return bits;
}

export function bitsSet(bits: number): number {
  let n = bits - ((bits >>> 1) & 0x55555555);
  n = (n & 0x33333333) + ((n >>> 2) & 0x33333333);
  return (((n + (n >>> 4)) & 0x0f0f0f0f) * 0x01010101) >>> 24;
}
