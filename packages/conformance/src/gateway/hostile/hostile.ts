import { bodies } from './bodies.ts';
import { news } from './news.ts';
import { signatures } from './signatures.ts';

/** Every webhook that a stranger, or a gateway with a bug, could send. */
export const hostileStories = [...signatures, ...bodies, ...news];
