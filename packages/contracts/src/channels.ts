import { z } from "zod";
import { instantText } from "./common.ts";
import { endpoint } from "./endpoint.ts";

export const channelStates = [
  "working", // it takes what it is given
  "slowed", // it said that it was given too many; its rate recovers by itself
  "paused", // it refuses everything: a wrong key, a blocked account
  "spared", // it has not answered several times in a row
  "probing", // one message at a time finds out whether it is back
] as const;

export const lanes = ["reply", "news", "bulk"] as const;

export const listChannels = endpoint({
  service: "notifications",
  method: "GET",
  path: "/api/notifications/channels",
  summary: "How the gateways that carry SMS fare, and what waits to leave.",
  access: ["operator"],
  answer: z.object({
    channels: z.array(
      z.object({
        gateway: z.string(),
        state: z
          .enum(channelStates)
          .describe(
            "working: takes what it is given; slowed: said that it was given too many; paused: refuses everything; spared: has not answered several times; probing: one message finds out whether it is back",
          ),
        segmentsPerSecond: z
          .number()
          .nullable()
          .describe("What it is given at the moment; null: without limit"),
        until: instantText.nullable().describe("Until when it is paused or spared"),
        code: z.string().nullable().describe("What it refused everything with, while it is paused"),
        attempts: z.int().describe("Of the last hour"),
        accepted: z.int().describe("Of these"),
      }),
    ),
    waiting: z.array(
      z.object({
        lane: z.enum(lanes).describe("Replies leave before news, news before what goes to many"),
        messages: z.int(),
        oldestSince: instantText.nullable(),
      }),
    ),
    inDoubt: z.int().describe("Messages of which nobody knows yet whether a gateway took them"),
  }),
});

export const channelsEndpoints = [listChannels];
