import { resource } from '../../../core/node/operation';
import { get } from './get.operation';

export const account = resource({
	name: 'Account',
	value: 'account',
	description: 'Whose account it is, and what the credential may do in it',
	operations: [get],
});
