import { customCall } from '../../../core/node/customCall';
import { resource } from '../../../core/node/operation';

export const custom = resource({
	name: 'Custom API Call',
	value: 'custom',
	description: 'For parts of Alimail without an operation of their own, such as mail groups',
	operations: [customCall({ service: 'Alimail', placeholder: 'e.g. /v2/users/li.wei%40example.com' })],
});
