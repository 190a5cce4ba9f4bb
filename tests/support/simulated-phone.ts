import type { App } from "@minka/http/app";
import { expect } from "vitest";

type Message = { id: string; direction: "in" | "out"; text: string; at: string; segments: number };

export type SimulatedPhone = {
  readonly number: string;
  /** Sends an SMS to Minka. */
  writes(text: string): Promise<void>;
  /** What Minka has sent since the last time it was read, oldest first. */
  reads(): Promise<string[]>;
  history(): Promise<Message[]>;
};

/** A phone on the simulator's public API. */
export function simulatedPhone(app: App, number: string): SimulatedPhone {
  // By id: what a phone had is gone when its owner is erased.
  const seen = new Set<string>();
  async function history(): Promise<Message[]> {
    const response = await app.inject({ url: "/simulator/messages", query: { phone: number } });
    expect(response.statusCode).toBe(200);
    return response.json<{ messages: Message[] }>().messages;
  }
  return {
    number,
    history,
    async writes(text) {
      const response = await app.inject({
        method: "POST",
        url: "/simulator/messages",
        payload: { from: number, text },
      });
      expect(response.statusCode).toBe(202);
    },
    async reads() {
      const received = (await history()).filter(({ direction }) => direction === "out");
      const fresh = received.filter(({ id }) => !seen.has(id));
      for (const { id } of fresh) seen.add(id);
      return fresh.map(({ text }) => text);
    },
  };
}
