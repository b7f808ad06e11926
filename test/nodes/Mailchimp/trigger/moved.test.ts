import { useWarnings } from '../../../support/warnings';
import { hooksOf, useTrigger, write } from './support';

const { sandbox, trigger } = useTrigger();
const warnings = useWarnings();
const addresses = () => hooksOf(sandbox.current.mailchimp).map(({ url }) => url.replace(/\?.*/, ''));

test('n8n has got another address: what still calls the old one is left alone, and told with what to do, once', async () => {
	const before = await trigger();
	await before.activate();
	const [old] = hooksOf(sandbox.current.mailchimp);
	const after = await trigger();
	after.saved = structuredClone(before.saved);
	await after.activate('init');
	expect(addresses()).toEqual([before.url, after.url]);
	expect(warnings).toEqual([
		`Mailchimp still calls ${before.url}, where this trigger was before: webhook ${old!.id}. Remove it in Mailchimp, unless another n8n uses it.`,
	]);
	await after.deactivate();
	expect(addresses()).toEqual([before.url]);
	await after.activate();
	expect(warnings).toHaveLength(1);
});

test('n8n has got another address: what was missed is looked for there', async () => {
	const before = await trigger();
	await before.activate();
	before.isActive = false;
	const after = await trigger();
	after.saved = structuredClone(before.saved);
	for (const time of ['cursor', 'lookedAt']) after.memory[time] = Date.now() - 3_600_000;
	write(sandbox.current.mailchimp, { email_address: 'left@example.com' });
	write(sandbox.current.mailchimp, { email_address: 'left@example.com', status: 'unsubscribed' });
	// n8n asks for `trigger()` with what was remembered before the address was registered anew.
	await after.activate('init', structuredClone(after.saved));
	while (after.json.length === 0) await new Promise((resolve) => setTimeout(resolve, 50));
	expect(after.json).toEqual([expect.objectContaining({ email: 'left@example.com', caught_up: true })]);
});

test('at the same address nothing is told', async () => {
	const host = await trigger();
	await host.activate();
	await host.activate('init');
	await host.deactivate();
	await host.activate();
	expect(warnings).toEqual([]);
});
