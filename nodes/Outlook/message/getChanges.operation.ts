import { createHash } from 'node:crypto';
import type { IDataObject } from 'n8n-workflow';
import type { Client } from '../../../core/http/client';
import { perItem } from '../../../core/node/operation';
import type { ParameterReader } from '../../../core/node/parameters/reader';
import { firstPage, followLink, linkOf, Pace, type Page } from '../api/changePages';
import { folderPath } from '../api/folders';
import { BRIEF, SIMPLE } from '../api/messages';
import { folderLocator } from '../locators';
import { mailboxField, readMailbox } from '../mailbox';
import { told } from '../trigger/delta';

/** How far a look has come: an ordinary text, to be kept wherever one likes. */
interface Cursor {
	link: string;
	/** Of what was asked: a link of Graph's says it in a way that cannot be compared. */
	of: string;
}

interface Wanted {
	mailbox: string;
	folder: string;
	query: IDataObject;
	cursor: Cursor | undefined;
	onlyNew: boolean;
}

const WHY = {
	noCursor: 'There was no cursor.',
	forgotten: 'Outlook has forgotten where the last look came to: all that is there comes once more.',
	otherQuestion: 'The cursor belongs to another mailbox, folder or choice: all that is there comes.',
};
type Why = keyof typeof WHY;

/** Identifies what is asked, in a few letters. */
const fingerprint = ({ mailbox, folder, query }: Omit<Wanted, 'cursor' | 'onlyNew'>): string =>
	createHash('sha256')
		.update(JSON.stringify([mailbox.toLowerCase(), folder, query]))
		.digest('base64url')
		.slice(0, 12);

/** Undefined for what is no cursor. */
function parsed(text: string): Cursor | undefined {
	try {
		const { link, of } = (JSON.parse(text) ?? {}) as Partial<Record<keyof Cursor, unknown>>;
		return typeof link === 'string' && typeof of === 'string' ? { link, of } : undefined;
	} catch {
		return undefined;
	}
}

function readCursor(item: ParameterReader): Cursor | undefined {
	const text = item.text('cursor');
	if (text === '') return undefined;
	const cursor = parsed(text);
	if (cursor !== undefined) return cursor;
	throw item.fieldError(
		'cursor',
		'is not a cursor',
		'Use the whole text that the last item of the look before has, or leave it empty to begin anew.',
	);
}

/** https://learn.microsoft.com/graph/delta-query-messages: one folder at a time. */
export const getChanges = perItem({
	name: 'Get Changes',
	value: 'getChanges',
	action: 'Get changes of messages',
	description: 'Get what is new, changed or gone in a folder; the last item has the cursor for the next look',
	fields: [
		mailboxField,
		{ ...folderLocator, default: { mode: 'id', value: 'inbox' } },
		{
			displayName: 'Changes',
			name: 'changes',
			type: 'options',
			options: [
				{ name: 'All', value: 'all', description: 'New, changed and gone' },
				{ name: 'Changed', value: 'updated', description: 'Read, flagged, categorized or changed otherwise' },
				{ name: 'Gone', value: 'deleted', description: 'Deleted from the folder, or moved out of it' },
				{ name: 'New', value: 'created', description: 'Came into the folder, or was moved there' },
			],
			default: 'all',
			description: 'Which changes to get',
		},
		{
			displayName: 'Cursor',
			name: 'cursor',
			type: 'string',
			default: '',
			description: 'What the last item of the look before has as “cursor”. When empty, a look begins anew.',
		},
		{
			displayName: 'Without What Is There',
			name: 'onlyNew',
			type: 'boolean',
			default: false,
			description:
				'Whether a look that begins anew only takes note of what is there, and gives nothing but the cursor',
		},
		{
			displayName: 'With Body',
			name: 'withBody',
			type: 'boolean',
			default: false,
			description: 'Whether the whole text comes too, and not only its beginning',
		},
	],
	read(item): Wanted {
		const changes = item.option('changes');
		const fields = [...(item.boolean('withBody') ? SIMPLE : BRIEF), 'lastModifiedDateTime'];
		return {
			mailbox: readMailbox(item),
			folder: item.resourceId('folder'),
			query: { $select: fields.join(','), ...(changes === 'all' ? {} : { changeType: changes }) },
			cursor: readCursor(item),
			onlyNew: item.boolean('onlyNew'),
		};
	},
	call: (wanted, client) => rows(wanted, client),
});

async function* rows(wanted: Wanted, client: Client): AsyncGenerator<IDataObject> {
	const of = fingerprint(wanted);
	let why: Why | undefined;
	if (wanted.cursor === undefined) why = 'noCursor';
	else if (wanted.cursor.of !== of) why = 'otherQuestion';
	let link = why === undefined ? wanted.cursor?.link : undefined;
	let changes = 0;
	const pace = new Pace();
	for (;;) {
		const page = await nextPage(link, wanted, client, pace);
		if (page === undefined) {
			link = undefined;
			why = 'forgotten';
			continue;
		}
		if (why === undefined || !wanted.onlyNew)
			for (const row of page.value) {
				changes++;
				yield told(row);
			}
		const next = linkOf(page, client);
		link = next.link;
		if (!next.isLast) continue;
		yield {
			change: 'end',
			cursor: JSON.stringify({ link, of } satisfies Cursor),
			changes,
			isComplete: why !== undefined && !wanted.onlyNew,
			why: why === undefined ? null : WHY[why],
		};
		return;
	}
}

/** Undefined when Graph has forgotten where the link was. @throws {ServiceError} when there is no such folder */
async function nextPage(
	link: string | undefined,
	{ mailbox, folder, query }: Wanted,
	client: Client,
	pace: Pace,
): Promise<Page | undefined> {
	if (link === undefined)
		return await firstPage(`${folderPath(mailbox, folder, client)}/messages/delta`, query, client, pace);
	try {
		return await followLink(link, client, pace);
	} catch (error) {
		if (!client.isGone(error)) throw error;
		return undefined;
	}
}
