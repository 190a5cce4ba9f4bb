import { html, type Content, type Html } from "../design/html.ts";
import { layout } from "../design/layout.ts";
import { misreadNotice } from "../visits/asked.ts";
import type { View } from "../visits/page.ts";
import type { Visit } from "../visits/visit.ts";
import { currentPage, isWithin, spacesOf, type Link, type Space } from "./spaces.ts";
import { standingOf, type Standing } from "./standing.ts";

const publicLinks: readonly Link[] = [
  { href: "/ofertas", words: "Ofertas" },
  { href: "/precios", words: "Precios" },
  { href: "/por-sms", words: "Por SMS" },
];

/** A page within what all pages share: where one is, where else one can go, what was just done. */
export async function frame(
  visit: Visit,
  view: View,
  notice: Content,
  known?: Promise<Standing>,
): Promise<Html> {
  const { path, person, config } = visit;
  const standing = person && (await (known ?? standingOf(visit)));
  const spaces = standing ? spacesOf(standing, person.operator) : [];
  const space = spaces.find(({ href, pages }) =>
    [href, ...pages.map((page) => page.href)].some((base) => isWithin(path, base)),
  );
  return layout({
    title: view.title,
    description: view.description,
    facts: view.facts,
    canonical: view.canonical,
    desk: view.desk ?? false,
    own: person !== null && !person.operator,
    offline: person !== null || isWithin(path, "/entrar"),
    links: [
      ...(person ? spaces : publicLinks).map((link) => linkTo(link, isWithin(path, link.href))),
      ...(config.simulator && !person
        ? [linkTo({ href: "/simulator", words: "Probar" }, path === "/simulator")]
        : []),
      person
        ? linkTo({ href: "/salir", words: "Salir" }, path === "/salir")
        : linkTo(
            {
              href: `/entrar${path === "/" || isWithin(path, "/entrar") ? "" : `?seguir=${encodeURIComponent(path)}`}`,
              words: "Entrar",
            },
            isWithin(path, "/entrar"),
          ),
    ],
    within: space ? pagesOf(space, path) : null,
    main: html`${person?.actedBy ? actingNote(standing?.name ?? null) : null}
    ${notice ? html`<p class="done" role="status">${notice}</p>` : null}${misreadNotice(visit)}${view.main}`,
  });
}

/** Names of organizations and shops; what Minka calls its own parts is shorter. */
const longName = 14;

const linkTo = ({ href, words }: Link, here: boolean): Html =>
  html`<a
    href="${href}"
    ${words.length > longName ? html` class="long"` : null}
    ${here ? html` aria-current="true"` : null}
    >${words}</a
  >`;

/** As many as a phone has room for in one or two lines; the others are a touch away. */
const shownAtOnce = { "/mi": 4, desk: 5 };

function pagesOf(space: Space, path: string): Html {
  const current = currentPage(space, path);
  const link = (one: Link) =>
    html`<a href="${one.href}" ${one === current ? html` aria-current="page"` : null}>${one.words}</a>`;
  const most = space.href === "/mi" ? shownAtOnce["/mi"] : shownAtOnce.desk;
  const place = current ? space.pages.indexOf(current) : 0;
  // Where one is, is always in sight.
  const first = space.pages.filter(
    (one, index) => one === current || index < (place < most ? most : most - 1),
  );
  const others = space.pages.filter((one) => !first.includes(one));
  return html`<nav class="within" aria-label="${space.words}">
    ${first.map(link)}${
      others.length > 0
        ? html`<details>
            <summary>Más</summary>
            ${others.map(link)}
          </details>`
        : null
    }
  </nav>`;
}

const actingNote = (name: string | null): Html =>
  html`<p class="notice">
    Usted hace esto por <strong>${name ?? "otra persona"}</strong>, que le dio permiso.
    <a href="/mi/por-otros">Dejar de hacerlo</a>
  </p>`;
