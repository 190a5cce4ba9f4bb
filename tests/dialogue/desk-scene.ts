import { newId } from "@minka/database/new-id";
import { expect } from "vitest";
import { signedIn, signingEnvironment, type Signed } from "../support/signed-operator.ts";
import { pest, stage, type Party } from "./scene.ts";

export const base = "/api/notifications/conversations";

export type Summary = {
  id: string;
  phone: string;
  last: string;
  received: number;
  sent: number;
  waiting: boolean;
  takenOver: { operatorId: string; until: string } | null;
  optedOut: boolean;
};
type Written = {
  id: string;
  direction: "in" | "out";
  text: string | null;
  operator: { personId: string } | null;
  state: string | null;
  unanswered: boolean;
};
export type Opened = { conversation: Summary; messages: { items: Written[]; next: string | null } };

/** A stage with two operators, Ana and Luis, who take conversations in hand. */
export function deskStage() {
  const people = stage({ environment: signingEnvironment });
  const [anaId, luisId] = [newId(), newId()];
  const ana = () => signedIn(people.platform, anaId);
  const luis = () => signedIn(people.platform, luisId);

  const list = async (by: Signed, query = "") => {
    const { body } = await by.get<{ items: Summary[]; next: string | null }>(`${base}?limit=100${query}`);
    return body.items;
  };
  /** The newest conversation: of the phone that has just written. */
  async function conversationOf(party: Party): Promise<string> {
    const [newest] = await list(ana());
    if (!newest?.phone.endsWith(party.number.slice(-3))) throw new Error("somebody else wrote last");
    return newest.id;
  }
  const open = async (id: string, query = "") => (await ana().get<Opened>(`${base}/${id}${query}`)).body;
  const takeOver = (id: string, by = ana()) => by.post<{ code?: string }>(`${base}/${id}/takeover`);
  const write = (id: string, text: string, by = ana()) =>
    by.post<{ code?: string }>(`${base}/${id}/messages`, { text });
  const handBack = (id: string, seen?: string, by = ana()) =>
    by.post<{ leftToMinka: number }>(`${base}/${id}/handback`, seen ? { seen } : {});
  const audited = async (id: string) =>
    (
      await people.owner<{ action: string }[]>`
        select action from notifications.audit where subject = ${id} order by at, id`
    ).map(({ action }) => action);
  const wait = async (minutes: number) => {
    people.platform.clock.advance({ minutes });
    await people.settle();
  };

  const minute = () => people.platform.clock.advance({ minutes: 1 });

  /** A producer with a list of three on the phone, whom Ana has taken over. */
  async function takenOver() {
    // The clock stands still otherwise, and who wrote last is told by it.
    minute();
    const producer = people.stranger();
    await producer.says(pest);
    minute();
    expect(await producer.says("si")).toEqual([expect.stringMatching(/^3 pueden atender/)]);
    const id = await conversationOf(producer);
    expect((await takeOver(id)).status).toBe(200);
    return { producer, id };
  }
  return {
    people,
    anaId,
    ana,
    luis,
    list,
    conversationOf,
    open,
    takeOver,
    write,
    handBack,
    audited,
    wait,
    minute,
    takenOver,
  };
}
