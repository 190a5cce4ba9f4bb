import { identifyPhone } from "@minka/contracts/profiles";
import { expect } from "vitest";
import type { Party, stage } from "./scene.ts";

export const loan = "credito de 2000 soles para abonar";
export const listed = /^Crédito de S\/ 2,000 en 12 meses:\n1 .+: S\/ [\d.,]+ x \d+, total S\/ [\d.,]+/;

export const match = (...patterns: RegExp[]) =>
  patterns.map((pattern) => expect.stringMatching(pattern) as string);

/** Who asks for a credit by SMS and who lends, at the phones of a stage. */
export function creditScene(on: ReturnType<typeof stage>) {
  async function personAt({ number }: Pick<Party, "number">): Promise<string> {
    const call = on.platform.callAs("notifications");
    const { person } = await call(identifyPhone, { body: { phone: number } }, { trace: "test-credit" });
    return person?.id ?? "";
  }

  /** Their newest credit. */
  async function creditOf(producer: Pick<Party, "number">) {
    const [row] = await on.owner`
      select id, state, lender_person_id from brokering.credits
      where person_id = ${await personAt(producer)} order by id desc limit 1`;
    return (
      row && { id: String(row["id"]), state: String(row["state"]), lender: String(row["lender_person_id"]) }
    );
  }

  /** Somebody who has just read the products for a loan. */
  async function comparing(producer: Party): Promise<Party> {
    expect(await producer.says(loan)).toEqual(match(/^¿En cu[aá]ntos meses lo pagar[ií]a\?/));
    expect(await producer.says("12 meses")).toEqual(match(/es cierto\?.+\n1 Tengo DNI\n2 No tengo deudas/s));
    // SI says not which.
    expect(await producer.says("SI")).toEqual(match(/^Responda los n[uú]meros de lo que es cierto/));
    expect(await producer.says("1 y 2")).toEqual(match(listed));
    return producer;
  }

  async function lenderOf(producer: Party): Promise<Party> {
    const { lender = "" } = (await creditOf(producer)) ?? {};
    const [row] = await on.owner`select phone from profiles.phones where person_id = ${lender}`;
    const phone = on.platform.phone(String(row?.["phone"]));
    return { number: phone.number, writes: phone.writes, reads: phone.reads, says: voiceOf(phone) };
  }

  /** Without what came before. */
  const voiceOf = (phone: Omit<Party, "says">) => async (text: string) => {
    await phone.reads();
    await phone.writes(text);
    await on.settle();
    return phone.reads();
  };

  return {
    personAt,
    creditOf,
    comparing,
    voiceOf,
    /** Somebody who has just sent it, and the lender's person. */
    async sent(producer: Party): Promise<Party> {
      await comparing(producer);
      await producer.says("1");
      await producer.says("si");
      expect(await producer.says("si")).toEqual(match(/^Enviado\. .+ debe responder hasta las/));
      return lenderOf(producer);
    },
    async stateOf(producer: Party): Promise<string | undefined> {
      return (await creditOf(producer))?.state;
    },
    async callsOff(producer: Party): Promise<void> {
      await producer.says("cancelar el credito");
      expect(await producer.says("si")).toEqual(match(/^Listo, ya no pide el crédito/));
    },
  };
}
