import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";
import { adoptedStyles } from "./vite/adopted-styles.ts";
import { themeStyles } from "./vite/theme-styles.ts";

/** The desk: a single-page app under `/desk/`, built so that it runs under `style-src 'self'` and trusted types. */
export default defineConfig({
  root: import.meta.dirname,
  base: "/desk/",
  plugins: [react(), adoptedStyles(), themeStyles()],
  build: {
    outDir: "../../dist/desk",
    emptyOutDir: true,
    target: "chrome111", // the staff's browsers; 111 is the base line that antd 6 asks for
    assetsInlineLimit: 0, // nothing as a data address but what stands in index.html
    chunkSizeWarningLimit: 900,
    modulePreload: { polyfill: false },
  },
  server: { proxy: { "/api": "http://127.0.0.1:8080", "/files": "http://127.0.0.1:8080" } },
});
