import { type Input, mapHeader, onlyLine } from '../input/input.ts';
import type { Random } from '../input/random.ts';
import type { Mutator, Supply } from './mutator.ts';

const signature = (name: string, change: (mac: string, random: Random) => string): Mutator => ({
  name,
  family: 'signature',
  mutate: (input, supply) => supply.subjectOf(input).mapSignature(input, (mac) => change(mac, supply.random)),
});

const digits = '0123456789abcdefABCDEFgz';

const signatureIn = (input: Input, { subjectOf }: Supply): string => {
  let found = '';
  subjectOf(input).mapSignature(input, (mac) => {
    found = mac;
    return mac;
  });
  return found;
};

/** The time in Gatenoc's two headers, in step or out of it. */
const gatenocTime = (
  name: string,
  change: (time: string, random: Random) => string,
  both: boolean,
): Mutator => ({
  name,
  family: 'signature',
  mutate: (input, { random }) => {
    const time = onlyLine(input, 'X-Gateway-Timestamp') ?? '';
    const other = change(time, random);
    const changed = mapHeader(input, 'X-Gateway-Signature', (value) =>
      value.replace(`t=${time}`, `t=${other}`),
    );
    return both ? mapHeader(changed, 'X-Gateway-Timestamp', () => other) : changed;
  },
});

const otherTimes = [
  'NaN',
  '',
  '0',
  '-1',
  '1e10',
  'Infinity',
  '99999999999',
  '01774353605',
  ' 1774353605',
  '+1774353605',
];
const shifted = (time: string, random: Random): string =>
  String(Number(time) + random.pick([-1, 1, 1_000, -86_400]));

export const signatureMutators: readonly Mutator[] = [
  { ...signature('in upper case', (mac) => mac.toUpperCase()), harmless: true },
  signature('a digit changed', (mac, random) => {
    const at = random.below(mac.length);
    return mac.slice(0, at) + (digits[random.below(digits.length)] ?? '') + mac.slice(at + 1);
  }),
  signature(
    'trailing garbage',
    (mac, random) => mac + random.pick(['zz', ' ', '\n', '0', '00', ',', '\u0000', 'ſ']),
  ),
  signature(
    'leading garbage',
    (mac, random) => random.pick([' ', '0x', 'sha256=', 'v1=', '"', '\ufeff']) + mac,
  ),
  signature('twice', (mac, random) => mac + random.pick(['', ',', ', ', ';v1=', ',v1=']) + mac),
  signature('shorter', (mac, random) => mac.slice(0, random.below(mac.length))),
  signature('base64', (mac) => Buffer.from(mac, 'hex').toString('base64')),
  signature('full-width', (mac) =>
    mac.replace(/\d/g, (digit) => String.fromCharCode(0xff10 + Number(digit))),
  ),
  signature('reversed', (mac) => [...mac].reverse().join('')),
  signature('zeros', () => '0'.repeat(64)),
  signature('escaped', (mac) => `\\u00${mac.charCodeAt(0).toString(16)}${mac.slice(1)}`),
  {
    name: 'of another request',
    family: 'signature',
    mutate: (input, supply) => {
      const other = signatureIn(supply.another(), supply);
      return supply.subjectOf(input).mapSignature(input, () => other);
    },
  },
  gatenocTime('a strange time', (_time, random) => random.pickOr(otherTimes) ?? '', true),
  gatenocTime('another time', shifted, true),
  gatenocTime('a time in one header', shifted, false),
  {
    name: 'another scheme beside it',
    family: 'signature',
    mutate: (input, { random }) =>
      mapHeader(input, 'X-Gateway-Signature', (value) =>
        random.pick([
          `${value},v0=${'0'.repeat(64)}`,
          value.split(',').reverse().join(','),
          value.replace(',', ', '),
        ]),
      ),
  },
];
