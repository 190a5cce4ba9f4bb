import { HtmlValidate } from "html-validate/node";

const validator = new HtmlValidate({
  root: true,
  extends: ["html-validate:standard", "html-validate:a11y"],
  rules: {
    // Taste, and what the templates decide once for all.
    "attribute-boolean-style": "off",
    "attribute-empty-style": "off",
    "doctype-style": "off",
    "no-implicit-button-type": "off",
    "no-raw-characters": "off",
    "no-trailing-whitespace": "off",
    "void-style": "off",
    "long-title": "off",
    "require-sri": "off",
    // A session's pages have several navigations, each named.
    "unique-landmark": "error",
  },
});

/** What is wrong with a page's HTML, in lines a person can act on; none where it is valid. */
export function htmlFaults(html: string): string[] {
  const report = validator.validateStringSync(html);
  return report.results.flatMap(({ messages }) =>
    messages.map(
      ({ ruleId, message, line, selector }) => `${ruleId}: ${message} (${selector ?? `line ${line}`})`,
    ),
  );
}
