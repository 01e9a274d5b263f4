import { svelte } from '@sveltejs/vite-plugin-svelte';
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';

const root = fileURLToPath(new URL('.', import.meta.url));
const server = `http://127.0.0.1:${process.env['PLUMBLINE_DEV_PORT'] ?? '4280'}`;

export default defineConfig({
  root,
  // Relative to <base href>, so that the same build works at / and under a path.
  base: './',
  plugins: [svelte({ configFile: `${root}svelte.config.js` })],
  build: {
    outDir: 'dist',
    emptyOutDir: true,
    target: 'es2023',
    // light-dark() is kept as written: one declaration per token, both themes.
    cssTarget: ['chrome123', 'firefox120', 'safari17.5'],
    // Files, never data: URLs, so that `default-src 'self'` is enough.
    assetsInlineLimit: 0,
  },
  server: {
    host: '127.0.0.1',
    proxy: { '/api': server, '/login': server, '/socket.io': { target: server, ws: true } },
  },
});
