import type { IDataObject, IPollFunctions } from 'n8n-workflow';
import { invalidInput } from '../../../core/errors';
import { checkChoices } from '../../../core/node/parameters/choices';
import { activityFields } from './fields';

/** What the form says. */
export interface Settings {
	event: string;
	audience: string;
	campaign: string;
	store: string;
	/** How long after its sending a campaign is watched. */
	days: number;
}

type Picked = 'audience' | 'campaign' | 'store';

/** What the form asks for an event, and whether it is needed. n8n has no value of what it does not show. */
const ASKED: Record<string, { name: Picked; isNeeded: boolean } | undefined> = {
	campaignCreated: { name: 'audience', isNeeded: false },
	campaignSent: { name: 'audience', isNeeded: false },
	customerCreated: { name: 'store', isNeeded: true },
	emailOpened: { name: 'campaign', isNeeded: false },
	linkClicked: { name: 'campaign', isNeeded: false },
	orderPlaced: { name: 'store', isNeeded: true },
	segmentCreated: { name: 'audience', isNeeded: true },
	segmentUpdated: { name: 'audience', isNeeded: true },
};
const LABELS: Record<Picked, string> = { audience: 'Audience', campaign: 'Campaign', store: 'Store' };

/** @throws {ServiceError} for what is missing, or cannot be an ID */
export function readSettings(context: IPollFunctions): Settings {
	checkChoices(activityFields, ['event'], (name) => context.getNodeParameter(name, undefined));
	const event = String(context.getNodeParameter('event'));
	const options = context.getNodeParameter('options', {}) as IDataObject;
	const settings: Settings = {
		event,
		audience: '',
		campaign: '',
		store: '',
		days: Math.min(365, Math.max(1, Number(options.days ?? 30) || 30)),
	};
	const asked = ASKED[event];
	if (asked !== undefined) settings[asked.name] = picked(context, asked.name, asked.isNeeded);
	return settings;
}

function picked(context: IPollFunctions, name: Picked, isNeeded: boolean): string {
	const label = LABELS[name];
	const id = String(context.getNodeParameter(name, '', { extractValue: true }) ?? '').trim();
	if (id === '' && isNeeded) throw invalidInput(label, `'${label}' is empty`, 'Choose one from the list.');
	// The IDs of stores are the shop's own.
	if (name !== 'store' && id !== '' && !/^\w{6,40}$/.test(id))
		throw invalidInput(
			label,
			`'${label}' is not an ID: “${id}”`,
			'Choose from the list, or enter the ID, which another Mailchimp node shows as “id”. It is not the name.',
		);
	return id;
}
