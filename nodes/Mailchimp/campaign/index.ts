import { resource } from '../../../core/node/operation';
import { getContent, setContent } from './content.operation';
import { replicate, resend } from './copy.operations';
import { create, get, getAll, getChecklist, remove, update } from './operations';
import { search } from './search.operation';
import { schedule, send, unschedule } from './send.operations';
import { cancel, pause, resume } from './stop.operations';
import { sendTest } from './test.operation';

export const campaign = resource({
	name: 'Campaign',
	value: 'campaign',
	description: 'Emails to an audience: drafts, their content, and sending them',
	operations: [
		send,
		schedule,
		unschedule,
		sendTest,
		cancel,
		pause,
		resume,
		getAll,
		search,
		get,
		getContent,
		getChecklist,
		create,
		replicate,
		resend,
		setContent,
		update,
		remove,
	],
});
