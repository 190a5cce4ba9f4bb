import type { FastifyRequest } from "fastify";
import type { FormValues, UploadedFile } from "../forms/form-values.ts";

/** The fields and files of a form, whichever way the browser packed them. */
export async function readForm(request: FastifyRequest): Promise<FormValues> {
  if (!request.isMultipart()) return (request.body ?? {}) as FormValues;
  const values: Record<string, string | string[] | UploadedFile> = {};
  for await (const part of request.parts()) {
    if (part.type === "file") {
      const bytes = await part.toBuffer();
      const { filename: fileName, mimetype: contentType } = part;
      values[part.fieldname] = part.file.truncated
        ? { fileName, contentType, bytes: new Uint8Array(), tooLarge: true }
        : { fileName, contentType, bytes };
      continue;
    }
    const [value, before] = [String(part.value), values[part.fieldname]];
    if (before === undefined) values[part.fieldname] = value;
    else if (typeof before === "string") values[part.fieldname] = [before, value];
    else if (Array.isArray(before)) before.push(value);
  }
  return values;
}
