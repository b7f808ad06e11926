import { MemoryTarget } from '../sync/memoryTarget';
import { record } from '../sync/people';
import { syncToy, type SyncToy } from './toy';

const target = () => new MemoryTarget([record('id1', { email: 'p1@x.com', name: 'N1' })]);
const rows = [{ email: 'p1@x.com', name: '', Manager: '' }];

/** What a toy was asked with, in the order of asking. */
function watched(more: Partial<SyncToy> = {}): { toy: SyncToy; asked: string[][] } {
	const asked: string[][] = [];
	return { asked, toy: { target: target(), opened: (mapped) => void asked.push([...mapped]), ...more } };
}

const byHand = (value: object) => ({
	matchBy: 'email',
	columns: { mappingMode: 'defineBelow', value, matchingColumns: [], schema: [] },
});

test.each([
	['one by one', byHand({ email: '={{ $json.email }}', name: '={{ $json.name }}', managerEmail: '' })],
	['automatically', { matchBy: 'email', columns: { mappingMode: 'autoMapInputData', value: null } }],
])(
	'the service is asked with the columns that are mapped, whatever the cells hold, mapped %s',
	async (how, parameters) => {
		const { toy, asked } = watched();
		await syncToy(toy, rows, { parameters: parameters as never });
		expect(asked).toEqual([['email', 'name', ...(how === 'automatically' ? ['managerEmail'] : [])]]);
	},
);

test('a mapping to a column that no row has is told before the service is asked anything', async () => {
	const { toy, asked } = watched();
	const parameters = byHand({ email: '={{ $json.email }}', name: '={{ $json.surname }}' });
	await expect(syncToy(toy, rows, { parameters: parameters as never })).rejects.toThrow(
		'The mapping of “Name” refers to a column “surname”, which no row has. Nothing was done',
	);
	expect(asked).toEqual([]);
});

test('what is wrong with the rows is told first, although the service was asked meanwhile and failed too', async () => {
	const { toy, asked } = watched();
	const opened = (mapped: ReadonlySet<string>) => {
		asked.push([...mapped]);
		throw new Error('The service is down');
	};
	const keyless = [{ email: '', name: 'N1' }];
	const parameters = byHand({ email: '={{ $json.email }}', name: '={{ $json.name }}' });
	await expect(syncToy({ ...toy, opened }, keyless, { parameters: parameters as never })).rejects.toThrow(
		'People are to be recognised by “Email”, but no row has one. Nothing was done',
	);
	expect(asked).toHaveLength(1);
	await expect(syncToy({ ...toy, opened }, rows, { parameters: parameters as never })).rejects.toThrow(
		'The service is down',
	);
});
