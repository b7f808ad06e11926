import { resource } from '../../../core/node/operation';
import { archive } from './archive.operation';
import { create } from './create.operation';
import { deletePermanently } from './deletePermanently.operation';
import { get } from './get.operation';
import { getAll } from './getAll.operation';
import { addEvent, addNote, getActivity, getEvents, getNotes } from './history.operations';
import { search } from './search.operation';
import { changeTags, getTags } from './tags.operations';
import { update } from './update.operation';
import { upsert } from './upsert.operation';

export const member = resource({
	name: 'Member',
	value: 'member',
	description: 'The contacts of an audience',
	operations: [
		upsert,
		getAll,
		search,
		get,
		create,
		update,
		changeTags,
		getTags,
		archive,
		deletePermanently,
		addNote,
		getNotes,
		addEvent,
		getEvents,
		getActivity,
	],
});
