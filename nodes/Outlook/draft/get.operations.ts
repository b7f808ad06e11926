import { limitFields } from '../../../core/node/limitFields';
import { perItem } from '../../../core/node/operation';
import { getMessage, messagePath, SIMPLE } from '../api/messages';
import { downloadField, getWithAttached } from '../attachment/attached';
import { EVERYTHING, fieldsField, readSelect, SELECTED, SIMPLIFIED, simplifiedOutput } from '../chosenFields';
import { mailboxField, readMailbox } from '../mailbox';
import { newestFirst } from '../message/filters';
import { bodyAsTextField } from '../message/get.operation';
import { MESSAGE_LABELS } from '../message/labels';
import { listMessages, readTold, toldFields, type Wanted } from '../message/list';
import { readTarget, targetFields } from '../message/target';

const outputField = simplifiedOutput('How much of the draft to get', [EVERYTHING, SELECTED, SIMPLIFIED]);

export const getAll = perItem({
	name: 'Get Many',
	value: 'getAll',
	action: 'Get many drafts',
	description: 'Get what is in Drafts, the newest first; what waits to be sent at a time may be there too',
	fields: [mailboxField, ...limitFields, ...toldFields],
	read: (item): Wanted => ({
		mailbox: readMailbox(item),
		folder: 'drafts',
		subfolders: false,
		query: newestFirst(undefined),
		...readTold(item),
		limit: item.limit(),
	}),
	call: listMessages,
});

export const get = perItem({
	name: 'Get',
	value: 'get',
	action: 'Get a draft',
	description: 'Get one draft',
	fields: [...targetFields, outputField, fieldsField(MESSAGE_LABELS), bodyAsTextField, downloadField],
	read: (item) => ({
		target: readTarget(item),
		select: readSelect(item, { simple: SIMPLE }),
		asText: item.boolean('asText'),
		attachments: item.boolean('attachments'),
	}),
	async call({ target, select, asText, attachments }, client) {
		const found = await getMessage(target, client, { ...(select === undefined ? {} : { select }), asText });
		return attachments ? await getWithAttached(found, messagePath(target, client), client) : found;
	},
});
