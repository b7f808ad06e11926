import { limitFields } from '../../../core/node/limitFields';
import { perItem } from '../../../core/node/operation';
import { inboundRules } from './create.operation';

/** https://postmarkapp.com/developer/api/inbound-rules-triggers-api#list-inbound-rule-triggers */
export const getAll = perItem({
	name: 'Get Many',
	value: 'getAll',
	action: 'Get many inbound rules',
	description: 'Get the senders and domains that are blocked from reaching the server',
	fields: [...limitFields],
	read: (item) => item.limit(),
	call: (limit, client) => client.pages('/triggers/inboundrules', inboundRules, {}, limit),
});
