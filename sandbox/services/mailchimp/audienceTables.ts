import type { Given } from '../../shell/table/table';
import { newId } from './audience';
import { badRequest, invalid } from './errors';
import type { Category, Interest, MergeField, Note } from './records';
import { type Ask, linksTo } from './resource';
import { type ChimpTable, described } from './table';

const LIST = '/lists/{list_id}';
const CATEGORIES = `${LIST}/interest-categories`;
const INTERESTS = `${CATEGORIES}/{interest_category_id}/interests`;
const NOTES = `${LIST}/members/{subscriber_hash}/notes`;

const highest = (ids: Iterable<string | number>) => Math.max(0, ...[...ids].map(Number));

/** Tags have up to 10 characters; without one it is made of the name. */
function tagFor(given: Given, { audience }: Ask): string {
	const base = String(given.tag ?? given.name)
		.toUpperCase()
		.replaceAll(/[^A-Z0-9_]/g, '')
		.slice(0, 10);
	if (base !== '') return base;
	return `MMERGE${highest(audience.mergeFields.keys()) + 1}`;
}

const needsChoices = ({ type }: Given) => type === 'radio' || type === 'dropdown';

export const mergeFields = described<MergeField>({
	path: `${LIST}/merge-fields`,
	id: {
		parameter: 'merge_id',
		field: 'merge_id',
		next: ({ audience }) => highest(audience.mergeFields.keys()) + 1,
	},
	records: ({ audience }) => audience.mergeFields,
	rows: 'merge_fields',
	beside: ['list_id'],
	unique: { field: 'tag', anyCase: true },
	taken: (tag) => `A Merge Field with the tag "${String(tag)}" already exists for this list.`,
	// The number differs between plans; this is that of the free one and of all older accounts.
	most: 80,
	check(given, _ask, old) {
		const { choices } = (given.options ?? {}) as { choices?: string[] };
		if (!old && needsChoices(given) && !choices?.length)
			throw invalid('A field of this type needs at least one choice.');
		const tag = given.tag === undefined ? undefined : String(given.tag);
		if (tag !== undefined && !/^[A-Z0-9_]{1,10}$/i.test(tag))
			throw invalid('Merge tags must have 1 to 10 letters, digits or underscores.');
		if (tag !== undefined && /^EMAIL$/i.test(tag)) throw invalid('EMAIL is reserved.');
	},
	make: (draft, ask) => ({
		required: false,
		default_value: '',
		public: false,
		display_order: ask.audience.mergeFields.size + 2,
		help_text: '',
		...(draft as Pick<MergeField, 'merge_id' | 'name' | 'type'>),
		tag: tagFor(draft, ask),
		options: (draft.options ?? {}) as MergeField['options'],
		list_id: ask.audience.id,
	}),
	show: (field, { state, audience }) => ({
		...field,
		_links: linksTo(state, `/lists/${audience.id}/merge-fields/${field.merge_id}`),
	}),
	examples: {
		create: (n) => ({ name: `Tea ${n}`, tag: `TEA${n}`, type: 'text', options: { size: 20 } }),
		change: { name: 'Coffee', help_text: 'Which one?' },
	},
});

export const categories = described<Category>({
	path: CATEGORIES,
	id: { parameter: 'interest_category_id', field: 'id', next: newId },
	records: ({ audience }) => audience.categories,
	rows: 'categories',
	beside: ['list_id'],
	unique: { field: 'title', anyCase: true },
	taken: (title) => `Cannot add "${String(title)}" because it already exists on the list.`,
	make: (draft, { audience }) => ({
		display_order: 0,
		...(draft as Pick<Category, 'id' | 'title' | 'type'>),
		list_id: audience.id,
		interests: new Map(),
	}),
	show: ({ interests: _own, ...category }, { state, audience }) => ({
		...category,
		_links: linksTo(state, `/lists/${audience.id}/interest-categories/${category.id}`),
	}),
	examples: {
		create: (n) => ({ title: `Topics ${n}`, type: 'checkboxes' }),
		change: { title: 'Themes', type: 'radio' },
	},
});

export const interests = described<Interest>({
	path: INTERESTS,
	id: { parameter: 'interest_id', field: 'id', next: newId },
	records: ({ category }) => category.interests,
	rows: 'interests',
	beside: ['list_id', 'category_id'],
	unique: { field: 'name', anyCase: true },
	taken: (name) => `Cannot add "${String(name)}" because it already exists on the list.`,
	// 60 in all categories of an audience together.
	most: 60,
	make(draft, { audience }) {
		if (audience.interests().length >= 60) throw badRequest('An audience can have up to 60 interests.');
		const interest = { display_order: 0, ...(draft as Pick<Interest, 'id' | 'name'>) };
		for (const member of audience.members.values()) member.interests[interest.id] = false;
		return interest;
	},
	show: (interest, { state, audience, category }) => ({
		...interest,
		category_id: category.id,
		list_id: audience.id,
		subscriber_count: String(
			[...audience.members.values()].filter(({ interests: chosen }) => chosen[interest.id]).length,
		),
		_links: linksTo(
			state,
			`/lists/${audience.id}/interest-categories/${category.id}/interests/${interest.id}`,
		),
	}),
	examples: { create: (n) => ({ name: `Green ${n}` }), change: { name: 'Black' } },
});

export const notes = described<Note>({
	path: NOTES,
	id: { parameter: 'note_id', field: 'id', next: ({ state }) => state.newId() },
	records: ({ member }) => member.notes,
	rows: 'notes',
	beside: ['email_id', 'list_id'],
	fields: { note: { type: 'string', required: true, max: 1000 } },
	make: (draft, { state }) => ({
		...(draft as unknown as Note),
		created_at: state.stamp(),
		updated_at: state.stamp(),
		created_by: 'MailOps Sandbox',
	}),
	change(note, given, { state }) {
		Object.assign(note, given, { updated_at: state.stamp() });
	},
	show: (note, { state, audience, member }) => ({
		...note,
		list_id: audience.id,
		email_id: member.id,
		contact_id: member.contact_id,
		_links: linksTo(state, `/lists/${audience.id}/members/${member.id}/notes/${note.id}`),
	}),
	examples: {
		create: (n) => ({ note: `Called ${n} times` }),
		change: { note: 'Wrote' },
		changes: ['updated_at'],
	},
});

export const audienceTables = [mergeFields, categories, interests, notes] as unknown as Array<
	ChimpTable<object>
>;
