import { useSandbox } from '../../support/services';
import { parts } from '../../../nodes/Outlook/batch';
import { countedName } from '../../../nodes/Outlook/mailbox';
import { GraphError } from '../../../sandbox/services/outlook/errors';
import { rows } from './support';

/** A mailbox that an app names now by the ID of its user, now by its address. */

const sandbox = useSandbox();
const service = () => sandbox.current.outlook;

/** Each test has a mailbox of its own: what was learned of one is known for an hour. */
let number = 0;
function box() {
	number += 1;
	const address = `box${number}@contoso.example`;
	const id = `0000000${number}-aaaa-4bbb-8ccc-dddddddddddd`;
	service().directory.put(id, {
		userPrincipalName: address,
		mail: `b${number}@contoso.example`,
		displayName: 'Box',
	});
	return { id, address };
}
const update = async (names: string[]) => {
	const items = names.map((mailbox, i) => ({
		json: { mailbox, id: `AAkALg${service().receive(`m${i}`, 'x@elsewhere.example', {}, mailbox).id}` },
	}));
	const form = {
		messageId: '={{ $json.id }}',
		mailbox: '={{ $json.mailbox }}',
		updateFields: { isRead: true },
	};
	sandbox.current.requests.clear();
	return await rows(sandbox.current, 'message.update', form, { items, asApp: true });
};
/** How often the directory is asked for a user, as what travels in a batch too. */
let learned: jest.SpyInstance;
beforeEach(() => {
	learned = jest.spyOn(service().directory, 'user');
});
afterEach(() => learned.mockRestore());
const askedFor = () => {
	const { length } = learned.mock.calls;
	learned.mockClear();
	return length;
};
const counted = (name: string) => countedName(encodeURIComponent(name), {}, 'app');
const groupOf = (name: string) =>
	parts.group({ method: 'GET', path: `/users/${encodeURIComponent(name)}/messages/m1`, headers: {} });

test('named by both in one run: asked once which address the ID has, then counted and carried as one', async () => {
	const { id, address } = box();
	expect(counted(id)).not.toBe(counted(address));
	const names = Array.from({ length: 30 }, (_, i) => (i % 2 ? id : address.toUpperCase()));
	expect(await update(names)).toHaveLength(30);
	expect(askedFor()).toBe(1);
	const all = [id, id.toUpperCase(), address, address.replace('box', 'b')];
	expect(new Set(all.map(counted)).size).toBe(1);
	expect(new Set(all.map(groupOf)).size).toBe(1);
	await update(names);
	expect(askedFor()).toBe(0);
});

test('named by one alone: nothing is asked', async () => {
	const [one, other] = [box(), box()];
	await update([one.id, other.id, one.id]);
	expect(askedFor()).toBe(0);
	await update([one.address, other.address]);
	expect(askedFor()).toBe(0);
});

test('where the app may not ask, all is done as of two, and it is not asked again', async () => {
	const { id, address } = box();
	learned.mockImplementation(() => {
		throw new GraphError(403, 'Authorization_RequestDenied', 'Insufficient privileges.');
	});
	expect(await update([id, address, id, address])).toHaveLength(4);
	expect(askedFor()).toBe(1);
	expect(counted(id)).not.toBe(counted(address));
	await update([id, address]);
	expect(askedFor()).toBe(0);
});

test('a queue of a mailbox is one, whichever name it was filled by', async () => {
	const { id, address } = box();
	const items = [id, address, id, address].map((mailbox, i) => ({ json: { mailbox, key: `k${i >> 1}` } }));
	const form = {
		mailbox: '={{ $json.mailbox }}',
		to: 'ana@elsewhere.example',
		subject: 'Hi',
		html: '<p>Hi</p>',
		queue: 'News',
		key: '={{ $json.key }}',
	};
	const queued = await rows(sandbox.current, 'message.queue', form, { items, asApp: true });
	expect(new Set(queued.map(({ id: own }) => own)).size).toBe(2);
	expect(service().mailbox(address).messages.in('drafts')).toHaveLength(2);
});
