/**
 * Stands in for `@rc-component/util/es/Dom/dynamicCSS` in the build (vite/adopted-styles.ts): the same exports, but the rules go
 * into style sheets that the document adopts. The content security policy restricts `<style>` elements, not those.
 */
const sheets = new Map<string, CSSStyleSheet>();
let unnamed = 0;

/** The element is only a mark for callers that remember it; it never enters the document. */
function mark(): HTMLStyleElement {
  return document.createElement("style");
}

export function updateCSS(css: string, key: string): HTMLStyleElement {
  const known = sheets.get(key);
  const sheet = known ?? new CSSStyleSheet();
  sheet.replaceSync(css);
  if (known === undefined) {
    sheets.set(key, sheet);
    document.adoptedStyleSheets.push(sheet);
  }
  return mark();
}

export function injectCSS(css: string): HTMLStyleElement {
  unnamed += 1;
  return updateCSS(css, `unnamed-${unnamed}`);
}

export function removeCSS(key: string): void {
  const sheet = sheets.get(key);
  if (sheet === undefined) return;
  sheets.delete(key);
  document.adoptedStyleSheets = document.adoptedStyleSheets.filter((other) => other !== sheet);
}

export function clearContainerCache(): void {
  sheets.clear();
}
