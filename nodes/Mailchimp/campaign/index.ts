import { resource } from '../../../core/node/operation';
import { setContent } from './content.operation';
import { create, get, getAll, getChecklist, getReport, remove, update } from './operations';
import { schedule, send, unschedule } from './send.operations';

export const campaign = resource({
	name: 'Campaign',
	value: 'campaign',
	description: 'Emails to an audience: drafts, their content, and sending them',
	operations: [
		send,
		schedule,
		unschedule,
		getAll,
		get,
		getChecklist,
		getReport,
		create,
		setContent,
		update,
		remove,
	],
});
