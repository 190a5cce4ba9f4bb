import { createCipheriv, createDecipheriv, createHash, createHmac, hkdfSync, randomBytes } from "node:crypto";
import { z } from "zod";

const contents = z.object({
  personId: z.uuid(),
  /** As the token said when it was issued: for what is offered on a page, never for what is allowed. */
  operator: z.boolean(),
  accessToken: z.string(),
  accessUntil: z.iso.datetime(),
  refreshToken: z.string(),
  /** Set while this person acts for another who agreed. */
  acting: z
    .object({
      personId: z.uuid(),
      organizationId: z.uuid().optional(),
      accessToken: z.string(),
      accessUntil: z.iso.datetime(),
    })
    .nullable(),
});
export type SessionContents = z.output<typeof contents>;

const form = z.object({
  /** Where it was being sent, as a path with its query. */
  address: z.string(),
  /** The page there, by its path with the names of what it is about, and these. */
  page: z.string(),
  params: z.record(z.string(), z.string()),
  /** Of whose page it stood on. */
  tag: z.string(),
  fields: z.array(z.tuple([z.string(), z.string()])),
  withFile: z.boolean(),
});
/** A form that could not be taken, since who sent it was no longer signed in. */
export type InterruptedForm = z.output<typeof form>;

export type Keys = {
  seal(sessionId: string, contents: SessionContents): string;
  /** Null for what another key sealed, or what was sealed for another session. */
  open(sessionId: string, sealed: string): SessionContents | null;
  sealForm(id: string, form: InterruptedForm): string;
  openForm(id: string, sealed: string): InterruptedForm | null;
  /** The cookie's next value, always the same for the same one: an answer that got lost can be given again. */
  successor(key: string): string;
  /** What tells pages of one person from another's without saying who it is. */
  tag(whoever: string): string;
};

/** AES-256-GCM with keys derived from the secret that Minka's services share; the row's id is authenticated. */
export function sessionKeys(secret: string): Keys {
  const derive = (purpose: string) => Buffer.from(hkdfSync("sha256", secret, "minka-web", purpose, 32));
  const [sealing, forms, succession, tagging] = ["seal", "interrupted", "succession", "tag"].map(derive) as [
    Buffer,
    Buffer,
    Buffer,
    Buffer,
  ];
  return {
    seal: (sessionId, value) => encrypt(sealing, sessionId, value),
    open: (sessionId, sealed) => decrypt(sealing, sessionId, sealed, contents),
    sealForm: (id, value) => encrypt(forms, id, value),
    openForm: (id, sealed) => decrypt(forms, id, sealed, form),
    successor: (key) => createHmac("sha256", succession).update(key).digest("base64url"),
    tag: (whoever) => createHmac("sha256", tagging).update(whoever).digest("base64url").slice(0, 16),
  };
}

function encrypt(key: Buffer, id: string, value: unknown): string {
  const nonce = randomBytes(12);
  const cipher = createCipheriv("aes-256-gcm", key, nonce).setAAD(Buffer.from(id));
  const text = Buffer.concat([cipher.update(JSON.stringify(value)), cipher.final()]);
  return Buffer.concat([nonce, cipher.getAuthTag(), text]).toString("base64");
}

function decrypt<Schema extends z.ZodType>(
  key: Buffer,
  id: string,
  sealed: string,
  schema: Schema,
): z.output<Schema> | null {
  try {
    const bytes = Buffer.from(sealed, "base64");
    const decipher = createDecipheriv("aes-256-gcm", key, bytes.subarray(0, 12))
      .setAAD(Buffer.from(id))
      .setAuthTag(bytes.subarray(12, 28));
    const text = Buffer.concat([decipher.update(bytes.subarray(28)), decipher.final()]).toString();
    return schema.parse(JSON.parse(text));
  } catch {
    return null;
  }
}

export const newSessionKey = (): string => randomBytes(32).toString("base64url");
export const keyHash = (key: string): string => createHash("sha256").update(key).digest("base64url");
