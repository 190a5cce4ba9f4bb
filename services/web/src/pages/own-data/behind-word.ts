import type { Html } from "../../design/html.ts";
import { empty } from "../../design/parts.ts";

/** Where somebody sets their word, and from where they then go on. */
export const wordAddress = (onward: string) => `/mi/datos/palabra?seguir=${encodeURIComponent(onward)}`;

/** In the place of what others of the house must not read: one step, and back to the page that it stands on. */
export const behindWord = (path: string): Html =>
  empty(
    "Varias personas usan su celular, y otra podría entrar con su nombre. Ponga su palabra secreta y aquí verá lo suyo.",
    { href: wordAddress(path), words: "Poner mi palabra secreta" },
  );
