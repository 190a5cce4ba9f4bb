import { endpoint } from "@minka/contracts/endpoint";
import { mountEndpoint } from "@minka/http/mount-endpoint";
import { expect, test } from "vitest";
import { z } from "zod";
import { startApp } from "./app-for-test.ts";

const note = endpoint({
  service: "matching",
  method: "POST",
  path: "/api/test/notes",
  summary: "For tests",
  access: ["anyone"],
  query: z.object({ title: z.string().optional() }),
  body: z.object({
    text: z.string(),
    rows: z.array(z.object({ cell: z.string().nullable(), kilos: z.number() })).default([]),
    token: z.string().optional(),
  }),
  answer: z.object({ seen: z.unknown() }),
});

async function seenBy(payload: object, query = {}): Promise<unknown> {
  const { app } = await startApp((mounted) =>
    mountEndpoint(mounted, note, async (input) => ({ seen: JSON.parse(JSON.stringify(input)) })),
  );
  const response = await app.inject({ method: "POST", url: note.path, query, payload });
  expect(response.statusCode).toBe(200);
  return response.json().seen;
}

test("what must not be stored never reaches a handler, however deep it stands, and nobody is told", async () => {
  const seen = await seenBy(
    {
      text: "vendo 3 arrobas de hoja de coca",
      rows: [
        { cell: "cocaina", kilos: 3 },
        { cell: null, kilos: 1 },
      ],
    },
    { title: "mi cocal" },
  );
  expect(seen).toMatchObject({
    query: { title: "mi […]" },
    body: {
      text: expect.not.stringContaining("coca"),
      rows: [
        { cell: "[…]", kilos: 3 },
        { cell: null, kilos: 1 },
      ],
    },
  });
});

test("cocona, cacao, names and tokens arrive as they were sent", async () => {
  const body = {
    text: "Cocona y cacao de Cocachacra, señor Ñahui",
    rows: [],
    // Four letters of a token may look like a word by chance.
    token: "7-coca-9fKq0-coca_3xYz81-aaaaaaaaaaaaaaaa42",
  };
  expect(await seenBy(body)).toMatchObject({ body });
});
