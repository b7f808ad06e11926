import type { OutlookService } from '../../../sandbox';
import { saidOfSync } from '../saidOfSync';
import { scene, type Scene, type Scenes } from '../scene';

type Row = Record<string, string>;
const EVA = { no: 'E99', email: 'eva@contoso.example', name: 'Eva' };
const COLUMNS = {
	mappingMode: 'defineBelow',
	value: {
		employeeId: '={{ $json.no }}',
		userPrincipalName: '={{ $json.email }}',
		displayName: '={{ $json.name }}',
	},
};
const MANAGED = { ...COLUMNS, value: { ...COLUMNS.value, managerEmail: '={{ $json.boss }}' } };

/** A sync among twenty people, with everything else as it is. */
function syncScene(
	{ directory }: OutlookService,
	rows: (people: Row[]) => Row[],
	times: () => boolean | number,
	columns: object = COLUMNS,
): Scene {
	const people = Array.from({ length: 20 }, (_, at) => ({
		no: `E${at}`,
		email: `p${at}@contoso.example`,
		name: `Person ${at}`,
	}));
	for (const { no, email, name } of people)
		directory.put(`id-${no}`, {
			userPrincipalName: email,
			displayName: name,
			employeeId: no,
			accountEnabled: directory.find(email)?.props.accountEnabled ?? true,
			createdDateTime: '2020-01-01T00:00:00Z',
		});
	return {
		...scene('user.sync', { mode: 'apply', columns }, times),
		items: rows(people),
		said: saidOfSync,
	};
}
const first = ({ directory }: OutlookService) => directory.find('p0@contoso.example')!.props;

export const userSync: Scenes<OutlookService>['scenes'] = {
	'user.sync': (service) =>
		syncScene(
			service,
			(people) => [...people, EVA],
			() => [...service.directory.users.values()].filter(({ props }) => props.displayName === 'Eva').length,
		),
	'user.sync: a change': (service) =>
		syncScene(
			service,
			([one, ...others]) => [{ ...one!, name: 'Renamed' }, ...others],
			() => first(service).displayName === 'Renamed',
		),
	'user.sync: a manager': (service) =>
		syncScene(
			service,
			([one, ...others]) => [{ ...one!, boss: 'E1' }, ...others],
			() => service.directory.find('p0@contoso.example')!.manager === 'id-E1',
			MANAGED,
		),
	'user.sync: a leaver': (service) =>
		syncScene(
			service,
			([, ...others]) => others,
			() => first(service).accountEnabled === false,
		),
};
