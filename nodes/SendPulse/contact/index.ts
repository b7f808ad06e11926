import { resource } from '../../../core/node/operation';
import { getAcrossLists, getStatistics, removeEverywhere } from './acrossLists.operations';
import { add } from './add.operation';
import { getByVariable, setPhone, update } from './change.operations';
import { get, getAll, remove, unsubscribe } from './many.operations';

export const contact = resource({
	name: 'Contact',
	value: 'contact',
	description: 'People in mailing lists',
	operations: [
		add,
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
