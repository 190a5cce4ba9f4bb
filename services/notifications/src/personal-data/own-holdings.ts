import type { Subject } from "@minka/contracts/personal-data";
import type { Holding } from "@minka/database/holdings";
import { and, eq, inArray, isNotNull, lt, ne, notInArray, sql, type SQL } from "@minka/database/query";
import type { PgColumn, PgTable } from "@minka/database/table";
import { erasedMessages, gatewayLooks } from "../intake/missed-messages-tables.ts";
import { channels, outboundAttempts } from "../sending/sending-tables.ts";
import { bulletinRecipients, bulletinRefusals, bulletins } from "../bulletins/bulletins-tables.ts";
import { messagesLeft, operatorMessages, takeovers } from "../desk/desk-tables.ts";
import { misunderstoodMessages } from "../misunderstood/misunderstood-tables.ts";
import { heldMessages } from "../speakers/held-messages-tables.ts";
import {
  attentionItems,
  audit,
  conversations,
  idempotencyKeys,
  inboundMessages,
  optOuts,
  outboundMessages,
  prompts,
  simulatorMessages,
} from "../tables.ts";
import { erasedOptOuts, farewells } from "./personal-data-tables.ts";

type Extent = {
  /** Leaves what came later, because then somebody has begun anew at the phone. */
  readonly until?: Date | undefined;
  /** Messages that are looked after apart. */
  readonly except?: readonly string[];
};

/** What notifications holds under phones that reach one person alone. */
export function phoneHoldings({ until, except = [] }: Extent = {}): readonly Holding[] {
  const at =
    (phone: PgColumn, time: PgColumn, id?: PgColumn) =>
    ({ phones }: Subject): SQL | undefined =>
      phones.length === 0
        ? undefined
        : and(
            inArray(phone, phones),
            until && lt(time, until),
            id && except.length > 0 ? notInArray(id, [...except]) : undefined,
          );
  return [
    {
      // The decisions that were kept while messages were answered go with the messages.
      table: idempotencyKeys,
      of: ({ phones }) =>
        phones.length === 0
          ? undefined
          : sql`${idempotencyKeys.scope} like 'decision:%' and split_part(${idempotencyKeys.scope}, ':', 2)::uuid in (
              select m.id from ${inboundMessages} m where m.phone = any (${sql.param(phones)}))`,
      show: null,
      erase: "delete",
    },
    {
      table: inboundMessages,
      of: at(inboundMessages.phone, inboundMessages.receivedAt),
      show: {
        // What was not kept, a call for help among it, leaves no gap either: others of the house may read the file.
        where: isNotNull(inboundMessages.body),
        section: "messagesWritten",
        columns: {
          phone: inboundMessages.phone,
          text: inboundMessages.body,
          at: inboundMessages.receivedAt,
        },
      },
      erase: "delete",
    },
    {
      table: outboundMessages,
      of: at(outboundMessages.phone, outboundMessages.createdAt, outboundMessages.id),
      show: {
        where: isNotNull(outboundMessages.body),
        section: "messagesReceived",
        columns: {
          phone: outboundMessages.phone,
          text: outboundMessages.body,
          at: outboundMessages.createdAt,
          state: outboundMessages.state,
        },
      },
      erase: "delete",
    },
    {
      table: prompts,
      of: at(prompts.phone, prompts.createdAt),
      show: {
        section: "questions",
        columns: {
          phone: prompts.phone,
          kind: prompts.kind,
          about: prompts.subject,
          state: prompts.state,
          at: prompts.createdAt,
        },
      },
      erase: "delete",
    },
    {
      table: attentionItems,
      of: at(attentionItems.phone, attentionItems.at),
      show: {
        section: "attention",
        columns: {
          kind: attentionItems.kind,
          text: attentionItems.text,
          note: attentionItems.note,
          at: attentionItems.at,
          resolvedAt: attentionItems.resolvedAt,
        },
      },
      erase: "delete",
    },
    {
      table: optOuts,
      of: at(optOuts.phone, optOuts.since),
      show: { section: "optOuts", columns: { phone: optOuts.phone, since: optOuts.since } },
      erase: "delete",
    },
    {
      table: simulatorMessages,
      of: at(simulatorMessages.phone, simulatorMessages.at, simulatorMessages.id),
      show: null,
      erase: "delete",
    },
    {
      table: takeovers,
      of: at(takeovers.phone, takeovers.since),
      show: null,
      erase: "delete",
    },
    {
      table: messagesLeft,
      of: at(messagesLeft.phone, messagesLeft.at),
      show: null,
      erase: "delete",
    },
    {
      // Which of the messages, shown already, an operator wrote.
      table: operatorMessages,
      of: ({ phones }) =>
        phones.length === 0 || until ? undefined : inArray(operatorMessages.phone, phones),
      show: null,
      erase: "delete",
    },
    {
      table: misunderstoodMessages,
      of: at(misunderstoodMessages.phone, misunderstoodMessages.at),
      show: {
        section: "notUnderstood",
        columns: {
          at: misunderstoodMessages.at,
          context: misunderstoodMessages.context,
          state: misunderstoodMessages.state,
          meant: misunderstoodMessages.intent,
        },
      },
      erase: "delete",
    },
    {
      table: bulletinRecipients,
      of: ({ phones }) =>
        phones.length === 0 || until ? undefined : inArray(bulletinRecipients.phone, phones),
      show: null,
      erase: "delete",
    },
    {
      table: conversations,
      of: ({ phones }) => (phones.length === 0 || until ? undefined : inArray(conversations.phone, phones)),
      show: null,
      erase: "delete",
    },
  ];
}

