import { Button, Container, Heading, StatusBadge, Text } from '@medusajs/ui';
import type { SettingsAnswer } from '../../api/admin/gatewright/shapes.ts';
import type { Words } from '../words/status-words.ts';

type Finding = SettingsAnswer['settings']['findings'][number];

const severityWords = (severity: Finding['severity']): Words => {
  switch (severity) {
    case 'error':
      return { text: 'Must be mended', color: 'red' };
    case 'warning':
      return { text: 'Should be mended', color: 'orange' };
    case 'info':
      return { text: 'Good to know', color: 'blue' };
    default: {
      const never: never = severity;
      return never;
    }
  }
};

const FindingItem = ({ finding }: { readonly finding: Finding }) => {
  const { text, color } = severityWords(finding.severity);
  return (
    <li className="flex flex-col items-start gap-y-2 px-6 py-4">
      <div className="flex flex-wrap items-center gap-2">
        <StatusBadge color={color}>{text}</StatusBadge>
        {finding.account !== null && (
          <Text size="small" className="text-ui-fg-subtle">
            {finding.account}
          </Text>
        )}
      </div>
      <Text size="small" weight="plus">
        {finding.cause}
      </Text>
      <Text size="small">{finding.effect}</Text>
      <Text size="small">
        <span className="font-medium">What to do:</span> {finding.remedy}
      </Text>
    </li>
  );
};

const nothingFound = (checked: boolean): string =>
  checked
    ? 'Nothing is wrong with the set-up, and every gateway took our key.'
    : 'Nothing is wrong with the set-up. The gateways have not been asked yet.';

interface FindingsProps {
  readonly findings: readonly Finding[];
  /** The gateways were asked too. */
  readonly checked: boolean;
  readonly checking: boolean;
  readonly onCheck: () => void;
}

/** What is wrong with the set-up: cause, effect and remedy. */
export const Findings = ({ findings, checked, checking, onCheck }: FindingsProps) => (
  <Container className="divide-y p-0">
    <div className="flex items-center justify-between gap-x-2 px-6 py-4">
      <Heading level="h2">Health</Heading>
      <Button size="small" variant="secondary" isLoading={checking} onClick={onCheck}>
        Ask the gateways
      </Button>
    </div>
    {findings.length === 0 ? (
      <Text size="small" className="px-6 py-4">
        {nothingFound(checked)}
      </Text>
    ) : (
      <ul className="divide-y">
        {findings.map((finding) => (
          <FindingItem key={`${finding.code} ${finding.account}`} finding={finding} />
        ))}
      </ul>
    )}
  </Container>
);
