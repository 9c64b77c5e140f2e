import { fileURLToPath } from "node:url";
import type { Plugin } from "vite";

const REPLACED = /@rc-component\/util\/es\/Dom\/dynamicCSS(\.js)?$/;
const RELATIVE = /^\.{1,2}\/(?:.*\/)?(?:Dom\/)?dynamicCSS(\.js)?$/;
const TEXT_AREA = /@rc-component\/input\/es\/calculateNodeHeight\.js$/;
const STYLE_ATTRIBUTE = "hiddenTextarea.setAttribute('style', `${sizingStyle};${HIDDEN_TEXTAREA_STYLE}`);";
const STYLE_OBJECT = "hiddenTextarea.style.cssText = `${sizingStyle};${HIDDEN_TEXTAREA_STYLE}`;";

/**
 * antd writes `<style>` elements and one `style` attribute at run time, which `style-src 'self'` forbids even with `zeroRuntime`
 * (34 violations in a tour of the components). Style sheets adopted by the document, and CSSOM, are free of that rule. The build
 * fails when antd's text is no longer what is replaced here, so an update cannot bring the violations back unseen.
 */
export function adoptedStyles(): Plugin {
  const replaced = { styles: false, textArea: false };
  return {
    name: "yichuang:adopted-styles",
    enforce: "pre",
    apply: "build",
    resolveId(source, importer) {
      const fromUtil = importer !== undefined && /@rc-component\/util\//.test(importer) && RELATIVE.test(source);
      if (!REPLACED.test(source) && !fromUtil) return null;
      replaced.styles = true;
      return fileURLToPath(new URL("../src/dynamic-css.ts", import.meta.url));
    },
    transform(code, id) {
      if (!TEXT_AREA.test(id)) return null;
      if (!code.includes(STYLE_ATTRIBUTE)) this.error("calculateNodeHeight.js has changed: read it again and mend this replacement");
      replaced.textArea = true;
      return { code: code.replace(STYLE_ATTRIBUTE, STYLE_OBJECT), map: null };
    },
    buildEnd(error) {
      if (error !== undefined) return;
      if (!replaced.styles) this.error("dynamicCSS was not found: antd writes its styles another way now");
      if (!replaced.textArea) this.error("calculateNodeHeight was not found: TextArea measures itself another way now");
    },
  };
}
