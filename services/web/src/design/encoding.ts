/** The best encoding that a client accepts, or null for none. `q=0` is a refusal. */
export function chooseEncoding(accepted: string | string[] | undefined): "br" | "gzip" | null {
  const offers = String(accepted ?? "")
    .toLowerCase()
    .split(",")
    .map((part) =>
      part
        .trim()
        .split(";")
        .map((piece) => piece.trim()),
    )
    .filter((pieces) => !pieces.slice(1).some((piece) => /^q=0(\.0*)?$/.test(piece)))
    .map(([name]) => name);
  if (offers.includes("br")) return "br";
  return offers.includes("gzip") ? "gzip" : null;
}
