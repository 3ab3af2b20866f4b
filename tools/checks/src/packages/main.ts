import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { report } from '../finding.ts';
import { checkPackages } from './check-packages.ts';
import { packWorkspace, publishableWorkspaces } from './tarball.ts';

const root = fileURLToPath(new URL('../../../../', import.meta.url));
const destination = mkdtempSync(join(tmpdir(), 'gatewright-pack-'));
try {
  const tarballs = publishableWorkspaces(root).map((workspace) =>
    packWorkspace(root, workspace, destination),
  );
  report('packages', await checkPackages(root, tarballs));
} finally {
  rmSync(destination, { recursive: true });
}
