import { writeMember } from '../../../sandbox/services/mailchimp/memberRules';
import type { MailchimpService } from '../../../sandbox/services/mailchimp/service';
import type { Scene } from '../scene';
import { byId, scene } from '../scene';
import { saidOfSync } from '../saidOfSync';

type Row = Record<string, string>;

/** A sync of an audience with ten people, with everything else as it is. */
export function syncScene(
	mailchimp: MailchimpService,
	rows: (people: Row[]) => Row[],
	times: () => boolean | number,
	more: object = {},
): Scene {
	const people = Array.from({ length: 10 }, (_, at) => ({
		email: `person${at}@example.org`,
		name: `Person ${at}`,
		tags: 'Sales',
	}));
	for (const { email, name, tags } of people)
		writeMember(mailchimp, mailchimp.audience, undefined, {
			given: {
				email_address: email,
				status: 'subscribed',
				merge_fields: { FNAME: name },
				tags: ['Staff', tags],
			},
			expects: 'new',
			skipMergeValidation: true,
			source: 'admin',
		});
	const columns = {
		mappingMode: 'defineBelow',
		value: {
			email: '={{ $json.email }}',
			tags: '={{ $json.tags }}',
			'merge:FNAME:text': '={{ $json.name }}',
		},
	};
	return {
		...scene(
			'audience.sync',
			{ audience: byId('a1b2c3d4e5'), mode: 'apply', ownTag: 'Staff', columns, ...more },
			times,
		),
		items: rows(people),
		said: saidOfSync,
	};
}
