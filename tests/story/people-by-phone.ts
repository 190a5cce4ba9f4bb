import type { TestPlatform } from "../support/test-platform.ts";
import type { Caller, Integrator } from "./integrator-client.ts";

/** Sessions last a quarter of an hour: a test that moves the clock signs in anew. */
const sessionMs = 10 * 60 * 1000;

/** People as who runs them sees them: signed in when they need to be, each once until the clock moves on. */
export function peopleByPhone(minka: Integrator, { clock }: Pick<TestPlatform, "clock">) {
  const sessions = new Map<string, { since: number; caller: Caller }>();
  return {
    async as(phone: string): Promise<Caller> {
      const now = clock().getTime();
      const session = sessions.get(phone);
      if (session && now - session.since < sessionMs) return session.caller;
      const caller = await minka.signIn(phone);
      sessions.set(phone, { since: now, caller });
      return caller;
    },
    /** By SMS, as everybody does: a place, and that they agree. */
    async join(phone: string, place = "tocache"): Promise<void> {
      await minka.says(phone, `soy de ${place}`);
      const [answer] = await minka.says(phone, "si");
      if (!answer?.startsWith("Listo, su chacra")) throw new Error(`${phone} was told: ${answer}`);
    },
  };
}

export type People = ReturnType<typeof peopleByPhone>;
