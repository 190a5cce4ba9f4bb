import { listRequests, type Request } from "@minka/contracts/matching";
import { listAsks } from "@minka/contracts/provider-asks";
import { listCredits, type Credit } from "@minka/contracts/credits";
import { listOwnPledges } from "@minka/contracts/lot-pledges";
import { listMemberships } from "@minka/contracts/memberships";
import { listPayments } from "@minka/contracts/payments";
import { listProposedVisits, type PlanProposal } from "@minka/contracts/plan-visits";
import { listOwnPoolOrders } from "@minka/contracts/pool-orders";
import type { Answer } from "@minka/contracts/endpoint";
import { standingOf } from "../../frame/standing.ts";
import type { SignedVisit } from "../../visits/visit.ts";
import { deadlineWords, soles, wallTimeWords } from "../../words/field-words.ts";
import { agreedMatch, askedOf, listedWords, onDay } from "../requests/request-words.ts";
import { ownNeedTitle } from "../../words/need-words.ts";

/** Something that waits for this person: what it is, until when, and the one thing to do about it. */
export type Matter = {
  readonly title: string;
  readonly line: string;
  readonly href: string;
  readonly action: string;
};

/** What the page of a person's own begins with. A service that does not answer leaves out what is its own. */
export async function readStart(visit: SignedVisit) {
  const { personId } = visit.person;
  const params = { personId };
  const [requests, visits, memberships, orders, pledges, payments, asks, credits, standing] =
    await Promise.all([
      visit.callIfAny(listRequests, { query: { personId, limit: 20 } }),
      visit.callIfAny(listProposedVisits, { params }),
      visit.callIfAny(listMemberships, { params }),
      visit.callIfAny(listOwnPoolOrders, { params, query: { limit: 20 } }),
      visit.callIfAny(listOwnPledges, { params, query: { state: "open", limit: 20 } }),
      visit.callIfAny(listPayments, { query: { personId, limit: 20 } }),
      visit.callIfAny(listAsks, {}),
      visit.person.actedBy ? null : visit.callIfAny(listCredits, { query: { limit: 20 } }),
      standingOf(visit),
    ]);
  const open = requests?.items ?? [];
  const planned = visits?.visits ?? [];
  return {
    name: standing.name,
    matters: [
      ...askMatters(asks, standing.providers),
      ...open.flatMap((request) => requestMatter(request, visit)),
      ...planned.flatMap((proposal) => visitMatter(proposal, visit)),
      ...(memberships?.memberships ?? []).flatMap(membershipMatter),
      ...(orders?.items ?? []).flatMap((item) => orderMatter(item, visit)),
      ...(pledges?.items ?? []).flatMap(pledgeMatter),
      ...(payments?.items ?? []).flatMap((payment) => paymentMatter(payment, personId)),
      ...(credits?.items ?? []).flatMap(creditMatter),
    ],
    underWay: open.filter(isUnderWay).slice(0, 3),
    agreedVisits: planned.filter(({ state }) => state === "accepted"),
    organizations: standing.organizations,
  };
}

const isUnderWay = (request: Request) =>
  !["done", "cancelled", "lapsed"].includes(request.state) && requestStep(request) === null;

/** What a request waits for, where it waits for who asked. */
function requestStep(request: Request): "choose" | "answer" | "came" | "rate" | null {
  const { state, waitsFor, engagement, matches } = request;
  if (state === "listed") return "choose";
  if (matches.some(({ quote }) => quote?.by === "provider")) return "answer";
  if (state === "agreed" && waitsFor === "requester") return "came";
  if (state === "done" && engagement?.state === "done" && engagement.score === null) {
    // Once it is published nobody rates any more.
    return engagement.ratings.some(({ publishedAt }) => publishedAt !== null) ? null : "rate";
  }
  return null;
}

function requestMatter(request: Request, { now }: SignedVisit): Matter[] {
  const href = `/mi/pedidos/${request.id}`;
  const until = request.until ? ` Tiene hasta ${deadlineWords(request.until, now)}.` : "";
  const title = ownNeedTitle(request);
  const provider = agreedMatch(request)?.providerName ?? askedOf(request)[0]?.providerName ?? "";
  switch (requestStep(request)) {
    case "choose": {
      const said = `${listedWords(request)}.`;
      return [{ title, line: `${said}${until}`, href, action: "Elegir de la lista" }];
    }
    case "answer":
      return [{ title, line: `${provider} le propone algo.${until}`, href, action: "Ver la propuesta" }];
    case "came":
      return [{ title, line: `¿Le atendió ${provider}?${until}`, href, action: "Decir si vino" }];
    case "rate":
      return [{ title, line: `¿Cómo le fue con ${provider}?`, href, action: "Poner nota" }];
    case null:
      return [];
  }
}

