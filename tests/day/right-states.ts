import { foldToGsm7 } from "@minka/language/gsm7";
import type postgres from "postgres";
import type { Handset } from "./network.ts";

export type Day = {
  readonly owner: postgres.Sql;
  readonly now: Date;
  readonly handsets: ReadonlyMap<string, Handset>;
};

/**
 * What a person who looks through everything at the end of the day would call wrong, one line each. Empty is how a
 * day has to end.
 */
export async function findWrongs(day: Day): Promise<string[]> {
  const found = await Promise.all([
    lostMessages(day),
    messagesInLimbo(day),
    questionsNobodyGot(day),
    requestsNobodyAnswersFor(day),
    visitsThatOneSideDoesNotKnow(day),
    writtenToAfterGoodbye(day),
    saidTwice(day),
    unansweredNeeds(day),
    placesTakenTwice(day),
  ]);
  return found.flat();
}

async function lostMessages({ owner, handsets }: Day): Promise<string[]> {
  const rows = await owner<{ external_id: string; handled: boolean }[]>`
    select external_id, handled_at is not null as handled from notifications.inbound_messages`;
  const kept = new Map(rows.map(({ external_id: id, handled }) => [id, handled]));
  const written = [...handsets.values()].flatMap(({ number, written: all }) =>
    all.map(({ id, text }) => ({ id: `SM${id}`, what: `${number} wrote "${text}"` })),
  );
  return [
    ...written.filter(({ id }) => !kept.has(id)).map(({ what }) => `never arrived: ${what}`),
    ...written.filter(({ id }) => kept.get(id) === false).map(({ what }) => `never answered: ${what}`),
    ...(kept.size === written.length ? [] : [`${kept.size} messages were kept of ${written.length}`]),
  ];
}

async function messagesInLimbo({ owner, now }: Day): Promise<string[]> {
  const rows = await owner<{ phone: string; state: string; body: string | null }[]>`
    select phone, state, body from notifications.outbound_messages
    where state in ('sending', 'unknown') or (state = 'queued' and due_at <= ${now})`;
  return rows.map(({ phone, state, body }) => `${state} for ever: "${body}" to ${phone}`);
}

async function questionsNobodyGot({ owner, now, handsets }: Day): Promise<string[]> {
  const open = await owner<{ phone: string; kind: string; text: string; expired: boolean }[]>`
    select phone, kind, text, expires_at <= ${now} as expired from notifications.prompts
    where state = 'open' and phone not in (select phone from notifications.opt_outs)`;
  const waiting = await owner<{ phone: string; body: string }[]>`
    select phone, body from notifications.outbound_messages where state = 'queued' and body is not null`;
  return open.flatMap(({ phone, kind, text, expired }) => {
    if (expired) return [`${phone} is still asked ${kind} after its time`];
    const body = foldToGsm7(text);
    const got =
      handsets.get(phone)?.heard.some((heard) => heard.text === body) ||
      waiting.some((message) => message.phone === phone && message.body === body);
    return got ? [] : [`${phone} was never shown what it is asked: ${kind} "${text}"`];
  });
}

/** Every request that is not over has a timer, somebody who was asked, or a person who looks. */
async function requestsNobodyAnswersFor({ owner, now }: Day): Promise<string[]> {
  const rows = await owner<{ id: string; state: string; answered_for: boolean }[]>`
    select r.id, r.state, case r.state
      when 'searching' then r.due_at > ${now}
      when 'listed' then r.list_expires_at > ${now} and exists (
        select 1 from notifications.prompts p
        where p.subject ->> 'requestId' = r.id::text and p.kind = 'choice' and p.state in ('open', 'waiting'))
      when 'asking' then exists (
        select 1 from matching.matches m
        where m.request_id = r.id and m.state = 'asked' and m.ask_expires_at > ${now})
      when 'agreed' then exists (
        select 1 from matching.engagements e where e.request_id = r.id and e.state = 'agreed')
      when 'with_operator' then exists (
        select 1 from notifications.attention_items a where a.subject = r.id::text)
      else true end as answered_for
    from matching.requests r`;
  return rows
    .filter(({ answered_for: answeredFor }) => !answeredFor)
    .map(({ id, state }) => `nobody answers for request ${id}, which is ${state}`);
}

