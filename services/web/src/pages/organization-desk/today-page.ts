import { addDays, limaDay } from "@minka/domain/lima-time";
import { html, type Content, type Html } from "../../design/html.ts";
import { actionLink, empty, progress, row, rows, stateMark, type Tone } from "../../design/parts.ts";
import { signedPage } from "../../visits/page.ts";
import { capitalized, dayWords, joinWords, monthWords, soles } from "../../words/field-words.ts";
import { kilosWords } from "../lots/lot-words.ts";
import { packsOf, untilWords } from "../purchases/purchase-words.ts";
import { peopleWords, sentence, wantingWords } from "./desk-words.ts";
import { deskPath, isBroker, isManager, organizationNotice, type DeskVisit } from "./own-organization.ts";
import { readToday, type Today, type TodaysPool } from "./read-today.ts";

/** One thing that waits for somebody of the organization. */
type Todo = {
  readonly title: string;
  readonly href: string;
  readonly line: string;
  readonly mark: readonly [words: string, tone: Tone];
};

/** What needs an action today, each with its way there; and who has answered the invitation. */
export const todayPage = signedPage("/mi-organizacion/:organizationId")({
  read: readToday,
  show: (visit: DeskVisit, today) => {
    const { organization } = today.desk;
    const todo = [
      ...ofMembers(visit, today),
      ...ofPurchases(visit, today.pools),
      ...ofSales(visit, today),
      ...ofDecisions(visit, today),
      ...ofTheEntry(visit, today),
    ];
    return {
      title: organization.name,
      desk: true,
      main: html`<h1>${heading(todo.length, organization.name)}</h1>
        ${organizationNotice(organization)}
        <div class="columns">
          <section>
            ${
              todo.length > 0
                ? rows(
                    todo.map(({ title, href, line, mark }) =>
                      row({ title, href, lines: [line], side: stateMark(...mark) }),
                    ),
                  )
                : null
            }
            ${running(visit, today)} ${beginning(visit, today, todo.length)}
          </section>
          <section>${answers(visit, today)}</section>
        </div>`,
    };
  },
});

/** Purchases and lots that run by themselves for now. */
function running(visit: DeskVisit, { running: pools, runningLots }: Today): Content {
  if (pools.length + runningLots.length === 0) return null;
  return html`<h2>En camino</h2>
    ${rows([
      ...pools.map((pool) =>
        row({
          title: pool.title,
          href: deskPath(visit, `/compras/${pool.id}`),
          lines: [sentence(`Se juntan pedidos ${untilWords(pool.deadline, visit.now)}`)],
          more: progress({
            part: pool.packs,
            whole: Math.max(pool.packs, pool.minimumPacks),
            words: `Van ${packsOf(pool.packs, pool)}; el mínimo es ${pool.minimumPacks}.`,
          }),
        }),
      ),
      ...runningLots.map((lot) =>
        row({
          title: lot.title,
          href: deskPath(visit, `/lotes/${lot.id}`),
          lines: [
            lot.state === "open"
              ? `Se junta cosecha hasta el ${dayWords(limaDay(new Date(lot.pledgeUntil)), visit.today)}.`
              : `El acopio empieza el ${dayWords(lot.collectFrom, visit.today)}.`,
          ],
          more: progress({
            part: lot.pledgedGrams,
            whole: Math.max(lot.pledgedGrams, lot.minimumGrams),
            words: `Ofrecieron ${kilosWords(lot.pledgedGrams)}; el mínimo es ${kilosWords(lot.minimumGrams)}.`,
          }),
        }),
      ),
    ])}`;
}

/** Where an organization begins, while there is nobody in it and nothing to follow; later, what can be opened. */
function beginning(visit: DeskVisit, today: Today, todo: number): Content {
  const { desk, figures } = today;
  if (!isBroker(desk) || desk.organization.state === "closed") return null;
  const follows =
    today.pools.length + today.running.length + today.lots.length + today.runningLots.length > 0;
  const purchase = { href: deskPath(visit, "/compras/nueva"), title: "Abrir una compra en grupo" };
  // Whoever registered it is its first member.
  if (follows || figures === null || figures.members > 1)
    return follows || todo > 0
      ? null
      : empty("No hay compras ni lotes en camino.", { href: purchase.href, words: purchase.title });
  return html`<h2>Primeros pasos</h2>
    ${rows([
      row({
        href: deskPath(visit, isManager(desk) ? "/miembros/agregar" : "/miembros/importar"),
        title: "Agregar a sus socias y socios",
        lines: ["Cada quien responde SI por SMS."],
      }),
      row({ ...purchase, lines: ["Entre más piden, más baja el precio para todos."] }),
      row({
        href: deskPath(visit, "/lotes/nuevo"),
        title: "Abrir un lote",
        lines: ["Juntan la cosecha y la venden a quien paga más."],
      }),
    ])}`;
}

