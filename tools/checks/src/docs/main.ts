import { fileURLToPath } from 'node:url';
import { report } from '../finding.ts';
import { checkDocs } from './check-docs.ts';

report('docs', checkDocs(fileURLToPath(new URL('../../../../', import.meta.url))));
