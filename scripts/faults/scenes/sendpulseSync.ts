import type { MailingList } from '../../../sandbox/services/sendpulse/records';
import type { SendPulseService } from '../../../sandbox/services/sendpulse/service';
import { saidOfSync } from '../saidOfSync';
import { byId, scene, type Scene } from '../scene';

type Row = Record<string, string>;

/** A sync of a list with ten people, with everything else as it is. */
export function syncScene(
	service: SendPulseService,
	rows: (people: Row[]) => Row[],
	times: (list: MailingList) => boolean | number,
	leavers = 'nothing',
): Scene {
	const people = Array.from({ length: 10 }, (_, at) => ({
		email: `person${at}@example.net`,
		name: `Person ${at}`,
	}));
	const list = service.addList(
		'Staff',
		people.map(({ email }) => email),
	);
	for (const { email, name } of people) list.contacts.get(email)!.variables.Name = name;
	const columns = {
		mappingMode: 'defineBelow',
		value: { email: '={{ $json.email }}', 'variable:string:Name': '={{ $json.name }}' },
	};
	return {
		...scene('contact.sync', { list: byId(list.id), mode: 'apply', columns, leavers }, () => times(list)),
		items: rows(people),
		said: saidOfSync,
	};
}