function heading(todo: number, name: string): string {
  if (todo === 0) return `${name}: hoy nada espera por ustedes`;
  return `${todo === 1 ? "1 cosa espera" : `${todo} cosas esperan`} en ${name}`;
}

function ofMembers(visit: DeskVisit, { asking }: Today): Todo[] {
  if (asking.items.length === 0) return [];
  const names = asking.items.slice(0, 3).flatMap(({ name }) => (name ? [name] : []));
  const more = asking.items.length - names.length;
  const others = asking.next === null ? `${more} más` : "muchas personas más";
  return [
    {
      title: wantingWords(asking),
      href: deskPath(visit, "/miembros/respuestas"),
      line: `${names.length === 0 ? "Diga" : `${joinWords(more > 0 ? [...names, others] : names)}. Diga`} si entra o no: en 14 días su pregunta vence.`,
      mark: ["Decidir", "waiting"],
    },
  ];
}

function ofPurchases(visit: DeskVisit, pools: readonly TodaysPool[]): Todo[] {
  return pools.flatMap(({ pool, quotes, withoutDay, due, claims }) => {
    const [title, href] = [pool.title, deskPath(visit, `/compras/${pool.id}`)];
    const one = (line: string, words: string, tone: Tone): Todo => ({
      title,
      href,
      line,
      mark: [words, tone],
    });
    switch (pool.state) {
      case "proposed":
        return [
          one(
            "El reparto está calculado. Lo aprueba otra persona que quien lo propuso.",
            "Aprobar",
            "waiting",
          ),
        ];
      case "undecided":
        return [one("Salió gente en dos vueltas. Digan si siguen con los que quedan.", "Decidir", "waiting")];
      case "open":
        return [one(openLine(visit, { pool, quotes }), "Pronto", "waiting")];
      default:
        return [
          withoutDay > 0 &&
            one(`Entregas sin día: ${withoutDay}. Pregunte al proveedor y póngalo.`, "Poner día", "waiting"),
          due > 0 && one(`Entregas de hoy o de antes: ${due}. Diga si llegó.`, "Entrega", "waiting"),
          claims > 0 && one(`Reclamos que el proveedor no responde: ${claims}. Llámelo.`, "Reclamo", "bad"),
        ].filter((todo) => todo !== false);
    }
  });
}

function openLine({ now }: DeskVisit, { pool, quotes }: Pick<TodaysPool, "pool" | "quotes">): string {
  const missing = pool.minimumPacks - pool.packs;
  return [
    sentence(capitalized(untilWords(pool.deadline, now))),
    missing > 0
      ? `Van ${packsOf(pool.packs, pool)} y faltan ${missing} para el mínimo.`
      : `Van ${packsOf(pool.packs, pool)}.`,
    quotes === 0 ? "Ningún proveedor dio precio: llámelos o invite a otro." : "",
  ]
    .filter(Boolean)
    .join(" ");
}

function ofSales(visit: DeskVisit, { lots, endorsements }: Today): Todo[] {
  return [
    ...lots.map(({ id, title, state, collectUntil }): Todo => {
      const href = deskPath(visit, `/lotes/${id}`);
      if (state === "open")
        return {
          title,
          href,
          line: "Hoy se cierra lo que ofrecen. Vea si alcanza o dé más días.",
          mark: ["Cierra hoy", "waiting"],
        };
      if (state === "composed")
        return {
          title,
          href,
          line: "Está armado. Falta vender, entregar o liquidar.",
          mark: ["Seguir", "going"],
        };
      return collectUntil < visit.today
        ? { title, href, line: "Ya pasó el acopio: arme el lote con lo pesado.", mark: ["Armar", "waiting"] }
        : {
            title,
            href,
            line: `Se acopia hasta el ${dayWords(collectUntil, visit.today)}. Anote lo que llega.`,
            mark: ["Acopio", "going"],
          };
    }),
    ...endorsements.map(({ name, state, askedCentimos, amountCentimos, unanswered }): Todo => ({
      title: state === "asked" ? `${name} pide un aval` : `Aval para ${name}`,
      href: deskPath(visit, "/avales"),
      line:
        state === "asked"
          ? `Para un crédito de ${soles(askedCentimos)}.${unanswered ? " Ya le dijimos que nadie responde." : ""}`
          : `Propusieron ${soles(amountCentimos ?? askedCentimos)}. Falta que otra persona lo apruebe.`,
      mark: [state === "asked" ? "Decidir" : "Aprobar", unanswered ? "bad" : "waiting"],
    })),
  ];
}

