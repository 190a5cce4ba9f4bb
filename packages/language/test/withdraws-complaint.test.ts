import { expect, it } from "vitest";
import { interpret } from "@minka/language/interpret";
import { withdrawsComplaint } from "@minka/language/withdraws-complaint";

const heard = (text: string) => interpret(text, "idle").intent;

it.each(
  `ninguna queja
no tengo queja
sin queja alguna
no hay reclamo
no fue estafa
no es una queja
el tecnico no me estafo
no tengo ninguna queja del tecnico
me robaron la moto`.split("\n"),
)("complains of nobody: %s", (text) => {
  expect(heard(text)).toBe("unknown");
});

it.each(["no vino quiero poner una queja", "el tecnico me robo", "me robaron en el peso"])(
  "complains: %s",
  (text) => {
    expect([heard(text), withdrawsComplaint(text)]).toEqual(["complain", false]);
  },
);

it.each(["quiero retirar mi queja", "me equivoque no era queja", "anulen mi reclamo"])(
  "takes a complaint back: %s",
  (text) => {
    expect(withdrawsComplaint(text)).toBe(true);
  },
);

it("hears the need that is told beside a denied complaint", () => {
  expect(heard("no tengo queja pero necesito un tecnico para la roya")).toBe("request_assistance");
});
