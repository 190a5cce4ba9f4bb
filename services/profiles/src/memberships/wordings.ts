/** A name as texts of one SMS bear it: whole words up to 40 characters, or fewer where a text has two names. */
export function shortName(name: string | null, most = longest): string {
  if (name === null) return "Una persona";
  if (name.length <= most) return name;
  const cut = name.slice(0, most);
  const space = cut.lastIndexOf(" ");
  return space > 0 ? cut.slice(0, space) : cut;
}

const longest = 40;
