/** What the browser is to remember, or forget, on its way. */
export type CookieChange =
  | { readonly cookie: "session"; readonly key: string; readonly until: Date }
  | { readonly cookie: "session"; readonly key: null }
  /** The phone that a code was sent to, while it is being typed. */
  | { readonly cookie: "entering"; readonly phone: string | null }
  /** What was being sent when the sign-in was over. */
  | { readonly cookie: "interrupted"; readonly id: string | null };

/** Where a browser goes after something was done. */
export class Destination {
  readonly path: string;
  /** One of the notices of the page there. */
  readonly notice: string | null;
  readonly cookies: readonly CookieChange[];

  constructor(path: string, notice: string | null, cookies: readonly CookieChange[]) {
    this.path = path;
    this.notice = notice;
    this.cookies = cookies;
  }
}

/**
 * After an action: `goTo("/mi/pedidos", "enviado")`. The second names one of the notices of the page there, which
 * says its own words for it.
 */
export function goTo(path: string, notice?: string, cookies: readonly CookieChange[] = []): Destination {
  return new Destination(path, notice ?? null, cookies);
}

/** A path of this site and nothing else: what an address asks to be sent on to. */
export function safePath(written: string | undefined, otherwise: string): string {
  if (written === undefined || !/^\/(?![/\\])[\w\-./?=&%~,:;+]*$/.test(written)) return otherwise;
  return written;
}
