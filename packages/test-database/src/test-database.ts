import { randomBytes } from "node:crypto";
import type { ServiceName } from "@minka/contracts/service-names";
import postgres from "postgres";
import { inject } from "vitest";

/** Every service role's password in tests. */
export const testPassword = "test-password";

export type TestDatabase = {
  /** The owner sees every schema: for looking at what a test left behind. */
  readonly ownerUrl: string;
  url(role: ServiceName): string;
  drop(): Promise<void>;
};

/**
 * A database of the test file's own, cloned from the migrated template, or from another that nobody is connected to.
 */
export async function createTestDatabase({ from }: { from?: TestDatabase } = {}): Promise<TestDatabase> {
  const templateUrl = from?.ownerUrl ?? inject("ownerUrl");
  const template = new URL(templateUrl).pathname.slice(1);
  const name = `test_${randomBytes(6).toString("hex")}`;
  const elsewhere = new URL(templateUrl);
  elsewhere.pathname = "/postgres";
  const run = async (statement: string) => {
    const sql = postgres(elsewhere.href, { max: 1, onnotice: () => {} });
    try {
      await sql.unsafe(statement);
    } finally {
      await sql.end();
    }
  };
  // Nothing is kept through a crash, so files are copied as they are, without a way through the journal.
  await run(`create database ${name} template ${template} strategy file_copy`);
  const ownerUrl = new URL(templateUrl);
  ownerUrl.pathname = `/${name}`;
  return {
    ownerUrl: ownerUrl.href,
    url(role) {
      const url = new URL(ownerUrl);
      url.username = role;
      url.password = testPassword;
      return url.href;
    },
    drop: () => run(`drop database if exists ${name} with (force)`),
  };
}

declare module "vitest" {
  export interface ProvidedContext {
    /** The migrated template that test databases are cloned from; the run's global setup gives it. */
    ownerUrl: string;
  }
}
