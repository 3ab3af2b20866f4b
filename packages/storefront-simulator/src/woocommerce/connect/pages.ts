import type { RestAuth } from '../rest/authenticate.ts';
import { type HttpCall, header } from '../rest/call.ts';
import type { Store } from '../store/store.ts';
import { escapeHtml, htmlPage, type Page, redirectTo } from '../storefront/html.ts';
import { wpNonce } from '../storefront/urls.ts';
import { grant } from './grant.ts';
import { type GrantRequest, parseGrantRequest, queryOf, returnTo } from './grant-request.ts';

const PREFIX = '/wc-auth/v1/';
const GRANT = 'wc_auth_grant_access';

/** The double knows one owner and no password: who has this cookie is signed in. */
const signedInCookie = (store: Store): string => `wordpress_logged_in=${wpNonce(store, 'signed-in')}`;

const isSignedIn = (store: Store, call: HttpCall): boolean =>
  header(call, 'cookie').split(/;\s*/).includes(signedInCookie(store));

const denied = (error: string): Page => htmlPage('Access denied', `<p>Error: ${escapeHtml(error)}.</p>`, 401);

const WORDS = { read: 'Read', write: 'Write', read_write: 'Read/Write' } as const;

const grantPage = (store: Store, request: GrantRequest): Page => {
  const granted = `${PREFIX}access_granted/?${queryOf(request)}&wc_auth_nonce=${wpNonce(store, GRANT)}`;
  return htmlPage(
    `${request.appName} would like to connect to your store`,
    `<p>This will give "${escapeHtml(request.appName)}" <strong>${WORDS[request.scope]}</strong> access.</p>
<p><a class="button button-primary wc-auth-approve" href="${escapeHtml(granted)}">Approve</a>
<a class="button wc-auth-deny" href="${escapeHtml(returnTo(request, false))}">Deny</a></p>`,
  );
};

const loginPage = (call: HttpCall): Page =>
  htmlPage(
    'Log in',
    `<form method="post" action="/wp-login.php"><input type="hidden" name="redirect_to" value="${escapeHtml(`${PREFIX}authorize/?${call.search}`)}"><button>Log in</button></form>`,
  );

/** Signs the owner in and goes on, to a place in this shop only. */
const logIn = (store: Store, form: URLSearchParams): Page => {
  const to = form.get('redirect_to') ?? '/';
  const page = redirectTo(/^\/[^/\\]/.test(to) ? to : '/');
  const cookie = `${signedInCookie(store)}; Path=/; HttpOnly; SameSite=Lax`;
  return { ...page, headers: { ...page.headers, 'Set-Cookie': cookie } };
};

const authorise = async (store: Store, auth: RestAuth, step: string, call: HttpCall): Promise<Page> => {
  const query = new URLSearchParams(call.search);
  const parsed = parseGrantRequest(query, store.settings);
  if (!parsed.ok) return denied(parsed.error);
  const signedIn = isSignedIn(store, call);
  if (step === 'login') return signedIn ? redirectTo(`${PREFIX}authorize/?${call.search}`) : loginPage(call);
  if (!signedIn) return redirectTo(`${PREFIX}login/?${call.search}`);
  if (step === 'authorize') return grantPage(store, parsed.request);
  if (query.get('wc_auth_nonce') !== wpNonce(store, GRANT)) return denied('Invalid nonce verification');
  const granted = await grant(store, auth, parsed.request);
  return granted.ok ? redirectTo(granted.redirect) : denied(granted.error);
};

/** The pages of `/wc-auth/` and the log-in before them; undefined for every other path. */
export const serveConnect = (store: Store, auth: RestAuth, call: HttpCall): Promise<Page> | undefined => {
  if (call.path === '/wp-login.php' && call.method === 'POST')
    return Promise.resolve(logIn(store, new URLSearchParams(call.body.toString('utf8'))));
  const [, step] = /^\/wc-auth\/v1\/(login|authorize|access_granted)\/?$/.exec(call.path) ?? [];
  return step === undefined ? undefined : authorise(store, auth, step, call);
};
