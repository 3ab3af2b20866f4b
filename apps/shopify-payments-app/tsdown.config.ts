import { defineConfig } from 'tsdown';

export default defineConfig({
  entry: ['src/index.ts', 'src/main.ts'],
  format: ['esm'],
  dts: true,
  platform: 'node',
  fixedExtension: false,
  tsconfig: '../../tsconfig.base.json',
});
