import { customCall } from '../../../core/node/customCall';
import { resource } from '../../../core/node/operation';
import { withoutNotes } from '../api/messages';

export const custom = resource({
	name: 'Custom API Call',
	value: 'custom',
	description: 'For functions without an operation of their own',
	operations: [
		customCall({
			service: 'Microsoft Graph',
			placeholder: 'e.g. /me/mailFolders/inbox',
			clean: withoutNotes,
		}),
	],
});
