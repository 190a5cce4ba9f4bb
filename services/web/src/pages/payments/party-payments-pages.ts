import { listPayments, paymentStates, type PaymentParty } from "@minka/contracts/payments";
import { html, type Content } from "../../design/html.ts";
import { stateChips, empty, pager } from "../../design/parts.ts";
import type { Attempt } from "../../forms/attempt.ts";
import { standingOf, type Standing } from "../../frame/standing.ts";
import { askedOf } from "../../visits/asked.ts";
import { signedPage } from "../../visits/page.ts";
import type { SignedVisit } from "../../visits/visit.ts";
import { accountActions, accountMain, accountTitle, readAccount } from "./account-view.ts";
import { namesOfParties } from "./party-names.ts";
import { paymentActions, paymentNotices } from "./payment-actions.ts";
import { paymentList } from "./payment-list.ts";
import { paymentStateWords } from "./payment-words.ts";

type Listing = Awaited<ReturnType<typeof readListing>>;

/** What an organization or a provider paid and got. */
async function readListing(visit: SignedVisit, party: PaymentParty) {
  const cursor = visit.query["desde"];
  const state = askedOf(visit, "estado", paymentStates);
  const of = party.kind === "organization" ? { organizationId: party.id } : { providerId: party.id };
  const paging = { limit: 50, ...(cursor ? { cursor } : {}) };
  const [page, waiting] = await Promise.all([
    visit.call(listPayments, { query: { ...of, ...paging, ...(state ? { state } : {}) } }),
    visit.call(listPayments, { query: { ...of, limit: 100, state: "recorded" } }),
  ]);
  const names = await namesOfParties(
    visit,
    page.items.flatMap(({ payer, receiver }) => [payer, receiver]),
  );
  const toConfirm = waiting.items.filter(({ receiver }) => receiver.id === party.id).length;
  return { page, state, names, toConfirm, more: waiting.next !== null };
}

const shownStates = paymentStates.map((state) => [state, paymentStateWords[state][0]] as const);

function listingMain(
  visit: SignedVisit,
  { page, state, names, toConfirm, more }: Listing,
  { own, attempt, further }: { own: PaymentParty; attempt: Attempt | null; further: Content },
): Content {
  return html`<h1>${heading(toConfirm, more)}</h1>
    <p class="lead">Minka no guarda dinero. Un pago cuenta cuando quien lo recibe dice que llegó.</p>
    ${further}
    ${stateChips(visit, { label: "Cómo están", states: shownStates, current: state, rows: page.items.length })}
    ${
      page.items.length > 0
        ? html`${paymentList(visit, page.items, { own, names, base: visit.path }, attempt)}${pager(visit.path, visit.query, page.next)}`
        : empty(state ? "Ningún pago está así." : "Todavía no hay pagos anotados.")
    }`;
}

function heading(toConfirm: number, more: boolean): string {
  if (toConfirm === 0) return "Pagos: nada espera por confirmar";
  const told = more
    ? `${toConfirm} o más pagos esperan`
    : toConfirm === 1
      ? "1 pago espera"
      : `${toConfirm} pagos esperan`;
  return `${told} que digan si llegó`;
}

const organization = ({ organizationId }: { organizationId: string }): PaymentParty => ({
  kind: "organization",
  id: organizationId,
});
const provider = ({ providerId }: { providerId: string }): PaymentParty => ({
  kind: "provider",
  id: providerId,
});

export const organizationPaymentsPage = signedPage("/mi-organizacion/:organizationId/pagos")({
  read: (visit) => readListing(visit, organization(visit.params)),
  show: (visit, listing, attempt) => ({
    title: "Pagos de la organización",
    desk: true,
    main: listingMain(visit, listing, {
      own: organization(visit.params),
      attempt,
      further: html`<p>
        Para anotar un pago nuevo, entre a las cuentas de la
        <a href="/mi-organizacion/${visit.params.organizationId}/compras">compra</a> o del
        <a href="/mi-organizacion/${visit.params.organizationId}/lotes">lote</a>.
      </p>`,
    }),
  }),
  notices: paymentNotices,
  actions: paymentActions((visit) => visit.path),
});

export const organizationAccountPage = signedPage(
  "/mi-organizacion/:organizationId/pagos/:asunto/:subjectId",
)({
  read: (visit) => readAccount(visit, organization(visit.params)),
  show: (visit, { account, names }, attempt) => ({
    title: accountTitle(account),
    main: html`${accountMain(visit, { account, names, own: organization(visit.params) }, attempt)}
      <p>
        <a class="more" href="/mi-organizacion/${visit.params.organizationId}/pagos">Todos los pagos</a>
      </p>`,
  }),
  notices: paymentNotices,
  actions: accountActions((visit) => visit.path),
});

/** Where it stands what is owed to a provider, by what it does. */
const owed = {
  supplier: ["Lo que le deben de cada compra en grupo está en", "/compras", "Compras en grupo"],
  lender: ["Lo que prestó y las cuotas que le deben están en", "/creditos", "Créditos"],
  buyer: ["Lo que compró de cada lote está en", "/lotes", "Lotes"],
} as const;
const owedTo = ["supplier", "lender", "buyer"] as const;

function whereOwed(providerId: string, provided: Standing["providers"]): Content {
  const kinds = provided.find(({ id }) => id === providerId)?.kinds ?? [];
  return owedTo
    .filter((kind) => kinds.includes(kind))
    .map((kind) => {
      const [words, path, name] = owed[kind];
      return html`<p>${words} <a href="/mi-servicio/${providerId}${path}">${name}</a>.</p>`;
    });
}

export const providerPaymentsPage = signedPage("/mi-servicio/:providerId/pagos")({
  read: async (visit) => ({
    ...(await readListing(visit, provider(visit.params))),
    provided: (await standingOf(visit)).providers,
  }),
  show: (visit, listing, attempt) => ({
    title: "Pagos",
    desk: true,
    main: listingMain(visit, listing, {
      own: provider(visit.params),
      attempt,
      further: whereOwed(visit.params.providerId, listing.provided),
    }),
  }),
  notices: paymentNotices,
  actions: paymentActions((visit) => visit.path),
});

export const providerAccountPage = signedPage("/mi-servicio/:providerId/pagos/:asunto/:subjectId")({
  read: (visit) => readAccount(visit, provider(visit.params)),
  show: (visit, { account, names }, attempt) => ({
    title: accountTitle(account),
    main: html`${accountMain(visit, { account, names, own: provider(visit.params) }, attempt)}
      <p><a class="more" href="/mi-servicio/${visit.params.providerId}/pagos">Todos los pagos</a></p>`,
  }),
  notices: paymentNotices,
  actions: accountActions((visit) => visit.path),
});
