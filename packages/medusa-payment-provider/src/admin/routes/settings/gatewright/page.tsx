import { defineRouteConfig } from '@medusajs/admin-sdk';
import { Container, Skeleton } from '@medusajs/ui';
import { useState } from 'react';
import { settingsAnswer } from '../../../../api/admin/gatewright/shapes.ts';
import { Problem } from '../../../calls/problem.tsx';
import { useAnswer } from '../../../calls/use-answer.ts';
import { ReviewQueue } from '../../../reviews/review-queue.tsx';
import { Accounts } from '../../../settings/accounts.tsx';
import { Findings } from '../../../settings/findings.tsx';
import { SetUp } from '../../../settings/set-up.tsx';

/** How the plugin is set up, what is wrong with it, and what waits for a person. */
const GatewrightSettings = () => {
  const [times, setTimes] = useState(0);
  const { answer, loading, reload } = useAnswer(
    settingsAnswer,
    `/admin/gatewright/settings${times > 0 ? '?check=true' : ''}`,
    times,
  );
  if (!answer)
    return (
      <Container aria-busy>
        <Skeleton className="h-32 w-full" />
      </Container>
    );
  if (!answer.ok)
    return (
      <Container>
        <Problem message={answer.message} onRetry={reload} />
      </Container>
    );
  const { settings } = answer.value;
  return (
    <div className="flex flex-col gap-y-3">
      <SetUp settings={settings} />
      <ReviewQueue />
      <Findings
        findings={settings.findings}
        checked={settings.checked}
        checking={loading}
        onCheck={() => setTimes(times + 1)}
      />
      <Accounts accounts={settings.accounts} />
    </div>
  );
};

export const config = defineRouteConfig({ label: 'Gatewright' });

export default GatewrightSettings;
