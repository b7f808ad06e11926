import { resource } from '../../../core/node/operation';
import { send } from './send.operation';

export const email = resource({ name: 'Email', value: 'email', operations: [send] });
