import type { Database } from "@minka/database/connect";
import { DomainError } from "@minka/domain/errors";
import { and, eq, ne } from "@minka/database/query";
import { providers } from "../tables.ts";

/**
 * Does work that enters or changes who a provider is, and says in words what the unique indexes refuse. All 409:
 * `already-registered` with the person's own entry, `document-taken`, `organization-taken`.
 */
export async function refuseTwins<Result>(
  db: Database,
  personId: string | undefined,
  work: () => Promise<Result>,
): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    switch (brokenIndex(error)) {
      case "providers_one_a_person": {
        const [own] = personId === undefined ? [] : await ownEntry(db, personId);
        throw new DomainError("conflict", "already-registered", "This person is a provider already.", {
          details: own ?? {},
        });
      }
      case "providers_one_a_document":
        throw new DomainError("conflict", "document-taken", "A provider with this document is registered.");
      case "providers_one_an_organization":
        throw new DomainError("conflict", "organization-taken", "This organization is a provider already.");
      default:
        throw error;
    }
  }
}

const ownEntry = (db: Database, personId: string) =>
  db.read
    .select({ providerId: providers.id })
    .from(providers)
    .where(
      and(eq(providers.personId, personId), eq(providers.form, "person"), ne(providers.state, "closed")),
    );

/** The unique index that a statement ran into, from the driver's error beneath drizzle's. */
function brokenIndex(error: unknown): string | undefined {
  const cause = (error instanceof Error ? (error.cause ?? error) : {}) as {
    code?: string;
    constraint_name?: string;
  };
  return cause.code === "23505" ? cause.constraint_name : undefined;
}
