import { claim, forgetClaims, type Claim } from '../../../core/batch/inFlight';
import { pausesOf } from '../../../core/batch/idempotency';
import { ServiceError, type Outcome } from '../../../core/errors';

beforeEach(forgetClaims);

const mine = (id: string): Claim => {
	const claimed = claim(id);
	if ('others' in claimed) throw new Error(`${id} is somebody else's`);
	return claimed.mine;
};
const failed = (outcome: Outcome) => ({ failed: new ServiceError({ message: 'no', outcome }) });

test.each(['refused', 'notSent'] as const)('what was %s may be sent by anybody', (outcome) => {
	mine('a').settle(failed(outcome));
	expect(mine('a').isDoubtful).toBe(false);
});

test('what may have been sent is claimed with a doubt, until somebody knows', () => {
	mine('a').settle(failed('unknown'));
	const second = mine('a');
	expect(second.isDoubtful).toBe(true);
	// While it is looked for, it is held as any other.
	expect('others' in claim('a')).toBe(true);
	// It could not be looked for, and was not sent this time.
	second.settle(failed('notSent'));
	const third = mine('a');
	expect(third.isDoubtful).toBe(true);
	// It was found not to be there, sent, and refused.
	third.settle(failed('refused'));
	expect(mine('a').isDoubtful).toBe(false);
});

test('what was sent stays with the one who sent it', async () => {
	mine('a').settle({ sent: { id: 1 } });
	const again = claim('a');
	expect('others' in again && (await again.others)).toEqual({ sent: { id: 1 } });
});

test('the wait for a search is stretched as a whole', () => {
	expect(pausesOf(undefined)).toEqual([1_000, 2_000, 4_000, 8_000]);
	expect(pausesOf(60_000)).toEqual([4_000, 8_000, 16_000, 32_000]);
});
