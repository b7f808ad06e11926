import type { IDataObject, INodeProperties } from 'n8n-workflow';
import type { Client } from '../../../core/http/client';
import { inTurn } from '../../../core/http/inTurn';
import { path } from '../../../core/http/path';
import { differences } from '../../../core/http/wasThere';
import { limitFields } from '../../../core/node/limitFields';
import { perItem, resource } from '../../../core/node/operation';
import { noChanges } from '../../../core/node/parameters/changes';
import type { ParameterReader } from '../../../core/node/parameters/reader';
import { updateFieldsOf } from '../../../core/node/updateFieldsOf';
import { withoutNotes } from '../api/messages';
import { changeRecord, createRecord, listRecords, removeRecord } from '../api/records';
import { mailboxField, readMailbox, rootOf } from '../mailbox';

const idField: INodeProperties = {
	displayName: 'Rule ID',
	name: 'ruleId',
	type: 'string',
	required: true,
	default: '={{ $json.id }}',
	placeholder: 'e.g. AQAAAJ5dZqA=',
	description: 'The ID that Get Many has given',
};
const nameField: INodeProperties = {
	displayName: 'Name',
	name: 'name',
	type: 'string',
	required: true,
	default: '',
	placeholder: 'e.g. Invoices',
	description: 'What the rule is called',
};
const enabledField: INodeProperties = {
	displayName: 'Enabled',
	name: 'isEnabled',
	type: 'boolean',
	default: true,
	description: 'Whether the rule is applied',
};
const sequenceField: INodeProperties = {
	displayName: 'Sequence',
	name: 'sequence',
	type: 'number',
	typeOptions: { minValue: 1 },
	default: 1,
	description: 'Its place among the rules: lower ones come first',
};
const jsonField = (
	displayName: string,
	name: string,
	example: string,
	description: string,
): INodeProperties => ({
	displayName,
	name,
	type: 'json',
	default: example,
	description,
});
const conditionsField = jsonField(
	'Conditions (JSON)',
	'conditions',
	'{ "senderContains": ["billing"] }',
	'When it applies, as Graph has it (messageRulePredicates). Empty for every message.',
);
const actionsField = jsonField(
	'Actions (JSON)',
	'actions',
	'{ "markAsRead": true }',
	'What it does, as Graph has it (messageRuleActions): moveToFolder, assignCategories, forwardTo, …',
);

const listPath = (mailbox: string, client: Client) =>
	`${rootOf(mailbox, client)}/mailFolders/inbox/messageRules`;
const onePath = (mailbox: string, id: string, client: Client) =>
	`${listPath(mailbox, client)}${path`/${id}`}`;
const readOne = (item: ParameterReader) => ({ mailbox: readMailbox(item), id: item.requiredText('ruleId') });

function readRule(fields: ParameterReader): IDataObject {
	const rule: IDataObject = {};
	if (fields.has('name')) rule.displayName = fields.text('name');
	if (fields.value('isEnabled') !== undefined) rule.isEnabled = fields.boolean('isEnabled');
	if (fields.has('sequence')) rule.sequence = fields.number('sequence', { min: 1 });
	for (const name of ['conditions', 'actions'])
		if (fields.has(name)) {
			const value = fields.json(name);
			if (Object.keys(value).length > 0) rule[name] = value;
		}
	return rule;
}

interface NewRule extends IDataObject {
	displayName: string;
}

/**
 * Makes a rule. Rules may have one name, and carry no mark: one whose answer got lost is known as the only one of its name that
 * was not there before, if it is what was asked for.
 */
async function createRule(list: string, body: NewRule, client: Client): Promise<IDataObject> {
	const before = new Set((await namesakes(list, body, client)).map(({ id }) => id));
	return await createRecord(list, body, client, async () => {
		const [found, ...others] = (await namesakes(list, body, client)).filter(({ id }) => !before.has(id));
		if (found === undefined) return undefined;
		if (others.length > 0 || differences(body, found).length > 0) throw new Error('It may be another one');
		return found;
	});
}

async function namesakes(list: string, { displayName }: NewRule, client: Client): Promise<IDataObject[]> {
	const found: IDataObject[] = [];
	for await (const row of listRecords(list, client, Infinity))
		if (row.displayName === displayName) found.push(row);
	return found;
}

export const rule = resource({
	name: 'Rule',
	value: 'rule',
	description: 'What the inbox does with messages by itself',
	operations: [
		perItem({
			name: 'Get Many',
			value: 'getAll',
			action: 'Get many rules',
			description: 'Get the rules of the inbox',
			fields: [mailboxField, ...limitFields],
			read: (item) => ({ mailbox: readMailbox(item), limit: item.limit() }),
			call: ({ mailbox, limit }, client: Client) => listRecords(listPath(mailbox, client), client, limit),
		}),
		perItem({
			name: 'Get',
			value: 'get',
			action: 'Get a rule',
			description: 'Get one rule',
			fields: [mailboxField, idField],
			read: readOne,
			call: async ({ mailbox, id }, client: Client) =>
				withoutNotes(await client.get(onePath(mailbox, id, client))),
		}),
		perItem({
			name: 'Create',
			value: 'create',
			action: 'Create a rule',
			description: 'Have the inbox do something with messages by itself',
			fields: [mailboxField, nameField, conditionsField, actionsField, sequenceField, enabledField],
			read(item) {
				const body = readRule(item);
				if (body.actions === undefined)
					throw item.fieldError('actions', 'is empty', 'Say what the rule does.');
				return { mailbox: readMailbox(item), body: { displayName: item.requiredText('name'), ...body } };
			},
			call: async ({ mailbox, body }, client: Client) =>
				await inTurn(
					client,
					[`rule ${mailbox} ${body.displayName}`],
					async () => await createRule(listPath(mailbox, client), body, client),
				),
		}),
		perItem({
			name: 'Update',
			value: 'update',
			action: 'Update a rule',
			description: 'Change a rule, or switch it on and off',
			fields: [
				mailboxField,
				idField,
				updateFieldsOf([
					actionsField,
					conditionsField,
					enabledField,
					{ ...nameField, required: false },
					sequenceField,
				]),
			],
			read(item) {
				const changes = readRule(item.collection('updateFields'));
				if (Object.keys(changes).length === 0) throw noChanges(item);
				return { ...readOne(item), changes };
			},
			call: async ({ mailbox, id, changes }, client: Client) =>
				await changeRecord(onePath(mailbox, id, client), changes, client),
		}),
		perItem({
			name: 'Delete',
			value: 'delete',
			action: 'Delete a rule',
			description: 'Delete a rule',
			fields: [mailboxField, idField],
			read: readOne,
			call: async ({ mailbox, id }, client: Client) =>
				await removeRecord(onePath(mailbox, id, client), id, client),
		}),
	],
});
