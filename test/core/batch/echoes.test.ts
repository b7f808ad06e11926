import fc from 'fast-check';
import { matchAnswers } from '../../../core/batch/echoes';

interface Answer {
	to?: string;
	id: number;
}
const match = (sent: Array<string | undefined>, answers: Answer[]) =>
	matchAnswers(sent, answers, ({ to }) => to).map((answer) => answer?.id);

test('in order, refusals among them, is by position', () => {
	expect(match(['a', 'b', 'c'], [{ to: 'a', id: 1 }, { id: 2 }, { to: 'c', id: 3 }])).toEqual([1, 2, 3]);
	expect(match([undefined, undefined], [{ to: 'x', id: 1 }, { id: 2 }])).toEqual([1, 2]);
});

test('what the service writes in a way of its own is no reason to doubt the order', () => {
	expect(
		match(
			['a', 'b'],
			[
				{ to: 'A!', id: 1 },
				{ to: 'b', id: 2 },
			],
		),
	).toEqual([1, 2]);
});

test('in another order each gets its own; a refusal that names nobody is nobody’s', () => {
	const answers = [{ to: 'c', id: 3 }, { to: 'a', id: 1 }, { id: 2 }];
	expect(match(['a', 'b', 'c'], answers)).toEqual([1, undefined, 3]);
});

test('fewer or more answers than messages', () => {
	expect(
		match(
			['a', 'b', 'c'],
			[
				{ to: 'c', id: 3 },
				{ to: 'a', id: 1 },
			],
		),
	).toEqual([1, undefined, 3]);
	expect(
		match(
			['a', 'b'],
			[
				{ to: 'a', id: 1 },
				{ to: 'b', id: 2 },
				{ to: 'z', id: 9 },
			],
		),
	).toEqual([1, 2]);
	expect(match(['a', 'b'], [])).toEqual([undefined, undefined]);
});

test('of twins of which not all are answered, nobody knows which', () => {
	expect(
		match(
			['a', 'a', 'b'],
			[
				{ to: 'b', id: 3 },
				{ to: 'a', id: 1 },
			],
		),
	).toEqual([undefined, undefined, 3]);
	expect(
		match(
			['a', 'b', 'a'],
			[
				{ to: 'b', id: 2 },
				{ to: 'a', id: 1 },
				{ to: 'a', id: 3 },
			],
		),
	).toEqual([1, 2, 3]);
});

test('whatever the order and whatever is missing, nobody gets another’s answer', () => {
	fc.assert(
		fc.property(
			fc.uniqueArray(fc.string({ minLength: 1 }), { minLength: 1, maxLength: 8 }),
			fc.func(fc.nat()),
			fc.nat(8),
			(sent, order, dropped) => {
				const answers = sent
					.map((to, id) => ({ to, id }))
					.toSorted((a, b) => order(a.id) - order(b.id))
					.slice(dropped);
				match(sent, answers).forEach((id, at) => expect([undefined, at]).toContain(id));
				expect(match(sent, answers).filter((id) => id !== undefined)).toHaveLength(answers.length);
			},
		),
	);
});
