import type { BrokeringNewsKind } from "@minka/contracts/brokering-news";
import type { Wording } from "@minka/contracts/wordings";
import type { ServiceKit } from "@minka/service/define-service";

export type Told = Wording & { personId: string; until: Date | null; toMany: boolean };

/**
 * Words a kind of news for people, as things stand now; the id is of the row it is about, and who need not be told any
 * more is left out.
 */
export type NewsReader = (
  kit: Pick<ServiceKit, "db" | "clock" | "call">,
  about: { kind: BrokeringNewsKind; id: string; personIds: readonly string[]; trace: string },
) => Promise<Told[]>;
