import { path } from '../../../core/http/path';
import { perItem } from '../../../core/node/operation';
import { noChanges } from '../../../core/node/parameters/changes';
import { numericId } from '../ids';
import { domainLocator } from '../locators';
import { returnPathField, sayIfUnverified, trackingDomainField } from './fields';

/**
 * https://postmarkapp.com/developer/api/domains-api#edit-domain: nothing else can be changed. The tracking domain is newer
 * (https://github.com/ActiveCampaign/postmark-php, src/Postmark/PostmarkAdminClient.php).
 */
export const update = perItem({
	name: 'Update',
	value: 'update',
	action: 'Update a domain',
	description: 'Change the subdomains that bounces go to and tracked links lead over',
	fields: [
		domainLocator,
		{
			displayName: 'Update Fields',
			name: 'updateFields',
			type: 'collection',
			placeholder: 'Add Field',
			default: {},
			description: 'Only the fields added here are changed; an empty one makes it Postmark’s own again',
			options: [trackingDomainField, returnPathField],
		},
	],
	read(item) {
		const fields = item.collection('updateFields');
		const given = (name: string) => (fields.value(name) === undefined ? undefined : fields.text(name));
		const [returnPath, tracking] = [given('returnPathDomain'), given('customTrackingDomain')];
		if (returnPath === undefined && tracking === undefined) throw noChanges(item);
		return { id: numericId(item, 'domain'), returnPath, tracking };
	},
	async call({ id, returnPath, tracking }, client, feedback) {
		const place = path`/domains/${id}`;
		// It goes with every change, also when it stays.
		const ReturnPathDomain =
			returnPath ?? (await client.get<{ ReturnPathDomain?: string }>(place)).ReturnPathDomain ?? '';
		const domain = await client.send({
			method: 'PUT',
			path: place,
			answer: ['ID', 'Name'],
			body: { ReturnPathDomain, ...(tracking === undefined ? {} : { CustomTrackingDomain: tracking }) },
			idempotent: true,
		});
		if (tracking !== undefined && tracking !== '') sayIfUnverified(domain, feedback);
		return domain;
	},
});
