import { forgetDelivered, DeliveredIds } from '../../../core/webhook/deliveredIds';

beforeEach(forgetDelivered);

test('knows what it has seen, by kind, through what n8n stores', () => {
	const seen = DeliveredIds.of(undefined);
	seen.add('bounce', '1');
	const later = DeliveredIds.of(JSON.parse(JSON.stringify(seen.kept())));
	expect([later.has('bounce', '1'), later.has('bounce', '2'), later.has('open', '1')]).toEqual([
		true,
		false,
		false,
	]);
	later.add('open', '2');
	const last = DeliveredIds.of(later.kept());
	expect([last.has('bounce', '1'), last.has('open', '2')]).toEqual([true, true]);
});

test('is bounded for each kind: a busy one does not crowd out a rare one, and the oldest go first', () => {
	const seen = DeliveredIds.of(undefined);
	seen.add('bounce', 'rare');
	for (let i = 0; i < 2_500; i++) seen.add('open', String(i));
	expect(JSON.stringify(seen.kept()).length).toBeLessThan(17_000);
	expect([seen.has('bounce', 'rare'), seen.has('open', '499'), seen.has('open', '500')]).toEqual([
		true,
		false,
		true,
	]);
});

test('remembers more of a kind that is looked up', () => {
	const most = { bounce: 10_000 };
	const seen = DeliveredIds.of(undefined, { most });
	for (let i = 0; i < 10_000; i++) seen.add('bounce', String(i));
	const later = DeliveredIds.of(seen.kept(), { most });
	expect(Array.from({ length: 10_000 }, (_, i) => later.has('bounce', String(i)))).not.toContain(false);
	expect(JSON.stringify(seen.kept()).length).toBeLessThan(81_000);
});

test('what n8n has taken over is known to all calls of this process, and nothing else', () => {
	const of = (node?: string) => DeliveredIds.of(undefined, { node });
	const first = of('node');
	first.add('bounce', '1');
	expect(of('node').has('bounce', '1')).toBe(false);
	first.confirm();
	const second = of('node');
	second.add('bounce', '2');
	second.confirm();
	expect([of('node').has('bounce', '1'), of('node').has('bounce', '2')]).toEqual([true, true]);
	expect(of('other').has('bounce', '1')).toBe(false);
	expect(of().has('bounce', '1')).toBe(false);
});
