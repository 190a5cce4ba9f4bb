import { afterAll, beforeAll, expect, test } from "vitest";
import { cast } from "./cooperative-cast.ts";
import { phones, setStage, type Stage } from "./stage.ts";
import { tellCooperative } from "./tell-cooperative.ts";
import { tellCredit } from "./tell-credit.ts";
import { tellDelivery } from "./tell-delivery.ts";
import { tellLot } from "./tell-lot.ts";
import { tellJointPurchase } from "./tell-joint-purchase.ts";

let stage: Stage;
beforeAll(async () => {
  stage = await setStage();
});
afterAll(() => stage.stop());

const on = () => stage;
tellCooperative(on);
tellJointPurchase(on);
tellDelivery(on);
tellCredit(on);
tellLot(on);

test("nobody was sent an SMS that is long, unfilled, foreign or full of codes", async () => {
  const everybody: readonly string[] = [...Object.values(cast).flat(), ...phones];
  const sent = (await Promise.all(everybody.map((phone) => stage.minka.history(phone)))).flat();
  const texts = sent.filter(({ direction }) => direction === "out");
  expect(texts.length).toBeGreaterThan(500);
  for (const { text, segments } of texts) {
    expect(segments, text).toBeLessThanOrEqual(2);
    expect(text).not.toMatch(
      /[{}]|undefined|null|NaN|[0-9a-f]{8}-[0-9a-f]{4}|\b(the|your|pool|order|award)\b/i,
    );
  }
});
