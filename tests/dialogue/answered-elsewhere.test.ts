import { identifyPhone } from "@minka/contracts/profiles";
import { describe, expect, test } from "vitest";
import { signedIn, signingEnvironment } from "../support/signed-operator.ts";
import { stage, type Party } from "./scene.ts";

const on = stage({ environment: signingEnvironment });
const advance = async (by: Parameters<typeof on.platform.clock.advance>[0]) => {
  on.platform.clock.advance(by);
  await on.settle();
};

/** As somebody signed in on the web, themself. */
async function posts({ number }: Party, url: string, body: object = {}): Promise<void> {
  const call = on.platform.callAs("notifications");
  const { person } = await call(identifyPhone, { body: { phone: number } }, { trace: "test" });
  const web = signedIn(on.platform, person?.id ?? "", { operator: false });
  const { status, text } = await web.post<unknown>(url, body);
  if (status >= 300) throw new Error(`${status} ${text}`);
  await on.settle();
}

describe("an order", () => {
  test("that its provider declines on the web is asked no more", async () => {
    const { producer, provider } = await on.waiting();
    const { matches } = await on.requestOf(producer.number);
    const asked = matches.find(({ state }) => state === "asked");
    await posts(provider, `/api/matching/matches/${asked?.id}/answer`, { accept: false });
    expect(await provider.says("estado")).not.toContainEqual(expect.stringMatching(/^Pedido:/));
    await producer.reads();
  });

  test("that its provider names a price for on the web is the producer's to answer, who does so there", async () => {
    const { producer, provider } = await on.waiting();
    const { matches } = await on.requestOf(producer.number);
    const asked = matches.find(({ state }) => state === "asked");
    await posts(provider, `/api/matching/matches/${asked?.id}/quotes`, { priceCentimos: 7700 });
    expect(await provider.says("estado")).not.toContainEqual(expect.stringMatching(/^Pedido:/));
    expect(await producer.reads()).toEqual([expect.stringMatching(/S\/ 77.+Responda SI o NO/)]);
    const { matches: now } = await on.requestOf(producer.number);
    const quote = now.find(({ id }) => id === asked?.id)?.quote;
    await posts(producer, `/api/matching/quotes/${quote?.id}/answer`, { accept: true });
    expect(await producer.reads()).toEqual([expect.stringMatching(/dijo que si/)]);
    expect(await producer.says("estado")).not.toContainEqual(expect.stringMatching(/Responda SI o NO/));
  });

  test("that somebody chooses for on the web is chosen for no more", async () => {
    const producer = await on.choosing();
    const { matches } = await on.requestOf(producer.number);
    const [first, second] = matches.toSorted((a, b) => a.rank - b.rank);
    await posts(producer, `/api/matching/matches/${second?.id}/choice`);
    await producer.says("1");
    const now = await on.requestOf(producer.number);
    expect(now.matches.find(({ id }) => id === first?.id)?.state).not.toBe("asked");
  });
});

describe("after a visit", () => {
  const urlOf = async (producer: Party, step: string) =>
    `/api/matching/engagements/${(await on.requestOf(producer.number)).engagement?.id}/${step}`;

  test("whether it took place and how it was are asked no more of who says so on the web", async () => {
    const { producer, provider } = await on.outcomeAsked();
    await posts(producer, await urlOf(producer, "outcome"), { outcome: "done", by: "requester" });
    expect(await producer.says("estado")).not.toContainEqual(expect.stringMatching(/¿Vino/));
    expect(await provider.reads()).toEqual([expect.stringMatching(/^¿Qué nota/)]);
    await posts(provider, await urlOf(producer, "rating"), { score: 5, by: "provider" });
    expect(await provider.says("estado")).not.toContainEqual(expect.stringMatching(/¿Qué nota/));
  });

  test("a provider who agrees on the web to come again is asked by no SMS, neither then nor later", async () => {
    const { producer, provider } = await on.ratingAsked();
    await producer.says("3");
    await provider.says("4");
    // Another order is before it.
    const other = await on.choosing();
    const asked = (await on.requestOf(producer.number)).engagement;
    const { matches } = await on.requestOf(other.number);
    const its = matches.find(({ providerId }) => providerId === asked?.providerId);
    if (its) await posts(other, `/api/matching/matches/${its.id}/choice`);
    await provider.reads();
    await posts(producer, await urlOf(producer, "rework"));
    await posts(provider, await urlOf(producer, "rework/answer"), { accept: true });
    await provider.reads();
    expect(await provider.says("estado")).not.toContainEqual(expect.stringMatching(/pide que usted vuelva/));
    await advance({ minutes: 30 });
    expect(await provider.reads()).toEqual([]);
    expect((await on.requestOf(producer.number)).state).toBe("agreed");
  });

  test("whether it helped is asked no more of who says so on the web", async () => {
    const { producer } = await on.ratingAsked();
    await producer.says("5");
    await advance({ days: 31 });
    expect(await producer.reads()).toContainEqual(expect.stringMatching(/SI|ayud/));
    await posts(producer, await urlOf(producer, "help"), { helped: "yes" });
    expect(await producer.says("estado")).not.toContainEqual(expect.stringMatching(/sirvi/));
  });
});
