import { notFound } from '../merchant';

/** Every address that no other page has. */
export const loader = (): never => {
  throw notFound();
};

export const action = (): never => {
  throw notFound();
};

export default function Nowhere() {
  return null;
}
