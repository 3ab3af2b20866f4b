import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { report } from '../finding.ts';
import { checkImports } from './check-imports.ts';

const root = fileURLToPath(new URL('../../../../', import.meta.url));
report('imports', checkImports(root, join(root, 'node_modules/@types')));
