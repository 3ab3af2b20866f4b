import {
  type CertificateAuthority,
  createRoot,
  EXPIRED,
  type KeyAndCertificate,
  NOT_YET_VALID,
  selfSigned,
} from './certificate-authority.ts';

/**
 * What Shopify shows to the app: the chain as it should be; nothing; the leaf without its intermediate; one that
 * vouches for itself; a chain of another Root and Intermediate; or the right chain outside its time.
 */
export type Presentation =
  | 'chain'
  | 'none'
  | 'leaf-only'
  | 'self-signed'
  | 'other-authority'
  | 'expired'
  | 'not-yet-valid';

export interface ClientCertificates {
  /** PEM of Root and Intermediate as published now: what the app's trust store must hold. */
  readonly trustBundle: string;
  /** PEM of the Root alone. */
  readonly root: string;
  /** What the next session requests show; `chain` to begin with. */
  present(presentation: Presentation): void;
  /** A new Root and Intermediate, as in 2023, 2024 and 2026; the next requests show a leaf of theirs. Returns the bundle. */
  rotate(): Promise<string>;
}

export interface ClientIdentity extends ClientCertificates {
  presented(): { readonly presentation: Presentation; readonly credentials: KeyAndCertificate | undefined };
}

type Credentials = Readonly<Record<Exclude<Presentation, 'none'>, KeyAndCertificate>>;

interface Generation {
  readonly root: string;
  readonly trustBundle: string;
  readonly credentials: Credentials;
}

const NAME = 'Simulated Shopify payments client';

interface Chain {
  readonly root: CertificateAuthority;
  readonly intermediate: CertificateAuthority;
}

const chainOf = async (root: CertificateAuthority, label: string): Promise<Chain> => ({
  root,
  intermediate: await root.intermediate(`Simulated Shopify ${label} Intermediate`),
});

const withChain = ({ key, certificate }: KeyAndCertificate, { intermediate }: Chain): KeyAndCertificate => ({
  key,
  certificate: certificate + intermediate.certificate,
});

const newGeneration = async (number: number): Promise<Generation> => {
  const own = await chainOf(await createRoot(`Simulated Shopify Root ${number}`), `${number}`);
  const other = await chainOf(await createRoot('Not Shopify'), 'imitated');
  const leaf = await own.intermediate.issue({ commonName: NAME, use: 'client' });
  const issue = async (validity: typeof EXPIRED): Promise<KeyAndCertificate> =>
    withChain(await own.intermediate.issue({ commonName: NAME, use: 'client', validity }), own);
  return {
    root: own.root.certificate,
    trustBundle: own.root.certificate + own.intermediate.certificate,
    credentials: {
      chain: withChain(leaf, own),
      'leaf-only': leaf,
      'self-signed': await selfSigned(NAME),
      'other-authority': withChain(
        await other.intermediate.issue({ commonName: NAME, use: 'client' }),
        other,
      ),
      expired: await issue(EXPIRED),
      'not-yet-valid': await issue(NOT_YET_VALID),
    },
  };
};

export const createClientIdentity = async (): Promise<ClientIdentity> => {
  let number = 1;
  let generation = await newGeneration(number);
  let presentation: Presentation = 'chain';
  return {
    get trustBundle() {
      return generation.trustBundle;
    },
    get root() {
      return generation.root;
    },
    present: (next) => {
      presentation = next;
    },
    rotate: async () => {
      number += 1;
      generation = await newGeneration(number);
      return generation.trustBundle;
    },
    presented: () => ({
      presentation,
      credentials: presentation === 'none' ? undefined : generation.credentials[presentation],
    }),
  };
};
