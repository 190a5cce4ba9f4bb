/**
 * Many heaps that share their memory: pairing heaps (Fredman, Sedgewick, Sleator and Tarjan 1986), in which adding is
 * one comparison, so that the many entries that never come to the top cost next to nothing. A heap is the number of its
 * top entry, −1 when empty.
 */
export class PairingHeaps {
  #key = new Float64Array(1024);
  #value = new Int32Array(1024);
  #child = new Int32Array(1024);
  /** The next child of the same parent; of a free entry the next free one. */
  #next = new Int32Array(1024);
  #used = 0;
  #free = -1;

  key(heap: number): number {
    return heap < 0 ? Infinity : (this.#key[heap] as number);
  }

  value(heap: number): number {
    return heap < 0 ? -1 : (this.#value[heap] as number);
  }

  /** Answers what is the heap then. */
  add(heap: number, key: number, value: number): number {
    let entry = this.#free;
    if (entry >= 0) this.#free = this.#next[entry] as number;
    else {
      entry = this.#used;
      this.#used += 1;
      if (entry === this.#key.length) this.#grow();
    }
    this.#key[entry] = key;
    this.#value[entry] = value;
    this.#child[entry] = -1;
    this.#next[entry] = -1;
    return this.#merge(heap, entry);
  }

  /** Removes the top entry of a heap that is not empty, and answers what is the heap then. */
  pop(heap: number): number {
    const next = this.#next;
    let child = this.#child[heap] as number;
    next[heap] = this.#free;
    this.#free = heap;
    // In pairs from the first on, then all of them from the last back.
    let merged = -1;
    while (child >= 0) {
      const second = next[child] as number;
      const rest = second < 0 ? -1 : (next[second] as number);
      next[child] = -1;
      if (second >= 0) next[second] = -1;
      const pair = this.#merge(child, second);
      next[pair] = merged;
      merged = pair;
      child = rest;
    }
    let whole = -1;
    while (merged >= 0) {
      const before = next[merged] as number;
      next[merged] = -1;
      whole = this.#merge(whole, merged);
      merged = before;
    }
    return whole;
  }

  #merge(a: number, b: number): number {
    if (a < 0) return b;
    if (b < 0) return a;
    const [top, under] = (this.#key[b] as number) < (this.#key[a] as number) ? [b, a] : [a, b];
    this.#next[under] = this.#child[top] as number;
    this.#child[top] = under;
    return top;
  }

  #grow(): void {
    const size = Math.ceil(this.#key.length * 1.5);
    const key = new Float64Array(size);
    key.set(this.#key);
    this.#key = key;
    this.#value = longer(this.#value, size);
    this.#child = longer(this.#child, size);
    this.#next = longer(this.#next, size);
  }
}

function longer(array: Int32Array, size: number): Int32Array<ArrayBuffer> {
  const copy = new Int32Array(size);
  copy.set(array);
  return copy;
}
