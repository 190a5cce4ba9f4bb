import type { ScorePart } from "@minka/contracts/weights";

/** What a rank is made of, as whoever sets the weights reads it. */
export const scorePartWords: Readonly<Record<ScorePart, string>> = {
  fit: "Sabe de lo que se pide",
  distance: "Cercanía",
  price: "Precio",
  rating: "Notas",
  answering: "Contesta",
  speed: "Contesta rápido",
  completion: "Cumple",
  room: "Tiene tiempo",
  freshness: "Confirmó hace poco",
  women: "Piensa en las mujeres",
  help: "Sirvió a otros",
  discovery: "Recién empieza",
  rotation: "Turno entre iguales",
};
