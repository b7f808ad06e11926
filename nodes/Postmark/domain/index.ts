import { resource } from '../../../core/node/operation';
import { postmarkAccount } from '../connection';
import { create } from './create.operation';
import { remove } from './delete.operation';
import { get } from './get.operation';
import { getAll } from './getAll.operation';
import { update } from './update.operation';
import { rotateDkim, verifyDkim, verifyReturnPath, verifyTrackingDomain } from './verify.operations';

export const domain = resource({
	name: 'Domain',
	value: 'domain',
	description: 'Domains to send from, and their DNS records; needs the account token',
	operations: [
		getAll,
		get,
		create,
		update,
		verifyDkim,
		verifyReturnPath,
		verifyTrackingDomain,
		rotateDkim,
		remove,
	],
	service: postmarkAccount,
});
