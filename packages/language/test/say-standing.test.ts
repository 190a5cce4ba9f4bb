import { providerCertificates } from "@minka/contracts/provider-details";
import { standingReasons } from "@minka/contracts/standings";
import { expect, test } from "vitest";
import { sayStandingReason } from "../src/say-standing.ts";

const today = "2026-11-21";
/** As matching gives them. */
const parameters = {
  state: "draft",
  until: "2026-11-30",
  count: 3,
  restsAt: 5,
  percent: 40,
  hours: 6,
  mean: 3.4,
};

test("every reason that lowers a standing has words, and words for what helps", () => {
  for (const code of Object.keys(standingReasons)) {
    for (const certificate of code.startsWith("certificate-") ? providerCertificates : [""]) {
      const dated: Record<string, string> = certificate ? { certificate, day: "2026-12-24" } : {};
      const words = sayStandingReason({ code, parameters: { ...parameters, ...dated } }, today);
      // No gap left, and no code where a word belongs.
      expect(words, code).toMatchObject({ why: expect.not.stringMatching(/[{}_]/) });
      expect(words?.advice, code).toMatch(/^[A-ZÁÉÍÓÚ][^{}_]+\.$/);
    }
  }
});

test("days are said as people say them", () => {
  const parameters = { certificate: "school_of_excellence", day: "2026-12-24" };
  expect(sayStandingReason({ code: "certificate-expires", parameters }, today)).toEqual({
    why: "Vence el 24 de diciembre su certificado: escuela de excelencia",
    advice: "Renuévelo antes de ese día.",
  });
  expect(sayStandingReason({ code: "of-tomorrow", parameters: {} }, today)).toBeNull();
});
