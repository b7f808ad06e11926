import { resource } from '../../../core/node/operation';
import { get } from './get.operation';

export const account = resource({
	name: 'Account',
	value: 'account',
	description: 'Who signs in with the credential, and what that allows',
	operations: [get],
});
