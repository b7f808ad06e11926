import { resource } from '../../../core/node/operation';
import { getBalance } from './getBalance.operation';

export const account = resource({ name: 'Account', value: 'account', operations: [getBalance] });
