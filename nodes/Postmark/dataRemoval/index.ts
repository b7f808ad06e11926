import { resource } from '../../../core/node/operation';
import { postmarkAccount } from '../connection';
import { create } from './create.operation';
import { get } from './get.operation';

export const dataRemoval = resource({
	name: 'Data Removal',
	value: 'dataRemoval',
	description: 'Requests to delete a recipient’s personal data; needs the account token',
	operations: [get, create],
	service: postmarkAccount,
});
