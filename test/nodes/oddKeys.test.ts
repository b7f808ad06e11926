import { lookUp } from '../../core/lookUp';
import { baseUrlOf } from '../../nodes/Alimail/sites';
import { productOf } from '../../nodes/AokSend/products';
import { meaningOf } from '../../nodes/Mailchimp/errors';
import { planOf } from '../../nodes/SendPulse/connection';
import { alimail } from '../core/support/nodes';
import { runNode } from '../support/runNode';
import { useSandbox } from '../support/services';

/** What every object of JavaScript has without being given it. */
const ODD = ['constructor', 'toString', 'valueOf', 'hasOwnProperty', '__proto__', 'isPrototypeOf'];

const sandbox = useSandbox();

test.each(ODD)('a table has nothing under “%s”', (key) => {
	expect(lookUp({ a: 1 }, key)).toBeUndefined();
	expect(lookUp(JSON.parse(`{ "${key}": 2 }`) as Record<string, number>, key)).toBe(2);
});

test.each(ODD)('a refused request to /v2/%s names no such permission', async (key) => {
	sandbox.current.faults.add({ service: 'alimail', path: `/v2/${key}`, kind: 'status', status: 403 });
	const run = await runNode(
		alimail(sandbox.current, {
			parameters: { resource: 'custom', operation: 'request', method: 'GET', path: `/v2/${key}` },
		}),
	);
	expect(run.error?.message).toContain('The Alimail app lacks a permission');
	expect(run.error?.description).not.toMatch(/function|\[object/);
});

test.each(ODD)('a credential or an answer with the word “%s” means nothing by it', (key) => {
	expect(baseUrlOf({ site: key, baseUrl: 'https://mail.example/' })).toBe('https://mail.example');
	expect(productOf({ service: key }).baseUrl).toMatch(/^https:/);
	expect(planOf({ plan: key })).toMatchObject({ perMinute: expect.any(Number) });
	expect(meaningOf(key, 'no words')).toMatchObject({ message: 'Mailchimp refused the request' });
});
