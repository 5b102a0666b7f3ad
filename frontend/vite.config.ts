import tailwindcss from "@tailwindcss/vite";
import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";

/** The site: `dist/site`, packed with the commands and uploaded by a deployment from the same build. */
export default defineConfig({
  root: import.meta.dirname,
  base: "/",
  plugins: [react(), tailwindcss()],
  worker: { format: "es" },
  // Scripts and styles find each other wherever the site lies; an emulator serves it below the name of a bucket.
  experimental: {
    renderBuiltUrl: (_name, { hostType }) => (hostType === "html" ? undefined : { relative: true }),
  },
  build: {
    outDir: "../dist/site",
    emptyOutDir: true,
    target: "es2022",
    // Inlined files would need `data:` in the policy of scripts and fonts.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
  },
});
