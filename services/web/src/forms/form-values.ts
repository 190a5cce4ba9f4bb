/** A price list or a list of members; what is larger is no list of this field. */
export const largestFile = 5 * 1024 * 1024;
export const largestFileWords = "5 MB";

/** A file as a form brings it. */
export type UploadedFile = {
  readonly fileName: string;
  readonly contentType: string;
  readonly bytes: Uint8Array;
  /** It is larger than what is taken: its bytes are not here. */
  readonly tooLarge?: boolean;
};

/** What a form sent: each field's text, several texts where its name came several times, or a file. */
export type FormValues = Readonly<Record<string, string | readonly string[] | UploadedFile>>;

/** Fields that every form brings beside its own. */
export const hiddenFields = { command: "clave", person: "quien", action: "accion" } as const;

export const isFile = (value: unknown): value is UploadedFile =>
  typeof value === "object" && value !== null && "bytes" in value;

export function textOf(values: FormValues, name: string): string | undefined {
  const value = values[name];
  if (typeof value === "string") return value;
  return Array.isArray(value) ? String(value[0]) : undefined;
}
