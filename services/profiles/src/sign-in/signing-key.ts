import { createHmac, createPrivateKey, createPublicKey, generateKeyPairSync, hkdfSync } from "node:crypto";
import { link, mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { newId } from "@minka/database/new-id";

export type SigningKey = {
  /** PEM; signs people's tokens and leaves this service in no form. */
  readonly privateKey: string;
  readonly publicKey: string;
  /** A six-digit code is guessed from a plain hash at once; this one needs the private key too. */
  readonly codeHash: (codeId: string, code: string) => string;
  /** The one token that follows a refresh token; who has only the older cannot compute it. */
  readonly refreshSuccessor: (token: string) => string;
  /** Addresses are few enough to be guessed from a plain hash. */
  readonly addressHash: (address: string) => string;
  /** Of a phone or a DNI that must not be written to again: all of them could be tried against a plain hash. */
  readonly refusalHash: (phoneOrDni: string) => string;
};

type Source = { tokenPrivateKey: string | undefined; dataDir: string | undefined };

export async function openSigningKey({ tokenPrivateKey, dataDir }: Source): Promise<SigningKey> {
  // Environment files often carry line breaks as \n.
  const privateKey = tokenPrivateKey?.replaceAll("\\n", "\n") ?? (await keptKey(dataDir ?? "."));
  const key = createPrivateKey(privateKey);
  if (key.asymmetricKeyType !== "ed25519") throw new Error("TOKEN_PRIVATE_KEY must be an Ed25519 key");
  const seed = key.export({ type: "pkcs8", format: "der" });
  const keyed = (purpose: string) => {
    const secret = Buffer.from(hkdfSync("sha256", seed, "", purpose, 32));
    return (text: string) => createHmac("sha256", secret).update(text).digest("base64url");
  };
  const hashCode = keyed("minka sign-in codes");
  return {
    privateKey,
    publicKey: createPublicKey(key).export({ type: "spki", format: "pem" }).toString(),
    codeHash: (codeId, code) => hashCode(`${codeId}:${code}`),
    refreshSuccessor: keyed("minka refresh tokens"),
    addressHash: keyed("minka addresses"),
    refusalHash: keyed("minka refusals"),
  };
}

/** The key of a data directory, made at the first start. Linking it whole into place lets one maker win. */
async function keptKey(dataDir: string): Promise<string> {
  const file = join(dataDir, "token-private-key.pem");
  const known = await readFile(file, "utf8").catch(unlessMissing);
  if (known !== undefined) return known;
  await mkdir(dataDir, { recursive: true, mode: 0o700 });
  const made = `${file}.${newId()}`;
  const { privateKey } = generateKeyPairSync("ed25519");
  await writeFile(made, privateKey.export({ type: "pkcs8", format: "pem" }), { mode: 0o600, flag: "wx" });
  try {
    await link(made, file);
  } catch (error) {
    if (codeOf(error) !== "EEXIST") throw error;
  } finally {
    await rm(made);
  }
  return readFile(file, "utf8");
}

function unlessMissing(error: unknown): undefined {
  if (codeOf(error) !== "ENOENT") throw error;
}

function codeOf(error: unknown): unknown {
  return error instanceof Error && "code" in error ? error.code : undefined;
}
