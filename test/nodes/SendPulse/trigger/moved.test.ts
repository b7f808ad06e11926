import { keyIn } from '../../../../core/webhook/auth';
import { useWarnings } from '../../../support/warnings';
import { hooksOf, useTrigger } from './support';

const { sandbox, trigger } = useTrigger();
const warnings = useWarnings();
const addresses = () => hooksOf(sandbox.current).map(({ url }) => keyIn(url).url);

test('n8n has got another address: what still calls the old one is left alone, and told with what to do, once', async () => {
	const before = await trigger({ events: ['hard_bounces', 'spam'] });
	await before.activate();
	const old = hooksOf(sandbox.current).map(({ id, action }) => `${id} (${action})`);
	const after = await trigger({ events: ['hard_bounces', 'spam'] });
	after.saved = structuredClone(before.saved);
	await after.activate('init');
	expect(addresses()).toEqual([before.url, before.url, after.url, after.url]);
	expect(warnings).toEqual([
		`SendPulse still calls ${before.url}, where this trigger was before: ${old.map((one) => `webhook ${one}`).join(', ')}. Remove them in SendPulse, unless another n8n uses them.`,
	]);
	await after.deactivate();
	expect(addresses()).toEqual([before.url, before.url]);
	await after.activate();
	expect(warnings).toHaveLength(1);
});

test('at the same address nothing is told', async () => {
	const host = await trigger({ events: ['spam'] });
	await host.activate();
	await host.activate('init');
	await host.deactivate();
	await host.activate();
	expect(warnings).toEqual([]);
});
