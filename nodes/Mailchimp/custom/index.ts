import { customCall } from '../../../core/node/customCall';
import { resource } from '../../../core/node/operation';
import { withMaskedSecrets } from '../secrets';

export const custom = resource({
	name: 'Custom API Call',
	value: 'custom',
	description: 'For functions without an operation of their own',
	operations: [
		customCall({
			service: 'Mailchimp',
			placeholder: 'e.g. /lists/a1b2c3d4e5/growth-history',
			clean: withMaskedSecrets,
		}),
	],
});
