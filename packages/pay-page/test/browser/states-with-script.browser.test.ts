import { describeStates } from './states.ts';

describeStates(true);
