import { resource } from '../../../core/node/operation';
import { getAcrossLists, getStatistics, removeEverywhere } from './acrossLists.operations';
import { add } from './add.operation';
import { getByVariable, setPhone, update } from './change.operations';
import { get, getAll, remove, unsubscribe } from './many.operations';
import { sync } from './sync/sync.operation';

export const contact = resource({
	name: 'Contact',
	value: 'contact',
	description: 'People in mailing lists',
	operations: [
		add,
		sync,
		getAll,
		get,
		getByVariable,
		getAcrossLists,
		getStatistics,
		update,
		setPhone,
		unsubscribe,
		removeEverywhere,
		remove,
	],
});