function ofPersonElsewhere(
  { personId: whose, phone }: { personId: PgColumn; phone: PgColumn },
  { personId, phones }: Pick<Subject, "personId" | "phones">,
): SQL | undefined {
  return and(eq(whose, personId), phones.length === 0 ? undefined : notInArray(phone, [...phones]));
}

/** What is marked as one person's, whatever the phone. */
export const personHoldings: readonly Holding[] = [
  {
    // At a phone that others use too. The row stays, or a gateway's own list would bring the message back.
    table: inboundMessages,
    of: ({ personId, phones }) => ofPersonElsewhere(inboundMessages, { personId, phones }),
    show: {
      where: and(isNotNull(inboundMessages.body), ne(inboundMessages.body, "")),
      section: "messagesWritten",
      columns: {
        phone: inboundMessages.phone,
        text: inboundMessages.body,
        at: inboundMessages.receivedAt,
      },
    },
    erase: {
      keep: [
        "id",
        "sequence",
        "gateway",
        "externalId",
        "phone",
        "safety",
        "receivedAt",
        "stampedAt",
        "questionId",
        "handledAt",
        "redactAt",
        "attempts",
        "trace",
      ],
    },
  },
  {
    table: outboundMessages,
    of: ({ personId, phones }) => ofPersonElsewhere(outboundMessages, { personId, phones }),
    show: {
      where: isNotNull(outboundMessages.body),
      section: "messagesReceived",
      columns: {
        phone: outboundMessages.phone,
        text: outboundMessages.body,
        at: outboundMessages.createdAt,
        state: outboundMessages.state,
      },
    },
    erase: "delete",
  },
  {
    table: heldMessages,
    of: ({ personId }) => eq(heldMessages.personId, personId),
    show: {
      section: "messagesHeld",
      columns: { phone: heldMessages.phone, text: heldMessages.text, at: heldMessages.createdAt },
    },
    erase: "delete",
  },
  {
    table: prompts,
    of: ({ personId, sharedPhones }) =>
      sharedPhones.length === 0
        ? undefined
        : and(eq(prompts.personId, personId), inArray(prompts.phone, sharedPhones)),
    show: {
      section: "questions",
      columns: { phone: prompts.phone, kind: prompts.kind, state: prompts.state, at: prompts.createdAt },
    },
    erase: "delete",
  },
  {
    table: bulletinRecipients,
    of: ({ personId }) => eq(bulletinRecipients.personId, personId),
    show: { section: "bulletins", columns: { bulletin: bulletinRecipients.bulletinId } },
    erase: "delete",
  },
  {
    table: bulletinRefusals,
    of: ({ personId }) => eq(bulletinRefusals.personId, personId),
    show: { section: "bulletinsRefused", columns: { at: bulletinRefusals.at } },
    erase: "delete",
  },
  {
    // What they wrote to many stays; who it was is an id that names nobody.
    table: bulletins,
    of: ({ personId }) => eq(bulletins.createdBy, personId),
    show: {
      section: "bulletinsWritten",
      columns: { title: bulletins.title, text: bulletins.text, at: bulletins.createdAt },
    },
    erase: "keep",
  },
  {
    table: audit,
    of: ({ personId }) => sql`${audit.actor} like ${`person:${personId}%`}`,
    show: {
      section: "acts",
      columns: { at: audit.at, actor: audit.actor, action: audit.action, subject: audit.subject },
    },
    erase: "keep",
  },
];

/** Tables that hold nothing on a person, that erasure writes itself, or whose rows go with those of another. */
export const impersonal: readonly PgTable[] = [
  channels,
  outboundAttempts,
  gatewayLooks,
  erasedMessages,
  farewells,
  erasedOptOuts,
];

/** Texts that may name somebody whose phone it is not: contacts that were exchanged, what a neighbour wrote. */
export const messageBodies = [
  { column: outboundMessages.body, phone: outboundMessages.phone },
  { column: inboundMessages.body, phone: inboundMessages.phone },
] as const;
/** Texts to many, which keep their sense when somebody is taken out of them. */
export const bulletinBodies = [bulletins.title, bulletins.text, bulletins.message] as const;
export const otherBodies = [
  { column: simulatorMessages.text, phone: simulatorMessages.phone },
  { column: heldMessages.text, phone: heldMessages.phone },
  { column: prompts.text, phone: prompts.phone },
  { column: attentionItems.text, phone: attentionItems.phone },
  { column: attentionItems.note, phone: attentionItems.phone },
] as const;
