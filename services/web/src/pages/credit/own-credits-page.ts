import { listCredits, listOriginatedCredits, type Credit } from "@minka/contracts/credits";
import { answerGuarantee, listGuarantees } from "@minka/contracts/group-guarantees";
import type { Answer } from "@minka/contracts/endpoint";
import { z } from "zod";
import { actionButton } from "../../design/fields.ts";
import { html, type Content, type Html } from "../../design/html.ts";
import { actionLink, empty, pager, row, rows, stateMark, type Tone } from "../../design/parts.ts";
import { formState, type Attempt } from "../../forms/attempt.ts";
import * as kinds from "../../forms/field-kinds.ts";
import { goTo } from "../../visits/destination.ts";
import { action, signedPage } from "../../visits/page.ts";
import type { SignedVisit } from "../../visits/visit.ts";
import { soles } from "../../words/field-words.ts";
import { creditRefusals } from "../../words/refusals/credit.ts";
import { creditIsTheirs } from "./not-while-acting.ts";
import { askedWords, creditMark, creditStateWords, onDay } from "./say-credit.ts";

type Guarantee = Answer<typeof listGuarantees>["items"][number];
type Originated = Answer<typeof listOriginatedCredits>["items"][number];

const path = "/mi/credito";

/** What I borrow, and for whom I am asked to answer. */
export const ownCreditsPage = signedPage(path)({
  fleeting: true,
  read: async (visit) => {
    if (visit.person.actedBy) return null;
    const [own, guarantees, originated] = await Promise.all([
      visit.call(listCredits, { query: { cursor: visit.query["desde"], limit: 20 } }),
      visit.callIfAny(listGuarantees, { query: { limit: 20 } }),
      visit.callIfAny(listOriginatedCredits, { query: { limit: 20 } }),
    ]);
    return { own, guarantees: guarantees?.items ?? [], originated: originated?.items ?? [] };
  },
  show: (visit, data, attempt) =>
    data === null
      ? creditIsTheirs
      : {
          title: "Mi crédito",
          main: html`<h1>${heading(data.own.items)}</h1>
            <p class="lead">
              Esto lo ve solo usted. Ni su casa ni su organización se enteran, salvo que usted les pida un
              aval.
            </p>
            ${asked(visit, data.guarantees, attempt)}
            ${
              data.own.items.length === 0
                ? empty(
                    "Diga cuánto necesita y para qué. Le mostramos qué entidades prestan, cuánto devuelve en todo y qué piden.",
                    { href: `${path}/nuevo`, words: "Pedir un crédito" },
                  )
                : html`${rows(data.own.items.map((credit) => creditRow(credit, visit.today)))}
                  ${pager(path, visit.query, data.own.next)} ${goOn(data.own.items)}
                  ${actionLink(`${path}/nuevo`, "Pedir un crédito", { quiet: data.own.items.some(isOpen) })}`
            }
            ${answersFor(data.guarantees)} ${forOthers(data.originated)}`,
        },
  refusals: creditRefusals,
  actions: {
    responder: action(
      z.object({ garantia: kinds.id(), acepta: kinds.choice(["si", "no"]).required }),
      async (visit: SignedVisit, { garantia, acepta }) => {
        const accepted = acepta === "si";
        await visit.call(answerGuarantee, { params: { guarantorId: garantia }, body: { accepted } });
        return goTo(path, accepted ? "responde" : "no-responde");
      },
    ),
  },
  notices: {
    responde: "Anotado: usted responde por esa parte. Le avisamos por SMS si la otra persona no paga.",
    "no-responde": "Anotado: usted no responde por ese crédito. La otra persona no ve por qué.",
    retirado: "Su crédito quedó retirado.",
  },
});

const over = ["refused", "settled", "withdrawn", "lapsed"] as const;
const isOpen = ({ state }: Pick<Credit, "state">) => !over.some((one) => one === state);

