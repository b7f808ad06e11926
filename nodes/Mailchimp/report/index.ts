import { resource } from '../../../core/node/operation';
import {
	get,
	getAll,
	getClickers,
	getClicks,
	getEmailActivity,
	getOpens,
	getRecipients,
	getUnsubscribes,
} from './operations';

export const report = resource({
	name: 'Report',
	value: 'report',
	description: 'What became of campaigns that were sent: who opened, clicked and unsubscribed',
	operations: [
		getAll,
		get,
		getOpens,
		getClicks,
		getClickers,
		getUnsubscribes,
		getRecipients,
		getEmailActivity,
	],
});
