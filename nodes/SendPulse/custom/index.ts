import { customCall } from '../../../core/node/customCall';
import { resource } from '../../../core/node/operation';

export const custom = resource({
	name: 'Custom API Call',
	value: 'custom',
	description:
		'For parts of SendPulse without an operation of their own, such as the address book of text messages',
	operations: [customCall({ service: 'SendPulse', placeholder: 'e.g. /sms/campaigns/list' })],
});
