import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { foldToGsm7 } from "@minka/language/gsm7";
import { makeDemoData } from "@minka/platform/make-demo-data";
import { afterAll, beforeAll, expect, test } from "vitest";
import { freePort, startReadyPlatform, type PlatformProcess } from "../support/platform-process.ts";
import { remotePhone } from "../support/remote-phone.ts";

let dataDir: string;
let port: number;
let platform: PlatformProcess;
let restarts = 0;

/**
 * Each start is a minute and a half later than the last: half-sent messages of the one that was killed are then up for
 * whoever comes next, without the test waiting for it. Leases are by the database's clock: their ten seconds are waited.
 */
async function start(): Promise<void> {
  platform = await startReadyPlatform({
    DATA_DIR: dataDir,
    PORT: String(port),
    CLOCK_OFFSET_MS: String(restarts * 90_000),
  });
  restarts += 1;
}

beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), "minka-killed-"));
  port = await freePort();
  await start();
});
afterAll(async () => {
  await platform.stop();
  await rm(dataDir, { recursive: true, force: true });
});

/** From at once, before anything is handled, to when the answer is on its way. */
const momentsMs = [0, 8, 20, 45, 90];

async function pause(ms: number): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve, ms));
}

test.each(momentsMs)(
  "killed %i ms after every message, the dialogue goes on and nobody gets a message twice",
  async (moment) => {
    const url = () => platform.url;
    const producer = remotePhone(`+5190077${String(moment).padStart(4, "0")}`, url);
    const killAndRestart = async () => {
      await pause(moment);
      await platform.kill();
      await start();
    };

    await producer.writes("nesecito un tecnico pa la monilia en mi cacao, tocache");
    await killAndRestart();
    expect(await producer.hears()).toContain("SI o NO");

    await producer.writes("SI");
    await killAndRestart();
    const list = await producer.hears();
    expect(list).toContain("\n1 ");
    const name = /\n1 ([^,]+),/.exec(list)?.[1] ?? "";
    const agent = makeDemoData("demo").people.find((person) =>
      foldToGsm7(person.name ?? "").startsWith(name.replace(/\.$/, "")),
    );
    if (!agent) throw new Error(`nobody is called ${name}`);
    const provider = remotePhone(agent.phone, url);
    const heardBefore = (await provider.received()).length;

    await producer.writes("1");
    await killAndRestart();
    expect(await producer.hears()).toContain("Le preguntamos a");
    for (let index = 0; index < heardBefore; index += 1) await provider.hears();
    expect(await provider.hears()).toContain("Pedido:");

    await provider.writes("SI");
    await killAndRestart();
    expect(await producer.hears()).toContain("dijo que");
    expect(await provider.hears()).toContain("Visita:");

    await producer.writes("listo");
    await killAndRestart();
    expect(await producer.hears()).toContain("nota");
    expect(await provider.hears()).toContain("nota");
    await producer.writes("5");
    await killAndRestart();
    expect(await producer.hears()).toContain("Gracias");

    const everything = await producer.received();
    expect(everything).toHaveLength(6);
    expect((await provider.received()).length).toBe(heardBefore + 3);
  },
  150_000,
);
