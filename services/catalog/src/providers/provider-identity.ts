import type { LenderEntry, registerProvider } from "@minka/contracts/providers";
import type { HandlerInput } from "@minka/contracts/endpoint";
import { DomainError, type FieldError } from "@minka/domain/errors";
import { isDni, isRuc } from "@minka/domain/identity-documents";
import { isLenderNumber, readLenderNumber } from "@minka/domain/lender-registers";

type Registered = HandlerInput<typeof registerProvider>["body"];
export type Identity = Pick<Registered, "form" | "kinds" | "document" | "organizationId" | "lenderRegister">;

/** The lender's entry with its number as the register writes it. */
export function readLenderEntry(entry: LenderEntry | null | undefined): LenderEntry | null {
  return entry ? { ...entry, number: readLenderNumber(entry.register, entry.number) } : null;
}

/** Throws `identity-wrong` (422) with each field that a provider of this form cannot have. */
export function refuseWrongIdentity({ form, document, organizationId, lenderRegister }: Identity): void {
  const errors = [
    ...(document ? wrongDocument(form, document) : []),
    ...(organizationId && form !== "organization"
      ? [{ path: "body.organizationId", message: "is for a provider of form organization" }]
      : []),
    ...(lenderRegister ? wrongRegister(lenderRegister) : []),
  ];
  if (errors.length === 0) return;
  throw new DomainError("invalid", "identity-wrong", "Some of what says who the provider is is not valid.", {
    errors,
  });
}

function wrongDocument(
  form: Identity["form"],
  { type, number }: NonNullable<Identity["document"]>,
): FieldError[] {
  const wrong = (field: string, message: string) => [{ path: `body.document.${field}`, message }];
  if (type === "dni") {
    if (form !== "person") return wrong("type", "is a RUC for companies and organizations");
    return isDni(number) ? [] : wrong("number", "a DNI has eight digits");
  }
  if (!isRuc(number)) return wrong("number", "a RUC has eleven digits, the last a check digit");
  if (form === "organization" && !number.startsWith("20"))
    return wrong("number", "an organization's RUC begins with 20");
  if (form === "person" && number.startsWith("20"))
    return wrong("number", "a person's RUC begins with 10, 15 or 17");
  return [];
}

function wrongRegister({ register, number, name }: LenderEntry): FieldError[] {
  const wrong = (field: string, message: string) => [{ path: `body.lenderRegister.${field}`, message }];
  if (register === "other" && name === undefined) return wrong("name", "says whose register it is");
  if (isLenderNumber(register, readLenderNumber(register, number))) return [];
  const forms = {
    sbs: "number and year of the SBS's resolution, such as 4977-2018",
    sbs_coopac: "as the register of cooperatives writes it, such as 0142-2019-REG.COOPAC-SBS",
    other: "capitals, digits and . / - with at least one digit",
  };
  return wrong("number", forms[register]);
}

type Complete = {
  form: Identity["form"];
  kinds: Identity["kinds"];
  documentNumber: string | null;
  lenderRegister: LenderEntry | null;
};

/** Throws `provider-incomplete` (409) for a draft that nobody could verify. */
export function refuseIncomplete({ form, kinds, documentNumber, lenderRegister }: Complete): void {
  const errors = [
    ...(form === "company" && documentNumber === null
      ? [{ path: "document", message: "a company has a RUC" }]
      : []),
    ...(kinds.includes("lender") && lenderRegister === null
      ? [{ path: "lenderRegister", message: "a lender is registered with the SBS or another register" }]
      : []),
  ];
  if (errors.length === 0) return;
  throw new DomainError("conflict", "provider-incomplete", "This provider cannot be submitted yet.", {
    errors,
  });
}
