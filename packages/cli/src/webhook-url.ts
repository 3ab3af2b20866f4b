/** Where a gateway sends an account's webhooks, by the bridge's public address. */
export const webhookUrl = (publicUrl: string, account: { gateway: string; id: string }): string =>
  `${publicUrl.replace(/\/+$/, '')}/webhooks/${account.gateway}/${account.id}`;
