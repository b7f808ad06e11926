import { useSandbox } from '../../support/services';
import { perform } from './operations';

const sandbox = useSandbox();

const questions = () =>
	sandbox.current.requests.list({ service: 'mailchimp' }).filter(({ query }) => query === 'fields=login_id')
		.length;

test('who the user is, is asked once, and after a refusal again only when some minutes have gone by', async () => {
	sandbox.current.faults.add({
		service: 'mailchimp',
		path: /\/3\.0\/?$/,
		kind: 'status',
		status: 403,
		times: 1,
	});
	const run = async () => await perform(sandbox.current, 'audience.getAll');
	await run();
	expect(questions()).toBe(1);
	await run();
	expect(questions()).toBe(1);
	const later = Date.now() + 6 * 60_000;
	const now = jest.spyOn(Date, 'now').mockImplementation(() => later);
	try {
		await run();
		await run();
	} finally {
		now.mockRestore();
	}
	expect(questions()).toBe(2);
});
