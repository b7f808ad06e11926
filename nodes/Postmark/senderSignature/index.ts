import { resource } from '../../../core/node/operation';
import { postmarkAccount } from '../connection';
import { create } from './create.operation';
import { remove } from './delete.operation';
import { get } from './get.operation';
import { getAll } from './getAll.operation';
import { resendConfirmation } from './resendConfirmation.operation';
import { update } from './update.operation';

export const senderSignature = resource({
	name: 'Sender Signature',
	value: 'senderSignature',
	description: 'Single addresses to send from; needs the account token',
	operations: [getAll, get, create, update, resendConfirmation, remove],
	service: postmarkAccount,
});
