import { NODE } from '../../support/runNode';
import { useSandbox } from '../../support/services';
import { byId, problem, run } from './support';

const sandbox = useSandbox();
beforeEach(() => {
	sandbox.current.sendpulse.settings.requestsPerSecond = 1000;
});

test('a template is created, read with its HTML, and given other words', async () => {
	const words = { html: '<p>Hällo {{name}}</p>', language: 'en' };
	const done = await run(sandbox.current, 'template.create', { name: 'Order', ...words });
	const [made] = done.json(NODE);
	expect(made).toMatchObject({ name: 'Order', result: true, real_id: expect.any(Number) });
	const template = byId(Number(made!.real_id));
	expect((await run(sandbox.current, 'template.get', { template })).json(NODE)).toMatchObject([
		{ name: 'Order', html: '<p>Hällo {{name}}</p>' },
	]);
	await run(sandbox.current, 'template.update', { template, ...words, html: '<p>New</p>' });
	expect(sandbox.current.sendpulse.account.templates.get(String(made!.real_id))?.html).toBe('<p>New</p>');
	const { error, details } = await problem(sandbox.current, 'template.create', { name: 'Order', ...words });
	expect(error).toBe('A template of this name is there already');
	expect(details).toMatchObject({ code: '573' });
});

test('own templates and those that SendPulse offers are two lists', async () => {
	const names = async (owner: string) =>
		(await run(sandbox.current, 'template.getAll', { owner, returnAll: true }))
			.json(NODE)
			.map(({ name }) => name);
	expect(await names('me')).toEqual(['Welcome']);
	expect(await names('sendpulse')).toEqual(['Webinar Speakers']);
});
