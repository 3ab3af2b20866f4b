/** One broken rule, at one line of one file. `file` is relative to the repository and uses forward slashes. */
export type Finding = {
  readonly file: string;
  readonly line: number;
  readonly rule: string;
  readonly message: string;
};

export const formatFinding = ({ file, line, rule, message }: Finding): string =>
  `${file}:${line} ${rule}: ${message}`;

/** Prints the findings and sets the exit code: 0 when there are none, else 1. */
export const report = (check: string, findings: readonly Finding[]): void => {
  for (const finding of findings) console.error(formatFinding(finding));
  if (findings.length === 0) console.log(`${check}: clean`);
  else {
    console.error(`${check}: ${findings.length} finding(s)`);
    process.exitCode = 1;
  }
};
