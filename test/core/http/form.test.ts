import type { ServiceDefinition } from '../../../core/http/definition';
import { outgoing } from '../../../core/http/outgoing';

const service = { name: 'Toy', baseUrl: () => 'https://toy.example' } as unknown as ServiceDefinition;

test('a web form goes out as bytes, of a type that n8n does not take apart again', async () => {
	const form = { to: 'ana@x.example', data: '{"name":"Ana & 李"}' };
	const { headers, body } = await outgoing(
		{ method: 'POST', path: '/send', form, answer: 'anything' },
		service,
		{},
	);
	// n8n's helper makes pairs of the body of exactly this type, and fails on bytes.
	expect(headers['Content-Type']).not.toBe('application/x-www-form-urlencoded');
	expect(headers['Content-Type']).toMatch(/^application\/x-www-form-urlencoded;/);
	expect(Object.fromEntries(new URLSearchParams(String(body)))).toEqual(form);
});
