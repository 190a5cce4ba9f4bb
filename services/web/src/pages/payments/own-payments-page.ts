import { listDebts, listPayments, type Debt } from "@minka/contracts/payments";
import { html, type Html } from "../../design/html.ts";
import { empty, pager, row, rows } from "../../design/parts.ts";
import { signedPage } from "../../visits/page.ts";
import { dayWords, soles } from "../../words/field-words.ts";
import { accountActions, accountMain, accountTitle, readAccount } from "./account-view.ts";
import { namesOfParties } from "./party-names.ts";
import { paymentActions, paymentNotices } from "./payment-actions.ts";
import { paymentList } from "./payment-list.ts";
import { accountPath, subjectTitle } from "./payment-words.ts";

const path = "/mi/pagos";

/** What somebody owes, and every payment of theirs with who has to say something about it. */
export const ownPaymentsPage = signedPage(path)({
  fleeting: true,
  async read(visit) {
    const { personId } = visit.person;
    const cursor = visit.query["desde"];
    const [{ debts }, page] = await Promise.all([
      visit.call(listDebts, { params: { personId } }),
      visit.call(listPayments, { query: { personId, limit: 20, ...(cursor ? { cursor } : {}) } }),
    ]);
    const names = await namesOfParties(
      visit,
      page.items.flatMap(({ payer, receiver }) => [payer, receiver]),
    );
    return { debts, page, names };
  },
  show: (visit, { debts, page, names }, attempt) => {
    const owed = debts.reduce((sum, { owedCentimos }) => sum + owedCentimos, 0);
    const own = { kind: "person", id: visit.person.personId } as const;
    return {
      title: "Mis pagos",
      main: html`<h1>${owed > 0 ? `Usted debe ${soles(owed)}` : "Usted no debe nada"}</h1>
        <p class="lead">
          Minka no guarda dinero. Aquí se anota lo que ya se pagó, y cuenta cuando quien recibe dice que sí.
        </p>
        ${
          debts.length > 0
            ? html`<h2>Lo que debe</h2>
                ${rows(debts.map((debt) => debtRow(debt, visit.today)))}`
            : null
        }
        <h2>Lo que pagó y le pagaron</h2>
        ${
          page.items.length > 0
            ? html`${paymentList(visit, page.items, { own, names, base: path }, attempt)}${pager(path, visit.query, page.next)}`
            : empty(
                "Todavía no hay pagos anotados. Cuando compre en grupo o tenga un crédito, aquí anota lo que paga.",
                {
                  href: "/mi/compras",
                  words: "Ver las compras en grupo",
                },
              )
        }`,
    };
  },
  notices: paymentNotices,
  actions: paymentActions(() => path),
});

function debtRow(
  { subject, receiver, title, owedCentimos, waitingCentimos, next }: Debt,
  today: string,
): Html {
  const href = accountPath(path, subject);
  const words = subjectTitle(subject.kind, title);
  return row({
    title: words,
    href,
    side: soles(owedCentimos),
    lines: [
      `Se paga a ${receiver.name ?? "quien organizó"}.`,
      next ? `La cuota que sigue: ${soles(next.centimos)} hasta el ${dayWords(next.dueOn, today)}.` : null,
      waitingCentimos > 0 ? `Anotó ${soles(waitingCentimos)}: falta que lo confirmen.` : null,
    ],
  });
}

export const ownAccountPage = signedPage("/mi/pagos/:asunto/:subjectId")({
  fleeting: true,
  read: (visit) => readAccount(visit, { kind: "person", id: visit.person.personId }),
  show: (visit, { account, names }, attempt) => ({
    title: accountTitle(account),
    main: html`${accountMain(visit, { account, names, own: { kind: "person", id: visit.person.personId } }, attempt)}
      <p><a class="more" href="${path}">Todos mis pagos</a></p>`,
  }),
  notices: paymentNotices,
  actions: accountActions(({ path: here }) => here),
});
