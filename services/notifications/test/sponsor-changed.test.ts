import { matchAsked } from "@minka/contracts/events";
import { match as matchShape } from "@minka/contracts/matches";
import { readRequest, request as requestShape, type Request } from "@minka/contracts/matching";
import { contactCards } from "@minka/contracts/profiles";
import { connectDatabase, type Database } from "@minka/database/connect";
import { emit } from "@minka/database/deliveries";
import { newId } from "@minka/database/new-id";
import { mountEndpoint } from "@minka/http/mount-endpoint";
import { defineService } from "@minka/service/define-service";
import { runForTest } from "@minka/test-kit/run-for-test";
import { eq } from "@minka/database/query";
import { expect, onTestFinished, test } from "vitest";
import { notifications } from "../src/service.ts";
import { outboundMessages } from "../src/tables.ts";

const [requestId, rosa, segundo, elva] = [newId(), newId(), newId(), newId()];
const phones = new Map([
  [rosa, "+51911111111"],
  [segundo, "+51922222222"],
  [elva, "+51933333333"],
]);
const profiles = defineService({
  name: "profiles",
  migrations: null,
  start: () => ({
    routes: (app) =>
      mountEndpoint(app, contactCards, async ({ body }) => ({
        contacts: body.personIds.map((personId) => ({
          personId,
          name: null,
          phone: phones.get(personId) ?? "",
          shared: false,
          withdrawn: false,
          districtCode: null,
        })),
      })),
  }),
});

test("who was told that a sponsor pays reads that it does not any more, and the provider is asked all the same", async () => {
  let request: Request | undefined;
  let own: Database | undefined;
  const matching = defineService({
    name: "matching",
    migrations: null,
    start({ db }) {
      own = db;
      return { routes: (app) => mountEndpoint(app, readRequest, async () => ({ request: request! })) };
    },
  });
  const run = await runForTest([notifications, profiles, matching]);
  const owner = connectDatabase({ url: run.database.ownerUrl, name: "owner", maxConnections: 1 });
  onTestFinished(async () => {
    await owner.close();
    await run.stop();
  });
  const now = run.clock();
  const asked = (providerPersonId: string, rank: number) =>
    matchShape.parse({
      id: newId(),
      rank,
      round: 1,
      state: "asked",
      offerId: newId(),
      offerVersion: 1,
      providerId: newId(),
      providerName: "Segundo Huaman",
      providerPersonId,
      distanceKm: 9,
      priceCentimos: 3_000,
      priceUnit: "visita",
      score: 0.8,
      reasons: [],
      askExpiresAt: new Date(now.getTime() + 3_600_000).toISOString(),
      declineReason: null,
    });
  request = requestShape.parse({
    id: requestId,
    personId: rosa,
    need: { kind: "assistance" },
    districtCode: "221001",
    state: "asking",
    openedAt: now.toISOString(),
    round: 1,
    listExpiresAt: null,
    reason: null,
    matches: [asked(elva, 1), asked(segundo, 2)],
    engagement: null,
  });
  const tell = async (index: number, sponsorChanged: boolean) => {
    const matchId = request?.matches[index]?.id ?? "";
    const payload = { requestId, matchId, ...(sponsorChanged ? { sponsorChanged } : {}) };
    await own?.transaction((tx) => emit(tx, matchAsked, payload, { at: now, trace: "t" }));
    await run.settle();
  };
  const read = async (personId: string) =>
    owner.read
      .select({ body: outboundMessages.body })
      .from(outboundMessages)
      .where(eq(outboundMessages.phone, phones.get(personId) ?? ""));
  await tell(0, false);
  expect(await read(rosa)).toEqual([]);
  await tell(1, true);
  expect(await read(rosa)).toMatchObject([
    { body: expect.stringMatching(/Segundo Huaman usted paga S\/ 30/) },
  ]);
  expect(await read(segundo)).toMatchObject([{ body: expect.stringContaining("S/ 30") }]);
});