function ofDecisions(visit: DeskVisit, { plans, bulletins }: Today): Todo[] {
  return [
    ...plans.map(({ id, month }): Todo => ({
      title: `Visitas de ${monthWords(month, visit.today)}`,
      href: deskPath(visit, `/planes/${id}`),
      line: "El plan está hecho. Revíselo y apruébelo: después se pregunta a cada quien.",
      mark: ["Aprobar", "waiting"],
    })),
    ...bulletins.map(({ id, title }): Todo => ({
      title: `Aviso: ${title}`,
      href: deskPath(visit, `/avisos/${id}`),
      line: "Está escrito y nadie lo recibe todavía.",
      mark: ["Enviar", "waiting"],
    })),
  ];
}

/** An entry that nobody has confirmed for so long is asked about. */
const confirmAfterDays = 180;
const warnDays = 30;

function ofTheEntry(visit: DeskVisit, { desk, seats, unasked }: Today): Todo[] {
  const { organization } = desk;
  if (!isManager(desk) || organization.state === "closed") return [];
  const data = deskPath(visit, "/datos");
  const ending = organization.certificates.filter(
    ({ inForce, expiresOn }) => inForce && expiresOn <= addDays(visit.today, warnDays),
  );
  const endingSeats =
    seats?.filter(
      ({ current, until }) => current && until !== null && until <= addDays(visit.today, warnDays),
    ) ?? [];
  return [
    unasked > 0 && {
      title: `A ${peopleWords(unasked)} de la lista falta preguntar`,
      href: deskPath(visit, "/miembros/respuestas"),
      line: "El SMS sale pronto. A quien no tiene celular pregúntele usted, con un testigo.",
      mark: ["Preguntar", "going"] as const,
    },
    organization.confirmedOn < addDays(visit.today, -confirmAfterDays) && {
      title: "¿Los datos siguen igual?",
      href: data,
      line: `Se confirmaron el ${dayWords(organization.confirmedOn, visit.today)}.`,
      mark: ["Confirmar", "going"] as const,
    },
    ending.length > 0 && {
      title:
        ending.length === 1 ? "Un certificado vence pronto" : `${ending.length} certificados vencen pronto`,
      href: data,
      line: `El primero, el ${dayWords(ending[0]?.expiresOn ?? visit.today, visit.today)}.`,
      mark: ["Renovar", "waiting"] as const,
    },
    endingSeats.length > 0 && {
      title: "Cargos de la directiva terminan pronto",
      href: deskPath(visit, "/directiva"),
      line: "Anote a quien sigue.",
      mark: ["Anotar", "going"] as const,
    },
    seats?.length === 0 && {
      title: "Falta anotar la directiva",
      href: deskPath(visit, "/directiva"),
      line: "Las socias y los socios ven quién dirige y hasta cuándo.",
      mark: ["Anotar", "going"] as const,
    },
  ].filter((todo) => todo !== false);
}

/** Who has answered the invitation. */
function answers(visit: DeskVisit, { figures, desk }: Today): Html {
  const invited = figures?.invited ?? { yes: 0, no: 0, waiting: 0, silent: 0 };
  const asked = invited.yes + invited.no + invited.waiting + invited.silent;
  const said = invited.yes + invited.no;
  const members = figures ? peopleWords(figures.members) : "";
  return html`<h2>Quién respondió a la invitación</h2>
    ${
      asked === 0
        ? html`<p>Son ${members}. No hay invitaciones por responder.</p>`
        : html`${progress({
            part: said,
            whole: asked,
            words: `Respondieron ${said} de ${asked}: ${invited.yes} dijeron que sí${invited.no > 0 ? ` y ${invited.no} que no` : ""}.`,
          })}
          ${invited.waiting > 0 ? html`<p class="waits">Falta la respuesta de ${peopleWords(invited.waiting)}. Tienen 14 días desde el SMS.</p>` : null}
          ${invited.waiting > 0 ? html`<p><a class="more" href="${deskPath(visit, "/miembros/respuestas")}">Ver quién falta</a></p>` : null}`
    }
    ${isManager(desk) ? actionLink(deskPath(visit, "/miembros/agregar"), "Invitar a una persona", { quiet: true }) : null}`;
}
