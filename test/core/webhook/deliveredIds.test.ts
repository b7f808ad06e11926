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
});

test('is bounded for each kind: a busy one does not crowd out a rare one', () => {
	const seen = DeliveredIds.of(undefined);
	seen.add('bounce', 'rare');
	expect(seen.horizon('open')).toBe(0);
	for (let i = 0; i < 2_500; i++) seen.add('open', String(i));
	expect(JSON.stringify(seen.kept()).length).toBeLessThan(50_000);
	expect([seen.has('bounce', 'rare'), seen.has('open', '0'), seen.has('open', '2499')]).toEqual([
		true,
		false,
		true,
	]);
	expect(seen.horizon('bounce')).toBe(0);
	expect(Math.abs(seen.horizon('open') - Date.now())).toBeLessThan(30_000);
});

test('what n8n has taken over is known to all calls of this process, and nothing else', () => {
	const first = DeliveredIds.of(undefined, 'node');
	first.add('bounce', '1');
	expect(DeliveredIds.of(undefined, 'node').has('bounce', '1')).toBe(false);
	first.confirm();
	const second = DeliveredIds.of(undefined, 'node');
	second.add('bounce', '2');
	second.confirm();
	expect(DeliveredIds.of(undefined, 'node').has('bounce', '1')).toBe(true);
	expect(DeliveredIds.of(undefined, 'other').has('bounce', '1')).toBe(false);
	expect(DeliveredIds.of(undefined).has('bounce', '1')).toBe(false);
});
