import { Banner, BlockStack, Text } from '@shopify/polaris';

export interface ShownFinding {
  readonly code: string;
  readonly severity: 'error' | 'warning' | 'info';
  readonly cause: string;
  readonly effect: string;
  readonly remedy: string;
}

const toneOf = (severity: ShownFinding['severity']): 'critical' | 'warning' | 'info' => {
  switch (severity) {
    case 'error':
      return 'critical';
    case 'warning':
      return 'warning';
    case 'info':
      return 'info';
    default: {
      const never: never = severity;
      return never;
    }
  }
};

/** Cause, effect and remedy of each. */
export function Findings({ findings }: { readonly findings: readonly ShownFinding[] }) {
  return (
    <BlockStack gap="300">
      {findings.map((finding) => (
        <Banner
          key={`${finding.code} ${finding.cause}`}
          tone={toneOf(finding.severity)}
          title={finding.cause}
        >
          <BlockStack gap="100">
            <Text as="p">{finding.effect}</Text>
            <Text as="p" fontWeight="semibold">
              {finding.remedy}
            </Text>
          </BlockStack>
        </Banner>
      ))}
    </BlockStack>
  );
}