async function visitsThatOneSideDoesNotKnow({ owner, handsets }: Day): Promise<string[]> {
  const visits = await owner<{ producer: string; provider: string }[]>`
    select producer.phone as producer, provider.phone as provider
    from matching.engagements e
      join matching.requests r on r.id = e.request_id
      join profiles.phones producer on producer.person_id = r.person_id
      join profiles.phones provider on provider.person_id = e.provider_person_id
    where e.state = 'agreed'
      and not exists (select 1 from notifications.opt_outs o where o.phone in (producer.phone, provider.phone))`;
  const sent = await owner<{ phone: string; body: string; state: string; looked_after: boolean }[]>`
    select m.phone, m.body, m.state, m.state = 'queued' or exists (
      select 1 from notifications.attention_items a where a.message_id = m.id) as looked_after
    from notifications.outbound_messages m where m.body is not null`;
  const names = (text: string, number: string) => text.replaceAll(" ", "").includes(number.slice(3));
  const missed = (phone: string, other: string, whoDoes: string): string[] => {
    if (handsets.get(phone)?.heard.some(({ text }) => names(text, other))) return [];
    // A phone that was off each time is tried again at dawn; when that is too late, a person calls.
    const card = sent.filter((message) => message.phone === phone && names(message.body, other));
    if (card.some(({ looked_after: lookedAfter }) => lookedAfter)) return [];
    const states = card.map(({ state }) => state).join(", ") || "not written";
    return [`${phone} never got the number of ${other}, who ${whoDoes}: ${states}`];
  };
  return visits.flatMap(({ producer, provider }) => [
    ...missed(producer, provider, "comes"),
    ...missed(provider, producer, "waits"),
  ]);
}

async function writtenToAfterGoodbye({ owner }: Day): Promise<string[]> {
  const rows = await owner<{ phone: string; body: string }[]>`
    select m.phone, m.body from notifications.outbound_messages m
      join notifications.opt_outs o on o.phone = m.phone
    where not m.reply and m.sent_at > o.since and m.state in ('sent', 'delivered')`;
  return rows.map(({ phone, body }) => `${phone} said BAJA and was sent "${body}"`);
}

/** The same words again to somebody who has written nothing in between. */
async function saidTwice({ owner, handsets }: Day): Promise<string[]> {
  const sent = await owner<{ phone: string; body: string; trace: string }[]>`
    select phone, body, trace from notifications.outbound_messages where body like 'El pedido de %'`;
  const causesOf = (number: string, text: string) =>
    new Set(
      sent
        .filter(({ phone, body }) => phone === number && foldToGsm7(body) === text)
        .map(({ trace }) => trace),
    ).size;
  return [...handsets.values()].flatMap(({ number, heard, written }) =>
    heard.flatMap(({ text, at }, index) => {
      const before = heard[index - 1];
      // Two people may want the same of one provider, in the same words.
      if (!before || before.text !== text || text.startsWith("Pedido:")) return [];
      // And both may call it off: each time another cause, of which it was said once.
      if (heard.filter((each) => each.text === text).length <= causesOf(number, text)) return [];
      // Written within the day before: with bad coverage its answer may be long on its way.
      const asked = written.some((message) => at.getTime() - message.at.getTime() < 24 * 3_600_000);
      return asked ? [] : [`${number} got "${text}" twice`];
    }),
  );
}

const needs = /\b(tecn|credito|vender|abono|curso|plantones|motoguada|bendo|alkilo)/;

/** Whoever asks for something hears something. */
async function unansweredNeeds({ owner }: Day): Promise<string[]> {
  const rows = await owner<{ phone: string; body: string; answered: boolean }[]>`
    select i.phone, i.body, exists (
      select 1 from notifications.outbound_messages o
      where o.phone = i.phone and o.created_at >= i.received_at) as answered
    from notifications.inbound_messages i where i.body is not null`;
  return rows
    .filter(({ body, answered }) => !answered && needs.test(body))
    .map(({ phone, body }) => `${phone} asked "${body}" and heard nothing`);
}

async function placesTakenTwice({ owner }: Day): Promise<string[]> {
  const rows = await owner<{ request: string; engaged: string }[]>`
    select request_id as request, count(*) as engaged from matching.engagements
    where state = 'agreed' group by request_id having count(*) > 1`;
  return rows.map(({ request, engaged }) => `request ${request} has ${engaged} visits agreed`);
}
