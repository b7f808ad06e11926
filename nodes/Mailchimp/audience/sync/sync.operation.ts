import type { Client } from '../../../../core/http/client';
import { inLowerCase, ungrouped } from '../../../../core/sync';
import { syncOperation, type SyncRun, type SyncSession } from '../../../../core/syncOperation';
import { audienceId } from '../../ids';
import { rowCheck, writeDays } from './checks';
import { COLUMNS, columnOf, mergeColumn } from './columns';
import { asCurrent, beginReading, type ListedContact } from './contacts';
import { optionFields, sourceFields } from './fields';
import { ManagedTags, MARK } from './tags';
import { AudienceTarget } from './target';

export const sync = syncOperation({
	action: 'Sync an audience',
	description: 'Bring an audience in step with a list of people, such as an HR export',
	title: 'Mailchimp audience sync',
	vocabulary: {
		target: 'Mailchimp',
		record: 'contact',
		records: 'contacts',
		disable: 'remove',
		disabled: 'removed',
		enable: 'subscribe',
		enabled: 'subscribed',
	},
	columns: COLUMNS,
	columnOf,
	columnsMethod: 'getSyncColumns',
	columnsDependOn: ['audience.value'],
	matchBy: [{ name: 'Email Address', ids: ['email'] }],
	matchByDescription:
		'How a row finds its contact: whatever the case of the letters. Somebody with another address is somebody else to Mailchimp.',
	leavers: {
		default: 'nothing',
		choices: [
			{
				name: 'Archive',
				value: 'archive',
				description: 'They are no longer in the audience, and come back when they are on the list again',
				does: 'disable',
			},
			{ name: 'Do Nothing', value: 'nothing', description: 'They stay subscribed', does: 'nothing' },
			{
				name: 'Unsubscribe',
				value: 'unsubscribe',
				description: 'They get no campaigns any more; only they themselves can come back, with a signup form',
				does: 'disable',
			},
		],
	},
	protected: { default: '', placeholder: 'e.g. press@*, *@partner.example' },
	fields: { source: sourceFields, options: optionFields },
	open,
});

async function open({
	settings,
	form,
	options,
	client,
	feedback,
	mapped,
}: SyncRun<Client>): Promise<SyncSession> {
	const audience = audienceId(form);
	const ownsAll = form.option('owns') === 'all';
	const prefix = options.has('tagPrefix') ? String(options.value('tagPrefix')).trimStart() : '';
	const tags = new ManagedTags(prefix, ownsAll ? undefined : form.requiredText('ownTag'));
	const byId = new Map<string, ListedContact>();
	const phones = [...mapped].filter((id) => mergeColumn(id)?.type === 'phone');
	const target = new AudienceTarget(
		client,
		{
			audience,
			newStatus: form.option('newStatus'),
			leaverChoice: settings.leaverChoice,
			skipMergeValidation: options.has('skipMergeValidation') && options.boolean('skipMergeValidation'),
			tags,
			contactOf: (id) => byId.get(id)!,
		},
		feedback,
	);
	const reading = beginReading(client, audience, mapped);
	return {
		rules: {
			normalise: {
				email: inLowerCase,
				[MARK]: inLowerCase,
				tags: (value) => (Array.isArray(value) ? value.map(inLowerCase) : inLowerCase(value)),
				...Object.fromEntries(phones.map((id) => [id, ungrouped])),
			},
		},
		prepare(rows) {
			writeDays(rows, mapped);
			tags.prepare(rows);
		},
		async read(take) {
			const seen = asCurrent(tags, ownsAll, mapped);
			return await reading(async (some) => {
				for (const contact of some) byId.set(contact.id, contact);
				await take(some.map(seen));
			});
		},
		check: rowCheck(mapped),
		target,
	};
}
