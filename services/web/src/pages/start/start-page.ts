import { html, type Html } from "../../design/html.ts";
import { actionLink, moreLinks, row, rows, waits } from "../../design/parts.ts";
import { signedPage } from "../../visits/page.ts";
import { capitalized, joinWords, wallTimeWords } from "../../words/field-words.ts";
import { requestRow } from "../requests/request-list.ts";
import { wishList } from "../requests/wish-list.ts";
import { onDay } from "../requests/request-words.ts";
import { readStart, type Matter } from "./matters.ts";

/** Where who signed in begins: what waits for them, then asking, then what is on its way. */
export const startPage = signedPage("/mi")({
  read: readStart,
  show: (visit, { name, matters, underWay, agreedVisits, organizations }) => ({
    title: "Mi chacra",
    fleeting: matters.some(({ href }) => href.startsWith("/mi/credito")),
    main: html`<h1>${heading(name, matters.length)}</h1>
      ${matters.length > 0 ? rows(matters.map(matterRow)) : null}
      ${matters.length > 0 || underWay.length > 0 ? actionLink("/pedir", "Pedir algo", { quiet: matters.length > 0 }) : wishList}
      ${agreedVisits.map(({ day, startsAt, providerName }) =>
        waits(
          html`${capitalized(onDay(day, visit.today))} ${wallTimeWords(startsAt)}, le visita ${providerName}.
            <a href="/mi/visitas">Ver mis visitas</a>`,
        ),
      )}
      ${
        underWay.length > 0
          ? html`<h2>En camino</h2>
              ${rows(underWay.map((request) => requestRow(visit, request)))}`
          : null
      }
      ${moreLinks([
        { href: "/mi/pedidos", words: "Mis pedidos" },
        { href: "/mi/visitas", words: "Mis visitas" },
        { href: "/mi/compras", words: "Comprar en grupo" },
        { href: "/precios", words: "Precios" },
      ])}
      <p class="quiet">
        ${
          organizations.length > 0
            ? `Usted es parte de ${joinWords(organizations.map(({ name: each }) => each))}.`
            : html`Usted no está en ninguna organización. <a href="/mi/organizacion">Ver cuáles hay cerca</a>`
        }
      </p>`,
  }),
});

/** By their first name, as neighbours do. */
function heading(name: string | null, matters: number): string {
  const [first] = (name ?? "").split(" ");
  const said =
    matters === 0
      ? "¿Qué necesita su chacra?"
      : matters === 1
        ? "Una cosa espera su respuesta"
        : `${matters} cosas esperan su respuesta`;
  if (!first) return said;
  return `${first}, ${said.replace(/^(¿?)(.)/, (_, mark: string, letter: string) => `${mark}${letter.toLowerCase()}`)}`;
}

const matterRow = ({ title, line, href, action }: Matter, index: number): Html =>
  row({ title, lines: [line], more: actionLink(href, action, { quiet: index > 0 }) });