function heading(credits: readonly Credit[]): string {
  const open = credits.filter(isOpen);
  const [first] = open;
  if (!first) return credits.length > 0 ? "Usted no tiene créditos en camino" : "Usted no tiene créditos";
  if (open.length > 1) return `Usted tiene ${open.length} créditos en camino`;
  return `Su crédito de ${askedWords(first)}: ${creditStateWords[first.state][0]}`;
}

/** What was begun is not yet with anybody. */
function goOn(credits: readonly Credit[]): Content {
  const [draft, another] = credits.filter(({ state }) => state === "draft");
  return draft && !another ? actionLink(`${path}/${draft.id}`, "Seguir con mi crédito") : null;
}

function creditRow(credit: Credit, today: string): Html {
  const next = credit.instalments.find(({ paidCentimos, totalCentimos }) => paidCentimos < totalCentimos);
  return row({
    title: askedWords(credit),
    href: `${path}/${credit.id}`,
    lines: [
      creditMark(credit.state),
      credit.chosen ? `${credit.chosen.lenderName}, ${credit.chosen.title}` : "Falta elegir a quién pedir",
      next
        ? `Próxima cuota: ${soles(next.totalCentimos - next.paidCentimos)}, el ${onDay(`${next.dueOn}T12:00:00Z`, today)}. Debe ${soles(credit.owedCentimos)} en todo.`
        : null,
    ],
  });
}

function asked(visit: SignedVisit, guarantees: readonly Guarantee[], attempt: Attempt | null): Content {
  const waiting = guarantees.filter(({ state }) => state === "asked");
  if (waiting.length === 0) return null;
  return html`<section>
    <h2>Le piden responder por un vecino</h2>
    <p>Si la otra persona no paga su crédito, usted paga su parte. Nadie le obliga.</p>
    ${rows(
      waiting.map(({ guarantorId, borrowerName, centimos, askedAt }) => {
        const answer = (acepta: "si" | "no", words: string) =>
          actionButton(visit, formState(attempt, "responder", {}, { garantia: guarantorId, acepta }), words, {
            values: { garantia: guarantorId, acepta },
            quiet: acepta === "no",
          });
        return row({
          title: borrowerName ?? "Alguien que ya no está en Minka",
          side: soles(centimos),
          lines: [`Se lo pidió el ${onDay(askedAt, visit.today)}`],
          more: html`${answer("si", `Sí, respondo por ${soles(centimos)}`)}${answer("no", "No respondo")}`,
        });
      }),
    )}
  </section>`;
}

const guaranteeWords: Readonly<Record<Guarantee["guarantee"], readonly [string, Tone]>> = {
  gathering: ["faltan otras respuestas", "waiting"],
  standing: ["usted responde", "going"],
  failed: ["no se juntó el grupo", "over"],
  called: ["no pagó: le toca su parte", "bad"],
  released: ["ya no responde", "over"],
};

function answersFor(guarantees: readonly Guarantee[]): Content {
  const agreed = guarantees.filter(({ state }) => state === "agreed");
  if (agreed.length === 0) return null;
  return html`<section>
    <h2>Por quién responde usted</h2>
    ${rows(
      agreed.map(({ borrowerName, centimos, guarantee }) =>
        row({
          title: borrowerName ?? "Alguien que ya no está en Minka",
          side: soles(centimos),
          lines: [stateMark(...guaranteeWords[guarantee])],
        }),
      ),
    )}
  </section>`;
}

function forOthers(originated: readonly Originated[]): Content {
  if (originated.length === 0) return null;
  return html`<details>
    <summary>Lo que pidió para otras personas (${originated.length})</summary>
    <p class="quiet">Usted ve hasta dónde va, y nada más.</p>
    ${rows(
      originated.map(({ amountCentimos, months, state }) =>
        row({ title: askedWords({ approved: null, amountCentimos, months }), side: creditMark(state) }),
      ),
    )}
  </details>`;
}
