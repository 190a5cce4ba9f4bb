import type { PaymentMethod } from "@minka/contracts/payments";
import type { Wording, WordingValue } from "@minka/contracts/wordings";
import type { Queries } from "@minka/database/connect";
import { DomainError } from "@minka/domain/errors";
import { eq } from "@minka/database/query";
import type { Asking } from "../telling/asking.ts";
import type { NewsReader } from "../telling/news.ts";
import { answerPayment } from "./answer-payment.ts";
import { balance } from "./paid.ts";
import { nameOf } from "./payment-parties.ts";
import { subjectDue } from "./payment-subjects.ts";
import { payerOf, receiverOf } from "./payment-view.ts";
import { paymentAsks, payments, type PaymentRow } from "./payments-tables.ts";

/** Whoever has not said it by then is not asked any more; what was written down goes on waiting for them. */
const askedMs = 7 * 24 * 60 * 60 * 1000;
/** Who asks how it stands is asked also after that. */
const askedAgainMs = 2 * 24 * 60 * 60 * 1000;

/** "Rosa says that she paid you S/ 98 by Yape, operation 123456. Did you get them?" The id is of the asking. */
export const paymentAsking: Asking = {
  async readQuestion({ db, call, clock }, id, trace) {
    const found = await findAsk(db.read, id);
    if (!found || found.payment.state !== "recorded") return null;
    const { ask, payment } = found;
    const name = await nameOf(call, payerOf(payment), trace);
    if (name === null) return null;
    return {
      text: payment.operationNumber === null ? "payment_asked_cash" : "payment_asked",
      parameters: {
        payer: { as: "name", text: name, most: 30 },
        verb: { as: "word", group: "payment_verb", entry: payment.back ? "back" : "paid" },
        ...figuresOf(payment),
      },
      personId: ask.personId,
      expiresAt: new Date(
        Math.max((payment.remindedAt ?? ask.askedAt).getTime() + askedMs, clock().getTime() + askedAgainMs),
      ),
    };
  },
  async answerQuestion(kit, context, { id, personId, accepted }): Promise<{ reply: Wording }> {
    const found = await findAsk(kit.db.read, id);
    if (!found || found.ask.personId !== personId)
      throw new DomainError("not-found", "no-such-question", "Nobody was asked this.");
    const { payment } = found;
    try {
      const params = { paymentId: payment.id };
      await answerPayment(kit, context, { params, body: { received: accepted, personId } });
    } catch (error) {
      if (!(error instanceof DomainError) || error.category !== "conflict") throw error;
      return { reply: { text: "payment_over", parameters: {} } };
    }
    return {
      reply: {
        text: accepted ? "payment_received" : "payment_not_received",
        parameters: { amount: { as: "soles", centimos: payment.amountCentimos } },
      },
    };
  },
};

/** To who paid: the receiver has it, or says that it did not come; to both: it does not count any more. */
export const paymentNews: NewsReader = async ({ db, call }, { kind, id, personIds, trace }) => {
  const [payment] = await db.read.select().from(payments).where(eq(payments.id, id));
  const state = kind.replace("credit-", "").replace("payment-", "") as PaymentRow["state"];
  if (payment?.state !== state) return [];
  const name = await nameOf(call, receiverOf(payment), trace);
  if (name === null) return [];
  const news: Wording = {
    text: textOf(payment),
    parameters: { receiver: { as: "name", text: name, most: 30 }, ...figuresOf(payment) },
  };
  return personIds.map((personId) => ({ ...news, personId, until: null, toMany: false }));
};

/** To both sides: more was paid than is due, and how much of it goes back. The id is of the payment. */
export const excessNews: NewsReader = async (kit, { id, personIds, trace }) => {
  const [payment] = await kit.db.read.select().from(payments).where(eq(payments.id, id));
  if (payment?.state !== "confirmed") return [];
  const { subjectKind, subjectId } = payment;
  const due = await kit.db.transaction((tx) => subjectDue(tx, subjectKind, subjectId));
  const backCentimos = due ? balance(due).backCentimos : 0;
  const [payer, receiver] = [
    await nameOf(kit.call, payerOf(payment), trace),
    await nameOf(kit.call, receiverOf(payment), trace),
  ];
  if (backCentimos === 0 || payer === null || receiver === null) return [];
  const parameters: Wording["parameters"] = {
    payer: { as: "name", text: payer, most: 30 },
    receiver: { as: "name", text: receiver, most: 30 },
    amount: { as: "soles", centimos: backCentimos },
  };
  return personIds.map((personId) => ({
    personId,
    text: "payment_excess",
    parameters,
    until: null,
    toMany: false,
  }));
};

function textOf({ state, operationNumber }: PaymentRow): string {
  if (state === "confirmed") return "payment_confirmed";
  if (state === "cancelled") return "payment_cancelled";
  return operationNumber === null ? "payment_disputed_cash" : "payment_disputed";
}

function figuresOf({ amountCentimos, method, operationNumber }: PaymentRow): Record<string, WordingValue> {
  return {
    amount: { as: "soles", centimos: amountCentimos },
    ...(operationNumber === null ? {} : { method: methodWord(method), number: operationNumber }),
  };
}

const methodWord = (method: PaymentMethod): WordingValue => ({
  as: "word",
  group: "payment_method",
  entry: method,
});

async function findAsk(queries: Queries, id: string) {
  const [row] = await queries
    .select({ ask: paymentAsks, payment: payments })
    .from(paymentAsks)
    .innerJoin(payments, eq(payments.id, paymentAsks.paymentId))
    .where(eq(paymentAsks.id, id));
  return row;
}
