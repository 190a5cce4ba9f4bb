/** A binary heap of numbered entries, smallest key first; entries of equal keys come in the order of their numbers. */
export class MinHeap {
  readonly #keys: number[] = [];
  readonly #ids: number[] = [];

  /** Infinity when the heap is empty. */
  get topKey(): number {
    return this.#keys.length > 0 ? (this.#keys[0] as number) : Infinity;
  }

  /** −1 when the heap is empty. */
  get topId(): number {
    return this.#ids.length > 0 ? (this.#ids[0] as number) : -1;
  }

  clear(): void {
    this.#keys.length = 0;
    this.#ids.length = 0;
  }

  push(key: number, id: number): void {
    this.#keys.push(key);
    this.#ids.push(id);
    this.#rise(this.#keys.length - 1, key, id);
  }

  /** Removes the top entry. */
  pop(): void {
    const key = this.#keys.pop();
    const id = this.#ids.pop();
    if (key !== undefined && id !== undefined && this.#keys.length > 0) this.#sink(0, key, id);
  }

  #rise(from: number, key: number, id: number): void {
    const keys = this.#keys;
    const ids = this.#ids;
    let index = from;
    while (index > 0) {
      const parent = (index - 1) >> 1;
      const parentKey = keys[parent] as number;
      if (parentKey < key || (parentKey === key && (ids[parent] as number) <= id)) break;
      keys[index] = parentKey;
      ids[index] = ids[parent] as number;
      index = parent;
    }
    keys[index] = key;
    ids[index] = id;
  }

  #sink(from: number, key: number, id: number): void {
    const keys = this.#keys;
    const ids = this.#ids;
    const size = keys.length;
    let index = from;
    for (;;) {
      let child = 2 * index + 1;
      if (child >= size) break;
      const right = child + 1;
      if (right < size && before(keys, ids, right, child)) child = right;
      const childKey = keys[child] as number;
      if (key < childKey || (key === childKey && id <= (ids[child] as number))) break;
      keys[index] = childKey;
      ids[index] = ids[child] as number;
      index = child;
    }
    keys[index] = key;
    ids[index] = id;
  }
}

function before(keys: number[], ids: number[], a: number, b: number): boolean {
  const keyA = keys[a] as number;
  const keyB = keys[b] as number;
  return keyA < keyB || (keyA === keyB && (ids[a] as number) < (ids[b] as number));
}
