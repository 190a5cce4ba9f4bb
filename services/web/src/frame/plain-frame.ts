import { html, type Content, type Html } from "../design/html.ts";
import { layout } from "../design/layout.ts";

/** A page whose sender knows nothing of who looks at it: errors, and what a link from an SMS opens. */
export function plainFrame(page: {
  title: string;
  main: Content;
  withSimulator?: boolean;
  simulator?: boolean;
}): Html {
  return layout({
    title: page.title,
    main: page.main,
    simulator: page.simulator ?? false,
    links: html`<a href="/ofertas">Ofertas</a>
      ${page.withSimulator ? html`<a href="/simulator">Probar</a>` : null} <a href="/mi">Entrar</a>`,
  });
}
