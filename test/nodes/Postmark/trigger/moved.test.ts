import { useWarnings } from '../../../support/warnings';
import { hooksOf, serverOf, useTrigger } from './support';

const { sandbox, trigger } = useTrigger();

const warnings = useWarnings();

const EVENTS = {
	events: ['bounce', 'inbound'],
	streams: ['outbound'],
	options: { replaceInboundHook: true },
};

test('n8n has got another address: what still calls the old one is left alone, and told with what to do', async () => {
	const before = await trigger(EVENTS);
	await before.activate();
	const [old] = hooksOf(sandbox.current);
	const after = await trigger(EVENTS);
	after.saved = structuredClone(before.saved);
	await after.activate('init');
	expect(hooksOf(sandbox.current).map(({ Url }) => Url)).toEqual([before.url, after.url]);
	expect(warnings).toEqual([
		`Postmark still calls ${before.url}, where this trigger was before: webhook ${old!.ID} of the message stream outbound. Remove it in Postmark, unless another n8n uses it.`,
	]);
	expect(serverOf(sandbox.current).config.InboundHookUrl).toContain(new URL(after.url).host);
});

test('it is told once, and no password is in the log', async () => {
	const before = await trigger(EVENTS);
	await before.activate();
	const after = await trigger(EVENTS);
	after.saved = structuredClone(before.saved);
	await after.activate('init');
	await after.deactivate();
	await after.activate();
	expect(warnings).toHaveLength(1);
	const { password } = before.memory.secret as { password: string };
	expect(warnings.join()).not.toContain(password);
});

test('at the same address nothing is told', async () => {
	const host = await trigger(EVENTS);
	await host.activate();
	await host.activate('init');
	await host.deactivate();
	await host.activate();
	expect(warnings).toEqual([]);
});
