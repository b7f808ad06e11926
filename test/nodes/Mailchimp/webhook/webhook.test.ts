import { byId } from '../../../../scripts/faults/scene';
import { useSandbox } from '../../../support/services';
import { AUDIENCE, perform, refusal } from '../operations';

const sandbox = useSandbox();
const hooks = () => sandbox.current.mailchimp.audience.webhooks;

const URL_THERE = 'https://hooks.example.org/mailchimp?key=0123456789abcdef0123456789abcdef';
const SHOWN = 'https://hooks.example.org/mailchimp?***';
const FORM = { url: URL_THERE, events: ['subscribe', 'unsubscribe'] };

const secret = () => [...hooks().values()].at(-1)!.signing_secret!;

async function made(more: object = {}) {
	const { rows } = await perform(sandbox.current, 'webhook.create', { ...FORM, ...more });
	return { row: rows[0]!, chosen: { webhook: byId(String(rows[0]!.id)) } };
}

test('a webhook is made, shown, changed and removed, and nothing secret is ever shown', async () => {
	const { row, chosen } = await made();
	expect(row).toMatchObject({
		url: SHOWN,
		events: { subscribe: true, unsubscribe: true, profile: false, cleaned: false },
		sources: { user: true, admin: true, api: true },
		signing_enabled: true,
	});
	expect(row).not.toHaveProperty('_links');
	const key = secret();
	expect(key).toMatch(/^[0-9a-f]{48}$/);
	const { rows: all } = await perform(sandbox.current, 'webhook.getAll');
	const { rows: one } = await perform(sandbox.current, 'webhook.get', chosen);
	expect([all, one]).toEqual([[expect.objectContaining({ url: SHOWN })], all]);
	const { rows: changed } = await perform(sandbox.current, 'webhook.update', {
		...chosen,
		updateFields: { events: ['cleaned'], sources: ['user'] },
	});
	expect(changed[0]).toMatchObject({
		url: SHOWN,
		events: { subscribe: false, cleaned: true },
		sources: { user: true, admin: false, api: false },
	});
	expect(JSON.stringify([row, all, one, changed])).not.toContain(key);
	expect([...hooks().values()][0]!.url).toBe(URL_THERE);
	await perform(sandbox.current, 'webhook.delete', chosen);
	expect(hooks().size).toBe(0);
});

test('its secret is shown only to whoever asks for it', async () => {
	const { row } = await made({ showSecret: true });
	expect(row.signing_secret).toBe(secret());
	expect(row.url).toBe(SHOWN);
});

test('one whose answer got lost is found, and made anew when its secret is wanted', async () => {
	const lose = () =>
		sandbox.current.faults.add({
			service: 'mailchimp',
			method: 'POST',
			path: /webhooks$/,
			kind: 'resetAfter',
		});
	lose();
	const { row, chosen } = await made();
	expect([...hooks().keys()]).toEqual([row.id]);
	await perform(sandbox.current, 'webhook.delete', chosen);
	lose();
	const again = await made({ showSecret: true });
	expect([...hooks().keys()]).toEqual([again.row.id]);
	expect(again.row.signing_secret).toBe(secret());
});

test('a second one for the same URL, one without events, and a masked URL are refused', async () => {
	const { chosen } = await made();
	const twice = await refusal(sandbox.current, 'webhook.create', FORM);
	expect(twice.details).toMatchObject({ said: expect.stringContaining('multiple WebHooks for one URL') });
	expect(hooks().size).toBe(1);
	const at = async (more: object) =>
		(await refusal(sandbox.current, 'webhook.create', { ...FORM, ...more })).message;
	expect(await at({ events: '={{ [] }}' })).toBe("'Events' is empty");
	expect(await at({ sources: '={{ [] }}' })).toBe("'Sources' is empty");
	expect(await at({ url: 'hooks.example.org' })).toBe("'URL' is not a web address: “hooks.example.org”");
	const masked = await refusal(sandbox.current, 'webhook.update', {
		...chosen,
		updateFields: { url: SHOWN },
	});
	expect(masked.message).toBe("'URL' holds an address whose secret is masked");
	const named = await refusal(sandbox.current, 'webhook.get', { webhook: byId(URL_THERE) });
	expect(named.message).toMatch(/^'Webhook' is not an ID/);
});

test('a custom call that makes one does not show its secret either', async () => {
	const { rows } = await perform(sandbox.current, 'custom.request', {
		method: 'POST',
		path: `/lists/${AUDIENCE}/webhooks`,
		body: JSON.stringify({ url: URL_THERE, events: { subscribe: true } }),
	});
	expect(rows[0]).toMatchObject({ url: SHOWN, signing_secret: '***' });
	expect(JSON.stringify(rows)).not.toContain(secret());
});

test('a batch that makes one does not show its secret, neither at once nor when its results are got', async () => {
	const call = {
		method: 'POST',
		path: `/lists/${AUDIENCE}/webhooks`,
		body: JSON.stringify({ url: URL_THERE, events: { subscribe: true } }),
	};
	const { rows } = await perform(sandbox.current, 'batch.run', call);
	expect(rows[0]).toMatchObject({ url: SHOWN, signing_secret: '***' });
	hooks().clear();
	const { rows: started } = await perform(sandbox.current, 'batch.run', { ...call, wait: false });
	const { rows: results } = await perform(sandbox.current, 'batch.getResults', {
		batchId: started[0]!.batch_id as string,
	});
	expect(results[0]).toMatchObject({ ok: true, response: { url: SHOWN, signing_secret: '***' } });
});
