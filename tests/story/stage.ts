import { startTestPlatform, type TestPlatform } from "../support/test-platform.ts";
import { cast, producers } from "./cooperative-cast.ts";
import { integratorAt, type Integrator } from "./integrator-client.ts";
import { peopleByPhone, type People } from "./people-by-phone.ts";
import type { Partner } from "./trading-partners.ts";

const dayMs = 24 * 60 * 60 * 1000;

/** Where a story is told: the whole platform, whom it is told of, and what they have begun. */
export type Stage = {
  readonly platform: TestPlatform;
  readonly minka: Integrator;
  readonly people: People;
  readonly organization: { id: string };
  partners: ReadonlyMap<string, Partner>;
  /** The joint purchase. */
  readonly pool: { id: string };
  readonly credit: { id: string };
  inDays(days: number): string;
  /** A day of Lima, where it is morning on this stage. */
  dayIn(days: number): string;
  stop(): Promise<void>;
};

export async function setStage(): Promise<Stage> {
  const environment = { OPERATOR_PHONES: cast.firstOperator };
  const platform = await startTestPlatform({ seeded: false, environment });
  const minka = await integratorAt(await platform.app.listen({ port: 0, host: "127.0.0.1" }), platform);
  const inDays = (days: number) => new Date(platform.clock().getTime() + days * dayMs).toISOString();
  return {
    platform,
    minka,
    people: peopleByPhone(minka, platform),
    organization: { id: "" },
    partners: new Map(),
    pool: { id: "" },
    credit: { id: "" },
    inDays,
    dayIn: (days) => inDays(days).slice(0, 10),
    stop: () => platform.stop(),
  };
}

/** Of all 43, in their order. */
export const phones: readonly string[] = producers.map(({ phone }) => phone);

export const sum = (numbers: readonly number[]): number => numbers.reduce((all, each) => all + each, 0);
