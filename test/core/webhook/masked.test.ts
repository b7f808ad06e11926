import { newSecret, withKey } from '../../../core/webhook/auth';
import { withSecret } from '../../../core/webhook/address';
import { withMaskedAddresses } from '../../../core/webhook/masked';

const ADDRESS = 'https://n8n.example/webhook/8f/webhook';
const secret = newSecret();

test('the secret of a trigger is masked, however deep in an answer', () => {
	const answer = {
		hooks: [{ id: 1, url: withKey(ADDRESS, secret) }, { deeper: { Address: withSecret(ADDRESS, secret) } }],
	};
	expect(withMaskedAddresses(answer)).toEqual({
		hooks: [
			{ id: 1, url: `${ADDRESS}?***` },
			{ deeper: { Address: 'https://***:***@n8n.example/webhook/8f/webhook' } },
		],
	});
	expect(withMaskedAddresses([withKey(ADDRESS, secret)])).toEqual([`${ADDRESS}?***`]);
});

test.each([
	ADDRESS,
	`${ADDRESS}?key=color&page=2`,
	'https://files.example/logo.png?v=3',
	'ana@example.net',
	`key=${secret.password}`,
	'',
	42,
	null,
	true,
])('%j stays as it is', (value) => {
	expect(withMaskedAddresses(value)).toBe(value);
});
