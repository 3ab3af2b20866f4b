import {
  type CertificateAuthority,
  createRoot,
  EXPIRED,
  type KeyAndCertificate,
  NOT_YET_VALID,
  selfSigned,
  VALID,
  type Validity,
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
  readonly presentation: Presentation;
  /** A new Root and Intermediate, as in 2023, 2024 and 2026; the next requests show a leaf of theirs. Returns the bundle. */
  rotate(): Promise<string>;
  /** What is presented now, for requests that Shopify would not make; undefined for `none`. */
  credentials(): Promise<KeyAndCertificate | undefined>;
}

interface Chain {
  readonly root: CertificateAuthority;
  readonly intermediate: CertificateAuthority;
}

const NAME = 'Simulated Shopify payments client';

const newChain = async (name: string): Promise<Chain> => {
  const root = await createRoot(`${name} Root`);
  return { root, intermediate: await root.intermediate(`${name} Intermediate`) };
};

const leafOf = ({ intermediate }: Chain, validity: Validity = VALID): Promise<KeyAndCertificate> =>
  intermediate.issue({ commonName: NAME, use: 'client', validity });

const chainOf = async (chain: Chain, validity?: Validity): Promise<KeyAndCertificate> => {
  const { key, certificate } = await leafOf(chain, validity);
  return { key, certificate: certificate + chain.intermediate.certificate };
};

const make = async (chain: Chain, presentation: Presentation): Promise<KeyAndCertificate | undefined> => {
  switch (presentation) {
    case 'chain':
      return chainOf(chain);
    case 'none':
      return undefined;
    case 'leaf-only':
      return leafOf(chain);
    case 'self-signed':
      return selfSigned(NAME);
    case 'other-authority':
      return chainOf(await newChain('Not Shopify'));
    case 'expired':
      return chainOf(chain, EXPIRED);
    case 'not-yet-valid':
      return chainOf(chain, NOT_YET_VALID);
    default: {
      const never: never = presentation;
      return never;
    }
  }
};

export const createClientCertificates = async (): Promise<ClientCertificates> => {
  let number = 1;
  let chain = await newChain(`Simulated Shopify ${number}`);
  let presentation: Presentation = 'chain';
  // Made when first presented: a test needs one or two of them, and keys take time.
  let made = new Map<Presentation, Promise<KeyAndCertificate | undefined>>();
  return {
    get trustBundle() {
      return chain.root.certificate + chain.intermediate.certificate;
    },
    get root() {
      return chain.root.certificate;
    },
    get presentation() {
      return presentation;
    },
    present: (next) => {
      presentation = next;
    },
    rotate: async () => {
      number += 1;
      chain = await newChain(`Simulated Shopify ${number}`);
      made = new Map();
      return chain.root.certificate + chain.intermediate.certificate;
    },
    credentials: () => {
      const credentials = made.get(presentation) ?? make(chain, presentation);
      made.set(presentation, credentials);
      return credentials;
    },
  };
};
