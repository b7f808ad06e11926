import { isAddress } from '../../../../core/mail/address';
import type { Client } from '../../../../core/http/client';
import type { Desired, Fields, Finding } from '../../../../core/sync';
import { syncOperation, type SyncRun, type SyncSession } from '../../../../core/syncOperation';
import { readBlacklist } from '../../api/contacts';
import { listLocator } from '../../locators';
import { COLUMNS, columnOf, variableColumn } from './columns';
import { keyOf, readContacts } from './contacts';
import { ListTarget } from './target';

export const sync = syncOperation({
	action: 'Sync a mailing list',
	description: 'Bring a mailing list in step with a list of people, such as an HR export',
	title: 'SendPulse mailing list sync',
	vocabulary: {
		target: 'SendPulse',
		record: 'contact',
		records: 'contacts',
		disable: 'unsubscribe',
		disabled: 'unsubscribed',
		enable: 'subscribe',
		enabled: 'subscribed',
	},
	columns: COLUMNS,
	columnOf,
	columnsMethod: 'getSyncColumns',
	columnsDependOn: ['list.value'],
	matchBy: [{ name: 'Email Address', ids: ['email'] }],
	matchByDescription:
		'How a row finds its contact: whatever the case of the letters. Somebody with another address is somebody else to SendPulse.',
	leavers: {
		default: 'nothing',
		choices: [
			{
				name: 'Delete',
				value: 'delete',
				description:
					'They are no longer in the list, and come back when they are on the list of people again',
				does: 'delete',
			},
			{
				name: 'Do Nothing',
				value: 'nothing',
				description: 'They stay in the mailing list',
				does: 'nothing',
			},
			{
				name: 'Unsubscribe',
				value: 'unsubscribe',
				description: 'They get no emails of the list any more; only they themselves can come back',
				does: 'disable',
			},
		],
	},
	protected: { default: '', placeholder: 'e.g. press@*, *@partner.example' },
	fields: { source: [listLocator] },
	open,
});

async function open({ form, client, mapped }: SyncRun<Client>): Promise<SyncSession> {
	const list = form.resourceId('list');
	const blacklist = new Set<string>();
	const mailed = new Set<string>();
	return {
		rules: {
			normalise: { email: keyOf },
			outside: ({ email }) =>
				blacklist.has(keyOf(email)) ? 'the address is on the blacklist of the SendPulse account' : undefined,
			equals: Object.fromEntries(
				[...mapped]
					.filter((id) => variableColumn(id)?.type === 'number')
					.map((id) => [id, (from, to) => sameNumber(from, to)]),
			),
		},
		prepare: writeDays,
		async read(take) {
			for (const email of await readBlacklist(client)) blacklist.add(keyOf(email));
			const { records, complete } = await readContacts(client, list, mapped, blacklist);
			for (const { id, active } of records) if (active) mailed.add(id);
			await take(records);
			return { complete };
		},
		check: checkRow,
		target: new ListTarget(client, list, (id) => mailed.has(id)),
	};
}

/** “42” and “42.0” are one number. */
const sameNumber = (from: unknown, to: unknown): boolean =>
	from === '' || from === undefined || to === '' ? (from ?? '') === to : Number(from) === Number(to);

/** Days as SendPulse takes them: changes the rows in place. */
function writeDays(rows: Desired[]): void {
	for (const { fields } of rows)
		for (const [id, value] of Object.entries(fields)) {
			if (variableColumn(id)?.type !== 'date' || typeof value !== 'string') continue;
			const [day] = /^\d{4}-\d\d-\d\d(?=$|[T ])/.exec(value) ?? [];
			if (day !== undefined) fields[id] = day;
		}
}

/** What SendPulse would refuse, or leave out without a word, said before anything is sent. */
function checkRow(fields: Fields): Finding[] {
	const findings: Finding[] = [];
	for (const [field, value] of Object.entries(fields)) {
		if (field === 'email' && !isAddress(String(value)))
			findings.push({ field, message: 'is not a mail address', remedy: 'Correct it in the source.' });
		if (variableColumn(field)?.type === 'number' && value && !/^-?\d+(?:\.\d+)?$/.test(String(value)))
			findings.push({ field, message: 'is not a number', remedy: 'Write it like 42 or 4.2 in the source.' });
	}
	return findings;
}
