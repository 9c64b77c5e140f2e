/** Small choices kept in the browser; without storage (a locked-down browser) they last as long as the page. */
const page = new Map<string, string>();

export function remembered(name: string): string | null {
  try {
    return localStorage.getItem(`desk.${name}`) ?? page.get(name) ?? null;
  } catch {
    return page.get(name) ?? null;
  }
}

export function remember(name: string, value: string): void {
  page.set(name, value);
  try {
    localStorage.setItem(`desk.${name}`, value);
  } catch {
    // The page's own memory holds it.
  }
}
