import { resource } from '../../../core/node/operation';
import { addToQueue, getAll, getEmails, triggerStep } from './operations';

export const automation = resource({
	name: 'Automation',
	value: 'automation',
	description: 'Journeys and classic automations, started for a contact',
	operations: [triggerStep, addToQueue, getAll, getEmails],
});
