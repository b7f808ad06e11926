import { limitFields } from '../../../core/node/limitFields';
import { perItem } from '../../../core/node/operation';
import { signatures } from './fields';

/** https://postmarkapp.com/developer/api/signatures-api#list-sender-signatures */
export const getAll = perItem({
	name: 'Get Many',
	value: 'getAll',
	action: 'Get many sender signatures',
	description: 'Get the senders of the account and whether they are confirmed',
	fields: [...limitFields],
	read: (item) => item.limit(),
	call: (limit, client) => client.pages('/senders', signatures, {}, limit),
});
