import type { Finding } from '@gatewright/payment-core';
import type { ShopFault } from './shop-answer.ts';

export type ConnectionFault = ShopFault | 'credentials-missing' | 'not-paired' | 'write-ignored';

const effect =
  'Paid orders are not marked as paid in the shop until it works again; nothing is lost meanwhile.';

const finding = (
  code: ConnectionFault,
  severity: Finding['severity'],
  cause: string,
  remedy: string,
): Finding => ({ code: `shop-${code.replace(/^shop-/, '')}`, severity, cause, effect, remedy });

/** What an owner reads of a fault. */
export const connectionFinding = (fault: ConnectionFault): Finding => {
  switch (fault) {
    case 'credentials-missing':
      return finding(
        fault,
        'error',
        'No WooCommerce REST keys of this shop are stored, or they cannot be read.',
        'Connect the shop again, so that it gives the bridge a key with read and write permission.',
      );
    case 'not-paired':
      return finding(
        fault,
        'error',
        'The plugin of this shop has never been paired with this bridge.',
        'Make a code with `gatewright pair` and paste it into the plugin.',
      );
    case 'unauthorized':
      return finding(
        fault,
        'error',
        'The shop refuses our REST keys or our signature.',
        "Check that the REST key has read and write permission, that the shop's clock is right and that its server passes the Authorization header on; else pair the plugin again.",
      );
    case 'redirected':
      return finding(
        fault,
        'error',
        'The shop answers with a redirect, which is not followed.',
        'Pair the shop with the address it redirects to (www, https).',
      );
    case 'route-missing':
      return finding(
        fault,
        'error',
        "The shop has no such route: the plugin is not active, or the permalinks are 'plain'.",
        'Activate the plugin and set another permalink structure under Settings, Permalinks.',
      );
    case 'not-json':
      return finding(
        fault,
        'error',
        'Something in front of the shop answers with a page instead of data: most often a firewall or a security plugin, else maintenance mode, a password on the whole site, or a cache.',
        "Let this server's calls to /wp-json/ pass the firewall, the password and the cache, or end the maintenance mode.",
      );
    case 'answer-not-understood':
      return finding(
        fault,
        'error',
        'The plugin answers in a way this bridge does not know.',
        'Update the plugin and the bridge to versions that belong together.',
      );
    case 'shop-error':
      return finding(
        fault,
        'warning',
        'The shop failed with a server error.',
        "Look at the shop's PHP error log.",
      );
    case 'shop-timeout':
      return finding(fault, 'warning', 'The shop did not answer in time.', 'Look at the load of the shop.');
    case 'shop-unreachable':
      return finding(
        fault,
        'warning',
        'The shop cannot be reached.',
        'Check that the shop is up and its name resolves.',
      );
    case 'shop-certificate':
      return finding(
        fault,
        'error',
        "The shop's TLS certificate does not prove its name.",
        'Renew the certificate.',
      );
    case 'shop-address-blocked':
      return finding(
        fault,
        'error',
        "The shop's address is private, or not https.",
        'Use the public https address of the shop. A shop on this machine needs GATEWRIGHT_SANDBOX=1.',
      );
    case 'shop-busy':
      return finding(
        fault,
        'warning',
        'The shop asks us to slow down.',
        'Raise the request limit for this server.',
      );
    case 'write-ignored':
      return finding(
        fault,
        'error',
        'The shop answered that it had changed an order, and the order is as it was.',
        'Look for a plugin that undoes changes of orders, or a cache in front of /wp-json/.',
      );
    case 'order-busy':
      return finding(
        fault,
        'warning',
        'The same order is being written at this moment.',
        'Nothing; it is tried again at once.',
      );
    default: {
      const never: never = fault;
      return never;
    }
  }
};
