import * as workflow from 'n8n-workflow';
import { visit } from './visit';

test('a visit', () => {
	visit();
	expect(new workflow.UserError('x')).toBeInstanceOf(Error);
});
