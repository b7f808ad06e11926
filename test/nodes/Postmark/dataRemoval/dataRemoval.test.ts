import { useSandbox } from '../../../support/services';
import { asked, perform, refusal } from '../operations';

const sandbox = useSandbox();

test('Create asks for it, Get tells how far it is', async () => {
	const { rows } = await perform(sandbox.current, 'dataRemoval.create', {
		requestedFor: 'ana@customer.example',
		requestedBy: 'privacy@yunhe.example',
		notify: true,
	});
	expect(rows[0]).toMatchObject({ ID: expect.any(Number), Status: 'Pending' });
	const status = await perform(sandbox.current, 'dataRemoval.get', { requestId: '={{ $json.ID }}' }, [
		rows[0]!,
	]);
	expect(status.rows[0]).toMatchObject({ ID: rows[0]!.ID, Status: 'Done' });
});

test('an address that is none is named before anything is asked', async () => {
	const { message } = await refusal(sandbox.current, 'dataRemoval.create', {
		requestedFor: 'everybody',
		requestedBy: 'privacy@yunhe.example',
	});
	expect(message).toBe("'Recipient Address' is not a mail address: “everybody” [item 0]");
	expect(asked(sandbox.current)).toEqual([]);
});

test('a request that nobody made is a plain error', async () => {
	const { details } = await refusal(sandbox.current, 'dataRemoval.get', { requestId: '4711' });
	expect(details).toMatchObject({ outcome: 'refused', service: 'Postmark' });
});
