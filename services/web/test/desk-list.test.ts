import { expect, test } from "vitest";
import { listFile } from "../src/pages/operator/desk-list.ts";
import type { SignedVisit } from "../src/visits/visit.ts";

const visit = { today: "2026-11-24", query: {} } as SignedVisit;

/** The file of a list of so many numbers. */
async function fileOf(count: number) {
  const file = listFile<number>({
    path: "/operador/numeros",
    fileName: "numeros",
    caption: "Números",
    filters: [],
    read: async (_visit, { cursor = "0", limit }) => {
      const end = Number(cursor) + limit;
      const items = Array.from({ length: Math.min(limit, count - Number(cursor)) }, (_, at) => at);
      return { items, next: end < count ? String(end) : null };
    },
    columns: async () => [{ title: "Número", cell: (item) => item, value: (item) => item }],
  });
  const { fileName, bytes } = await file.make(visit);
  return { fileName, lines: Buffer.from(bytes).toString().trimEnd().split("\r\n") };
}

test("a file that is cut says so, in its name and in its last line", async () => {
  const whole = await fileOf(5_000);
  expect([whole.fileName, whole.lines.length]).toEqual(["minka-numeros-2026-11-24.csv", 5_001]);
  expect(whole.lines.at(-1)).not.toContain("FALTAN");
  const cut = await fileOf(5_001);
  expect(cut.fileName).toBe("minka-numeros-2026-11-24-primeras-5000-filas.csv");
  expect(cut.lines.at(-1)).toMatch(/^FALTAN FILAS: .* las primeras 5000\./);
});
