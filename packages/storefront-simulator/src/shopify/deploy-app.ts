import { isPaymentsApiVersion } from './graphql/schemas.ts';
import type { AppRegistration } from './options.ts';
import type { Platform } from './store/platform.ts';

const isHttps = (text: string): boolean => URL.canParse(text) && new URL(text).protocol === 'https:';

const problem = ({ extension }: AppRegistration): string | undefined => {
  const { apiVersion, paymentSessionUrl, refundSessionUrl, captureSessionUrl, voidSessionUrl } = extension;
  if (!isPaymentsApiVersion(apiVersion)) return `api_version ${apiVersion} is not supported`;
  const urls = [paymentSessionUrl, refundSessionUrl, captureSessionUrl, voidSessionUrl];
  const wrong = urls.find((url) => url !== undefined && !isHttps(url));
  return wrong === undefined ? undefined : `the session URL ${wrong} is not https`;
};

/** @throws for an extension that `shopify app deploy` would refuse. */
export const deployApp = (platform: Platform, app: AppRegistration): void => {
  const wrong = problem(app);
  if (wrong !== undefined) throw new Error(wrong);
  platform.app = app;
};
