import { randomBytes } from "node:crypto";
import { mkdir, readFile, rename, writeFile } from "node:fs/promises";
import { join } from "node:path";

/** A random secret of this installation, made on first use and kept in the data folder (0600). */
export async function keptSecret(dataDir: string, name: string): Promise<string> {
  const folder = join(dataDir, "secrets");
  const file = join(folder, name);
  const kept = await readFile(file, "utf8").catch((error: NodeJS.ErrnoException) => {
    // One that exists and cannot be read must not be replaced: everything else was set up with it.
    if (error.code !== "ENOENT") throw error;
    return "";
  });
  if (kept.length >= 32) return kept;
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const secret = randomBytes(32).toString("base64url");
  // Written aside and renamed, so that a kill in between leaves no half secret.
  await writeFile(`${file}.new`, secret, { mode: 0o600 });
  await rename(`${file}.new`, file);
  return secret;
}
