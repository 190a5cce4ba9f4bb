import { z } from "zod";
import { instantText, page, pageQuery } from "./common.ts";
import { endpoint } from "./endpoint.ts";

/** Whose wish it is that the two are not brought together again. */
export const blockingSides = ["person", "provider"] as const;
export type BlockingSide = (typeof blockingSides)[number];

const block = z.object({
  id: z.uuid(),
  by: z.enum(blockingSides),
  personId: z.uuid(),
  providerId: z.uuid(),
  providerName: z.string().nullable().describe("As it was listed last; null where it never was"),
  at: instantText,
});

export const blockPair = endpoint({
  service: "matching",
  method: "POST",
  path: "/api/matching/blocks",
  summary:
    "A person wants nothing more of a provider, or a provider nothing more of a person who asked for it (`never-dealt`, 409): neither is proposed to the other again. Open lists lose the provider; what is being asked goes to the next. A visit that is agreed stays: cancel it. Said again it is the same block.",
  access: ["service", "person", "operator"],
  body: z.object({ by: z.enum(blockingSides), personId: z.uuid(), providerId: z.uuid() }),
  answer: z.object({ blockId: z.uuid() }),
});

export const unblockPair = endpoint({
  service: "matching",
  method: "DELETE",
  path: "/api/matching/blocks/:blockId",
  summary: "Whoever blocked takes it back; the other side's own block stays.",
  access: ["service", "person", "operator"],
  params: z.object({ blockId: z.uuid() }),
  answer: z.object({ blockId: z.uuid() }),
});

export const listBlocks = endpoint({
  service: "matching",
  method: "GET",
  path: "/api/matching/blocks",
  summary:
    "Blocks that a person made, or those of a provider for who answers for it, the newest first. Nobody is shown who blocked them; an operator sees all of both.",
  access: ["service", "person", "operator"],
  query: z.object({
    personId: z.uuid().optional(),
    providerId: z.uuid().optional(),
    ...pageQuery,
  }),
  answer: page(block),
});

export const blocksEndpoints = [blockPair, unblockPair, listBlocks];
