import { html, type Content, type Html } from "./html.ts";

/** What pages are made of. Each part is shown, with its rules, on the page /diseno. */

/** A list's item: one strong line, one quiet line, what it costs or how it stands at the right, what to do below. */
export function row({
  title,
  href,
  ahead = false,
  side,
  lines = [],
  more,
}: {
  readonly title: Content;
  readonly href?: string;
  /** The page it leads to is kept for when there is no signal, before anybody opens it. */
  readonly ahead?: boolean;
  readonly side?: Content;
  readonly lines?: readonly Content[];
  readonly more?: Content;
}): Html {
  return html`<li>
    <div class="line">
      <p class="title">
        ${href ? html`<a href="${href}" ${ahead ? html` data-guardar` : null}>${title}</a>` : title}
      </p>
      ${side ? html`<div class="side">${side}</div>` : null}
    </div>
    ${lines.filter(Boolean).map((line) => html`<p class="quiet">${line}</p>`)}${more}
  </li>`;
}

export const rows = (items: readonly Html[]): Html =>
  html`<ul class="rows">
    ${items}
  </ul>`;

/** An empty list says why it is empty and offers the next step. */
export function empty(why: Content, next?: { readonly href: string; readonly words: string }): Html {
  return html`<div class="empty">
    <p>${why}</p>
    ${next ? html`<p><a class="action" href="${next.href}">${next.words}</a></p>` : null}
  </div>`;
}

export const actionLink = (href: string, words: Content, { quiet = false } = {}): Html =>
  html`<a class="action${quiet ? " quiet-button" : ""}" href="${href}">${words}</a>`;

/** Done, going on, waiting for somebody, wrong: a word with a colour and a shape, never a colour alone. */
export type Tone = "good" | "going" | "waiting" | "bad" | "over";

export const stateMark = (words: Content, tone: Tone): Html =>
  html`<span class="state ${tone}">${words}</span>`;

/** Who has the ball, and until when. */
export const waits = (words: Content): Html => html`<p class="waits">${words}</p>`;

/** What somebody should look at before they go on. */
export const notice = (words: Content): Html => html`<p class="notice">${words}</p>`;

/** Names and values: what one looks up. */
export function facts(list: readonly (readonly [term: Content, value: Content] | null | false)[]): Html {
  return html`<dl class="facts">
    ${list
      .filter((entry) => entry !== null && entry !== false)
      .map(
        ([term, value]) =>
          html`<div>
            <dt>${term}</dt>
            <dd>${value}</dd>
          </div>`,
      )}
  </dl>`;
}

/** How far something is, as a woven band; the words beside it say the same. */
export function progress({ part, whole, words }: { part: number; whole: number; words: Content }): Html {
  const share = whole > 0 ? Math.max(0, Math.min(1, part / whole)) : 0;
  const width = Math.round(share * 240);
  return html`<div class="progress">
    <svg viewBox="0 0 240 12" preserveAspectRatio="none" aria-hidden="true" focusable="false">
      <rect class="rest" width="240" height="12" />
      <rect class="part" width="${width}" height="12" />
      ${width > 0 ? html`<path class="weave" d="${weave(width)}" />` : null}
    </svg>
    <p>${words}</p>
  </div>`;
}

/** Steps of the mark, as far as the bar goes. */
function weave(width: number): string {
  const steps: string[] = [];
  for (let x = 0; x + 14 <= width; x += 16) steps.push(`M${x} 12h14V9h-3V6h-3V3h-2v3h-3v3h-3z`);
  return steps.join("");
}

/** Steps of something that goes on: what was, what is now, what comes. */
export function steps(
  list: readonly { words: Content; when?: Content; state: "past" | "now" | "next" }[],
): Html {
  return html`<ol class="steps">
    ${list.map(({ words, when, state }) => html`<li class="${state}" ${state === "now" ? html` aria-current="step"` : null}>${words}${when ? html`<small>${when}</small>` : null}</li>`)}
  </ol>`;
}

/** Links that choose between views of one list. */
export function chips(
  label: string,
  links: readonly { href: string; words: Content; current: boolean }[],
): Html {
  return html`<nav aria-label="${label}">
    <ul class="chips">
      ${links.map(({ href, words, current }) => html`<li><a href="${href}" ${current ? html` aria-current="true"` : null}>${words}</a></li>`)}
    </ul>
  </nav>`;
}

/** With fewer, all are seen at a glance. */
const fewRows = 6;

/** A list by state; nothing where there is too little of it to be divided. */
export function stateChips<State extends string>(
  { path, query }: { path: string; query: Readonly<Record<string, string | undefined>> },
  {
    label = "Por estado",
    all = "Todos",
    states,
    current,
    rows: shown,
  }: {
    label?: string;
    all?: string;
    states: readonly (readonly [State, string])[];
    current: State | undefined;
    rows: number;
  },
): Content {
  if (current === undefined && shown < fewRows && !query["desde"]) return null;
  return chips(label, [
    { href: path, words: all, current: current === undefined },
    ...states.map(([state, words]) => ({
      href: withQuery(path, { estado: state }),
      words,
      current: state === current,
    })),
  ]);
}

/** Where else to go from here, one beside the other. */
export const moreLinks = (links: readonly ({ href: string; words: Content } | null)[]): Html =>
  html`<p class="pager">
    ${links.map((link) => (link ? html`<a class="more" href="${link.href}">${link.words}</a>` : null))}
  </p>`;

/** To the next page of a list, and back to its beginning; a page with several lists says which one. */
export function pager(
  path: string,
  query: Readonly<Record<string, string | undefined>>,
  next: string | null,
  name = "desde",
): Content {
  const address = (cursor: string | null) =>
    withQuery(path, { ...query, [name]: cursor ?? undefined, hecho: undefined });
  if (!next && !query[name]) return null;
  return html`<p class="pager">
    ${query[name] ? html`<a class="more" href="${address(null)}">Volver al comienzo</a>` : null}
    ${next ? html`<a class="more" href="${address(next)}">Ver más</a>` : null}
  </p>`;
}

export function withQuery(
  path: string,
  query: Readonly<Record<string, string | number | null | undefined>>,
): string {
  const parameters = new URLSearchParams();
  for (const [name, value] of Object.entries(query))
    if (value !== undefined && value !== null && value !== "") parameters.set(name, String(value));
  return parameters.size > 0 ? `${path}?${parameters.toString()}` : path;
}
