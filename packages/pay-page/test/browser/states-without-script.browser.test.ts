import { describeStates } from './states.ts';

describeStates(false);
