import { useWarnings } from '../../../support/warnings';
import { hooksOf, useTrigger } from './support';

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

test('at the same address nothing is told', async () => {
	const host = await trigger();
	await host.activate();
	await host.activate('init');
	await host.deactivate();
	await host.activate();
	expect(warnings).toEqual([]);
});