function visitMatter(
  { state, day, startsAt, providerName, answerBy }: PlanProposal,
  visit: SignedVisit,
): Matter[] {
  if (state !== "proposed" || answerBy === null) return [];
  return [
    {
      title: `${providerName} quiere visitarle`,
      line: `Sería ${onDay(day, visit.today)} ${wallTimeWords(startsAt)}. Responda hasta ${deadlineWords(answerBy, visit.now)}.`,
      href: "/mi/visitas",
      action: "Responder",
    },
  ];
}

type Membership = Answer<typeof listMemberships>["memberships"][number];

function membershipMatter({ state, waitsFor, organizationName }: Membership): Matter[] {
  if (state !== "asked" || waitsFor !== "person") return [];
  return [
    {
      title: organizationName,
      line: "Dicen que usted es parte. ¿Es así?",
      href: "/mi/organizacion",
      action: "Responder",
    },
  ];
}

type OwnOrder = Answer<typeof listOwnPoolOrders>["items"][number];

function orderMatter({ order, pool }: OwnOrder, { now }: SignedVisit): Matter[] {
  if (order.state !== "asked" || !order.award) return [];
  const until = order.confirmBy ? ` Responda hasta ${deadlineWords(order.confirmBy, now)}.` : "";
  return [
    {
      title: pool.title,
      line: `El precio final es ${soles(order.award.priceCentimos)} cada uno.${until}`,
      href: `/mi/compras/${order.poolId}`,
      action: "Decir si me conviene",
    },
  ];
}

function pledgeMatter({ confirmed, amount }: Answer<typeof listOwnPledges>["items"][number]): Matter[] {
  if (confirmed) return [];
  return [
    {
      title: "Su cosecha",
      line: `Anotaron ${amount.amount} ${amount.unit === "kg" ? "kilos" : "quintales"} a su nombre para un lote.`,
      href: "/mi/cosecha",
      action: "Decir si es así",
    },
  ];
}

function paymentMatter(payment: Answer<typeof listPayments>["items"][number], personId: string): Matter[] {
  const { state, recordedAs, receiver, amountCentimos } = payment;
  if (state !== "recorded" || recordedAs !== "payer" || receiver.id !== personId) return [];
  return [
    {
      title: `Un pago de ${soles(amountCentimos)}`,
      line: "Dicen que ya le pagaron. ¿Le llegó?",
      href: "/mi/pagos",
      action: "Decir si llegó",
    },
  ];
}

function creditMatter({ id, state }: Credit): Matter[] {
  const [line, action] =
    state === "approved"
      ? ["Se lo aprobaron. Mire cuánto pagaría en total.", "Ver lo aprobado"]
      : state === "draft"
        ? ["Le falta terminar de pedirlo.", "Seguir con mi crédito"]
        : state === "in_arrears"
          ? ["Tiene una cuota vencida.", "Ver qué hacer"]
          : [];
  return line && action ? [{ title: "Su crédito", line, href: `/mi/credito/${id}`, action }] : [];
}

/** Who also serves others hears first what is asked of them. */
function askMatters(
  asks: Answer<typeof listAsks> | null,
  providers: Awaited<ReturnType<typeof standingOf>>["providers"],
): Matter[] {
  // Each provider has its own inbox: who acts for several is led to the one that was asked.
  const asked = Object.groupBy(asks?.asks ?? [], ({ providerId }) => providerId);
  return Object.entries(asked).flatMap(([providerId, { length = 0 } = []]) => {
    const provider = providers.find(({ id }) => id === providerId);
    if (!provider) return [];
    const whose = providers.length > 1 ? `la respuesta de ${provider.name}` : "su respuesta";
    return [
      {
        title: length === 1 ? "Un productor le pide algo" : `${length} productores le piden algo`,
        line: `${length === 1 ? "Espera" : "Esperan"} ${whose}.`,
        href: `/mi-servicio/${providerId}`,
        action: "Ver los pedidos",
      },
    ];
  });
}
