import type { IDataObject } from 'n8n-workflow';
import { perItem, WithFiles, type Row } from '../../../core/node/operation';
import { fingerprint, readCursor, writeCursor } from '../changes/cursor';
import { nameOfDeleted } from '../changes/deleted';
import { deletedFilter, presentFilter, type Watched } from '../changes/kinds';
import { changesSince, type End, type Told } from '../changes/since';
import type { Directory } from '../connection';
import { rawFilterField, readRawFilter } from '../filter/fields';
import { all } from '../filter/filter';
import { withStoredValues } from '../filter/values';
import { attributesField, baseField, readWhere, scopeField } from '../searching';
import { modelOf } from '../user/model';
import { Decoder } from '../values/decode';

/** What tells entries of any kind apart, in both kinds of directory. */
const USUAL = ['cn', 'objectClass', 'description'];

export const changesSinceOperation = perItem({
	name: 'Changes Since',
	value: 'changesSince',
	action: 'Get what changed since the last look',
	description: 'List what was created, changed or deleted; the last item has the cursor for the next look',
	fields: [
		{
			displayName: 'Entries',
			name: 'watched',
			type: 'options',
			options: [
				{ name: 'Any Entry', value: 'any' },
				{ name: 'Computers', value: 'computer' },
				{ name: 'Groups', value: 'group' },
				{ name: 'Organizational Units', value: 'unit' },
				{ name: 'Users', value: 'user' },
			],
			default: 'user',
			description: 'Whose changes are looked for',
		},
		{
			displayName: 'Cursor',
			name: 'cursor',
			type: 'string',
			default: '',
			description:
				'What the last item of the look before has as “cursor”. When empty: all that is there comes, as present.',
		},
		{
			displayName: 'Options',
			name: 'options',
			type: 'collection',
			placeholder: 'Add Option',
			default: {},
			description: 'What is seldom needed: the presets suit most',
			options: [
				baseField,
				scopeField,
				{
					displayName: 'Find What Is Gone by Comparing',
					name: 'compares',
					type: 'boolean',
					default: false,
					description:
						'Whether all that is there is compared with what was there at the last look, which the cursor then holds. Needed where the account may not see deleted entries, in other directories than Active Directory, and for what was moved out of the base.',
				},
				rawFilterField,
			].toSorted((a, b) => a.displayName.localeCompare(b.displayName)) as never,
		},
		attributesField,
	],
	read(item) {
		const options = item.collection('options');
		const text = item.text('cursor');
		const cursor = text === '' ? undefined : readCursor(text);
		if (text !== '' && cursor === undefined)
			throw item.fieldError(
				'cursor',
				'is not a cursor',
				'Use the whole text that the last item of the look before has, or leave it empty to begin anew.',
			);
		return {
			watched: item.option('watched') as Watched,
			cursor,
			...readWhere(options),
			compares: options.boolean('compares'),
			filter: readRawFilter(options),
			attributes: item.list('attributes'),
		};
	},
	async *call({ watched, cursor, scope, compares, filter, ...query }, directory: Directory, feedback) {
		const { kind } = await directory.info();
		const isActiveDirectory = kind === 'activeDirectory';
		const schema = await directory.schema();
		const usual = watched === 'user' ? modelOf(kind).usual : USUAL;
		const attributes = query.attributes.length > 0 ? query.attributes : usual;
		const base = query.base || (await directory.base());
		const decoder = new Decoder(schema, attributes);
		const asked = {
			base,
			scope,
			filter: withStoredValues(all(presentFilter(watched, kind), filter), schema, isActiveDirectory),
			deleted: deletedFilter(watched),
			attributes,
			compares,
			of: fingerprint([watched, base.toLowerCase(), scope, filter ?? null]),
		};
		let changes = 0;
		for await (const one of changesSince(directory, asked, cursor)) {
			if ('cursor' in one) {
				if (!one.seesDeleted && !compares) feedback.hint(BLIND);
				yield endRow(one, changes);
			} else {
				changes++;
				yield rowOf(one, decoder);
			}
		}
	},
});

const BLIND =
	"What was deleted is not among the changes: the account may not see deleted entries, or the directory keeps none. Switch on 'Find What Is Gone by Comparing' to be told.";

const ANEW = {
	noCursor: 'There was no cursor.',
	otherServer: 'Another server answers than at the last look, or it was restored: all has to be compared.',
	otherQuestion: 'The cursor belongs to another base, filter or kind of entries.',
};

function endRow({ cursor, anew, seesDeleted }: End, changes: number): IDataObject {
	return {
		change: 'end',
		cursor: writeCursor(cursor),
		changes,
		isComplete: anew !== undefined,
		why: anew === undefined ? null : ANEW[anew],
		seesDeleted,
	};
}

function rowOf({ change, id, entry }: Told, decoder: Decoder): Row {
	if (entry === undefined) return { change, id };
	const row = decoder.row(entry);
	const json = row instanceof WithFiles ? row.json : row;
	const { uSNCreated: _usn, entryCSN: _csn, createTimestamp: _at, modifyTimestamp: _time, ...rest } = json;
	const own = change === 'deleted' ? { ...rest, name: nameOfDeleted(String(json.cn ?? '')) } : rest;
	const told = { change, id, ...own };
	return row instanceof WithFiles ? new WithFiles(told, row.files) : told;
}
