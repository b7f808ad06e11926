import { NODE, runNode } from '../../support/runNode';
import { alimailCredential, useSandbox } from '../../support/services';

const sandbox = useSandbox();

const columns = {
	mappingMode: 'defineBelow',
	value: {
		employeeNo: '={{ $json.no }}',
		email: '={{ $json.email }}',
		name: '={{ $json.name }}',
		department: '={{ $json.department }}',
		jobTitle: '={{ $json.title }}',
		managerEmail: '={{ $json.manager }}',
	},
};

const sync = (parameters: Record<string, unknown> = {}) => ({
	type: 'alimail',
	parameters: { resource: 'user', operation: 'sync', mode: 'apply', columns, ...parameters } as never,
	credentials: alimailCredential(sandbox.current),
});

const person = (no: number, more: Record<string, unknown> = {}) => ({
	no: `E${no}`,
	email: `person${no}@yunhe.example`,
	name: `Person ${no} 王`,
	department: no % 2 ? 'R&D/Platform/Core' : '销售部',
	title: 'Engineer',
	manager: no === 1 ? '' : 'person1@yunhe.example',
	...more,
});
const people = (count: number) => Array.from({ length: count }, (_, i) => person(i + 1));

test('first load, then nothing to do', async () => {
	const first = await runNode(sync(), people(30));
	expect(first.error).toBeUndefined();
	console.log(
		JSON.stringify(first.json(NODE, 0)[3]),
		JSON.stringify(first.json(NODE, 1).slice(0, 3)),
		first.json(NODE, 2)[0]?.text,
	);
	expect(sandbox.current.alimail.users()).toHaveLength(30);
	const writes = sandbox.current.requests.count({ service: 'alimail', method: 'POST', path: /users$/ });
	expect(writes).toBe(30);
	const second = await runNode(sync(), people(30));
	console.log(second.json(NODE, 2)[0]?.text);
	expect(second.items(NODE, 0)).toEqual([]);
});
