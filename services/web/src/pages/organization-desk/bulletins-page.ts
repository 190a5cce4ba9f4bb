import { listBulletins } from "@minka/contracts/bulletins";
import { html } from "../../design/html.ts";
import { actionLink, empty, pager, row, rows, stateMark } from "../../design/parts.ts";
import { signedPage } from "../../visits/page.ts";
import { bulletinMark, momentWords } from "./bulletin-words.ts";
import { deskPath, readDesk, type DeskVisit } from "./own-organization.ts";

/** What the organization has told its members at once. */
export const bulletinsPage = signedPage("/mi-organizacion/:organizationId/avisos")({
  read: async (visit: DeskVisit) => {
    const { organizationId } = visit.params;
    const cursor = visit.query["desde"];
    const [desk, page] = await Promise.all([
      readDesk(visit),
      (cursor && (await visit.callIfAny(listBulletins, { query: { organizationId, limit: 20, cursor } }))) ||
        visit.call(listBulletins, { query: { organizationId, limit: 20 } }),
    ]);
    return { desk, page };
  },
  show: (visit: DeskVisit, { page }) => {
    const drafts = page.items.filter(({ state }) => state === "draft").length;
    return {
      title: "Avisos",
      desk: true,
      main: html`<h1>
          ${drafts === 0 ? "Avisos a todas las socias y los socios" : drafts === 1 ? "1 aviso falta enviar" : `${drafts} avisos faltan enviar`}
        </h1>
        <p class="lead">
          Un SMS para quienes aceptaron recibir avisos. La organización manda dos en siete días como mucho.
        </p>
        <p>${actionLink(deskPath(visit, "/avisos/nuevo"), "Escribir un aviso")}</p>
        ${
          page.items.length === 0
            ? empty("Todavía no mandaron ninguno. Sirve para una asamblea, un acopio o una plaga que llega.")
            : html`${rows(
                page.items.map((bulletin) =>
                  row({
                    title: bulletin.title,
                    href: deskPath(visit, `/avisos/${bulletin.id}`),
                    side: stateMark(...bulletinMark(bulletin)),
                    lines: [`Escrito ${momentWords(bulletin.createdAt, visit.today)}`, bulletin.text],
                  }),
                ),
              )}
              ${pager(visit.path, visit.query, page.next)}`
        }`,
    };
  },
});
