import * as contract from "@minka/contracts/payments";
import type { App } from "@minka/http/app";
import { mountEndpoint } from "@minka/http/mount-endpoint";
import type { ServiceKit } from "@minka/service/define-service";
import { answerPayment, cancelPayment } from "./answer-payment.ts";
import { listPayments, readPayment, readPaymentAccount } from "./read-payments.ts";
import { listKeptBackBy, listKeptBackFor } from "../credits/list-kept-back.ts";
import { listDebts } from "./list-debts.ts";
import { recordPayment } from "./record-payment.ts";

export function paymentRoutes(app: App, kit: ServiceKit): void {
  mountEndpoint(app, contract.recordPayment, (input, context) => recordPayment(kit, context, input));
  mountEndpoint(app, contract.listPayments, (input, context) => listPayments(kit, context, input));
  mountEndpoint(app, contract.readPayment, (input, context) => readPayment(kit, context, input));
  mountEndpoint(app, contract.answerPayment, (input, context) => answerPayment(kit, context, input));
  mountEndpoint(app, contract.cancelPayment, (input, context) => cancelPayment(kit, context, input));
  mountEndpoint(app, contract.readPaymentAccount, (input, context) =>
    readPaymentAccount(kit, context, input),
  );
  mountEndpoint(app, contract.listDebts, (input, context) => listDebts(kit, context, input));
  mountEndpoint(app, contract.listKeptBackFor, (input, context) => listKeptBackFor(kit, context, input));
  mountEndpoint(app, contract.listKeptBackBy, (input, context) => listKeptBackBy(kit, context, input));
}
