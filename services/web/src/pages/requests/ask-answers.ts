import type { Need } from "@minka/contracts/need";
import {
  cropStates,
  crops,
  equipmentProducts,
  hiredServices,
  inputProducts,
  quantityUnits,
  topics,
  usualUnits,
  type Kind,
} from "@minka/domain/vocabulary";
import { z } from "zod";
import { withQuery } from "../../design/parts.ts";
import * as kinds from "../../forms/field-kinds.ts";

/** Kinds that are asked for here; a loan is asked for where loans are compared. */
export type AskedKind = Exclude<Kind, "credit">;

const common = {
  /** The offer that they have picked themselves. */
  oferta: kinds.optionalId(),
  distrito: kinds.district().required,
  caserio: kinds.text(80).optional,
};
const crop = kinds.choice(crops);
const topic = kinds.choice(topics);
const count = {
  cantidad: kinds.decimal({ least: 0.01 }).optional,
  unidad: kinds.choice(quantityUnits).optional,
};

/** What the form of each kind holds: only what finding somebody needs. */
export const askAnswers = z.discriminatedUnion("tipo", [
  z.object({
    tipo: z.literal("assistance"),
    tema: topic.optional,
    cultivo: crop.optional,
    urgente: kinds.tick(),
    mujer: kinds.tick(),
    ...common,
  }),
  z.object({
    tipo: z.literal("training"),
    tema: topic.optional,
    cultivo: crop.optional,
    mujer: kinds.tick(),
    ...common,
  }),
  z.object({
    tipo: z.literal("input"),
    producto: kinds.choice(inputProducts, "Elija qué quiere comprar.").required,
    ...count,
    ...common,
  }),
  z.object({
    tipo: z.literal("equipment"),
    producto: kinds.choice(equipmentProducts, "Elija qué busca.").required,
    cantidad: kinds.wholeNumber({ least: 1, most: 1_000 }).optional,
    ...common,
  }),
  z.object({
    tipo: z.literal("purchase"),
    cultivo: kinds.choice(crops, "Elija qué quiere vender.").required,
    estado: kinds.choice(cropStates).optional,
    ...count,
    ...common,
  }),
  z.object({
    tipo: z.literal("service"),
    servicio: kinds.choice(hiredServices, "Elija qué necesita.").required,
    cultivo: crop.optional,
    ...common,
  }),
]);
export type AskAnswers = z.output<typeof askAnswers>;

/** What is asked for, as services know it: without a unit that was said, what the thing is usually counted in. */
export function needOf(answers: AskAnswers): Need {
  switch (answers.tipo) {
    case "assistance": {
      const { tema: topic, cultivo, urgente } = answers;
      return { kind: "assistance", topic, crop: cultivo, urgency: urgente ? "urgent" : undefined };
    }
    case "training":
      return { kind: "training", topic: answers.tema, crop: answers.cultivo };
    case "input":
      return { kind: "input", product: answers.producto, ...measured(answers, usualUnits[answers.producto]) };
    case "equipment":
      return {
        kind: "equipment",
        product: answers.producto,
        ...measured({ cantidad: answers.cantidad }, "unit"),
      };
    case "purchase":
      return {
        kind: "purchase",
        crop: answers.cultivo,
        state: answers.estado,
        ...measured(answers, "kg"),
      };
    case "service":
      return { kind: "service", service: answers.servicio, crop: answers.cultivo };
  }
}

function measured(
  { cantidad, unidad }: { cantidad: number | undefined; unidad?: Need["unit"] },
  usual: NonNullable<Need["unit"]>,
): Pick<Need, "quantity" | "unit"> {
  return cantidad === undefined ? {} : { quantity: cantidad, unit: unidad ?? usual };
}

/** Answers as they travel: in the address from screen to screen, in hidden fields of the last. */
export function writtenAnswers(answers: AskAnswers): Record<string, string> {
  return Object.fromEntries(
    Object.entries(answers).flatMap(([name, value]) =>
      value === undefined || value === false ? [] : [[name, value === true ? "si" : String(value)]],
    ),
  );
}

export const askPath = "/pedir";

/** The last screen, where what was answered is read again before it is sent. */
export const checkAddress = (answers: AskAnswers) =>
  withQuery(askPath, { ...writtenAnswers(answers), paso: "enviar" });
