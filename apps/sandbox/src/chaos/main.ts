import './source-aliases.ts';

// After the hook, which finds the packages that it imports.
const { runCommand } = await import('./command.ts');

process.exitCode = await runCommand(process.argv.slice(2), {
  write: (text) => process.stdout.write(text),
  writeError: (text) => process.stderr.write(text),
});
