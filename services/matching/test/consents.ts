import { readAskerFacts, type AskerFacts } from "@minka/contracts/asker";
import { womenAmong } from "@minka/contracts/attendance";
import { consentWithdrawn } from "@minka/contracts/events";
import { readPerson } from "@minka/contracts/profiles";
import type { Database } from "@minka/database/connect";
import { emit } from "@minka/database/deliveries";
import { DomainError } from "@minka/domain/errors";
import type { App } from "@minka/http/app";
import { mountEndpoint } from "@minka/http/mount-endpoint";

type Purpose = "service" | "bulletins";

/** The consents that profiles knows of: everybody agrees but those named here. */
export function createConsents() {
  let own: Database | undefined;
  const without = new Set<string>();
  const erased = new Set<string>();
  const women = new Set<string>();
  const preferWoman = new Set<string>();
  const asks = new Map<string, Partial<AskerFacts>>();
  return {
    without,
    asks,
    erased,
    women,
    preferWoman,
    routes(app: App, db: Database): void {
      own = db;
      mountEndpoint(app, readPerson, async ({ params: { personId: id } }) => {
        if (erased.has(id)) throw new DomainError("not-found", "person-unknown", "Nobody has this id.");
        return {
          person: {
            id,
            name: null,
            districtCode: null,
            consented: !without.has(id),
            operator: false,
            sex: women.has(id) ? ("f" as const) : null,
            language: null,
            prefersWoman: preferWoman.has(id),
          },
        };
      });
      mountEndpoint(app, readAskerFacts, async ({ params: { personId: id } }) => {
        if (erased.has(id)) throw new DomainError("not-found", "person-unknown", "Nobody has this id.");
        return readAskerFacts.answer.parse({
          sex: women.has(id) ? "f" : null,
          prefersWoman: preferWoman.has(id),
          ...asks.get(id),
        });
      });
      mountEndpoint(app, womenAmong, async ({ body: { personIds } }) => ({
        women: personIds.filter((id) => women.has(id)),
      }));
    },
    async tellWithdrawn(personId: string, purpose: Purpose = "service"): Promise<void> {
      const at = new Date("2026-11-24T12:00:00Z");
      await own?.transaction((tx) =>
        emit(tx, consentWithdrawn, { personId, purpose }, { at, trace: "consent" }),
      );
    },
  };
}
