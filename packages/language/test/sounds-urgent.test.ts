import { soundsUrgent } from "@minka/language/sounds-urgent";
import { expect, test } from "vitest";

test.each([
  "urgente la monilia",
  "URJENTE tecnico",
  "apurence se me muere el cacao",
  "nesecito que vengan hoy mismo",
  "la roya avanza muy rapido",
  "se estan muriendo mis plantas",
  "la plaga se esta comiendo todo",
  "me urge un tecnico, la broca",
  "voy a perder mi cosecha",
])("'%s' does not wait", (text) => {
  expect(soundsUrgent(text)).toBe(true);
});

test.each([
  "tecnico para la monilia por favor!!!",
  "por favor lo mas pronto posible",
  "no es urgente, tengo escoba de bruja",
  "sin apuro, cuando pueda",
  "tengo roya en mi cafe",
  "buenas ing, ayudeme con la broca gracias",
  "quiero cosechar hoy",
])("'%s' may wait", (text) => {
  expect(soundsUrgent(text)).toBe(false);
});
