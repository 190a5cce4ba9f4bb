import axe from "axe-core";
import type { Page } from "playwright-core";

/** In the page: what sticks out, and what a thumb would miss. Links within a sentence are let be, as WCAG 2.5.8 does. */
const measure = `({
  overflow: Math.max(0, document.documentElement.scrollWidth - innerWidth),
  small: [...document.querySelectorAll("a, button, select, textarea, input:not([type=hidden], [type=checkbox], [type=radio]), summary, label.option")]
    .filter((element) => !element.matches("p a, dd a, caption a, figcaption a, .skip, td a, li.quiet a") && element.checkVisibility())
    .filter((element) => element.getBoundingClientRect().height < 43.5)
    .map((element) => element.outerHTML.slice(0, 120)),
})`;

const audit = `axe.run(document, { resultTypes: ["violations"], runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"] })
  .then(({ violations }) => violations.flatMap(({ id, nodes }) => nodes.map(({ html, failureSummary }) => id + ": " + html.slice(0, 160) + " " + failureSummary.slice(0, 160))))`;

type Found = { overflow: number; small: string[] };

/** By how many pixels the page in the browser is wider than its window. */
export const overflowOf = async (page: Page): Promise<number> =>
  (await page.evaluate<Found>(measure)).overflow;

/** What keeps somebody from reading the page in the browser, or from using it. */
export async function faultsOf(page: Page): Promise<string[]> {
  const { overflow, small } = await page.evaluate<Found>(measure);
  await page.evaluate(axe.source);
  const violations = await page.evaluate<string[]>(audit);
  return [...(overflow > 0 ? [`${overflow} pixels stick out`] : []), ...small, ...violations];
}
