import { sendPulse } from '../../../nodes/SendPulse/connection';
import { NODE } from '../../support/runNode';
import { useSandbox } from '../../support/services';
import { byId, ERROR_OUTPUT, run } from './support';

const sandbox = useSandbox();

test('how long it takes is told before it starts: what fails without a request costs no time here', async () => {
	const items = Array.from({ length: 300 }, (_, i) => ({ json: { email: `bad ${i}` } }));
	const more = { items, settings: ERROR_OUTPUT, credential: { requestsPerSecond: 10 } };
	const done = await run(sandbox.current, 'contact.get', { list: byId(756589) }, more);
	expect(done.hints(NODE)).toEqual([
		expect.stringMatching(/^This takes \d+ seconds at least: 300 requests\.$/),
	]);
	const chunked = await run(sandbox.current, 'contact.add', { list: byId(756589) }, more);
	expect(chunked.hints(NODE)).toEqual([]);
});

test('the credential says whether a run that is more than the day holds may start', () => {
	expect(sendPulse.definition.forecast?.({ beyondToday: 'refuse' })).toEqual({ isToFit: true });
	expect(sendPulse.definition.forecast?.({ beyondToday: 'start' })).toEqual({ isToFit: false });
	expect(sendPulse.definition.forecast?.({})).toEqual({ isToFit: false });
});
