import { until } from "./until.ts";

type Message = { id: string; direction: "in" | "out"; text: string };

/** A phone on the simulator of a process that may be killed and come back elsewhere. */
export function remotePhone(number: string, url: () => string) {
  let seen = 0;
  async function received(): Promise<string[]> {
    const response = await fetch(`${url()}/simulator/messages?phone=${encodeURIComponent(number)}`);
    const { messages } = (await response.json()) as { messages: Message[] };
    return messages.filter(({ direction }) => direction === "out").map(({ text }) => text);
  }
  return {
    number,
    received,
    async writes(text: string): Promise<void> {
      const response = await fetch(`${url()}/simulator/messages`, {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: JSON.stringify({ from: number, text }),
      });
      if (response.status !== 202) throw new Error(`the simulator answered ${response.status}`);
    },
    /** The next message that arrives. */
    async hears(): Promise<string> {
      const text = await until(async () => (await received())[seen], { what: `a message for ${number}` });
      seen += 1;
      return text;
    },
  };
}
