import { customCall } from '../../../core/node/customCall';
import { resource } from '../../../core/node/operation';
import { withoutSecrets } from '../secrets';
import { postmarkAccount } from '../connection';

export const custom = resource({
	name: 'Custom API Call',
	value: 'custom',
	description: 'For functions of a server without an operation of their own',
	operations: [
		customCall({ service: 'Postmark', placeholder: 'e.g. /message-streams', clean: withoutSecrets }),
	],
});

export const customAccount = resource({
	name: 'Custom API Call (Account)',
	value: 'customAccount',
	description: 'For functions of the account without an operation of their own; needs the account token',
	operations: [
		customCall({
			service: 'Postmark',
			action: 'Make a custom API request to the account',
			placeholder: 'e.g. /domains/36735',
			clean: withoutSecrets,
		}),
	],
	service: postmarkAccount,
});
