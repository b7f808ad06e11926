import { cleanCell, cleanRow, type CellKind } from '../../../core/sync';

describe('a cell is cleaned once, for comparing and for writing', () => {
	test.each<[CellKind, unknown, unknown]>([
		['text', '  Ana\u3000 Bauer\t', 'Ana Bauer'],
		['text', '工程师\n（高级）', '工程师 （高级）'],
		['text', 'Ａｎａ', 'Ana'],
		['text', '王小明 🦊👩‍💻', '王小明 🦊👩‍💻'],
		['text', 'Plat\u200bform\u00ad', 'Platform'],
		['path', 'R&D／Plat\u200bform', 'R&D/Platform'],
		['address', 'person8＠yunhe.example\u200b', 'person8@yunhe.example'],
		['number', '="00099"', '00099'],
		['number', "'00099", '00099'],
		['number', 202411150000, '202411150000'],
		['phone', '＋86 138', '+86 138'],
		['switch', '是', true],
		['switch', 'FALSE', false],
		['path', '/', '/'],
		['list', 'R&D， Berlin、R&D;', ['R&D', 'Berlin']],
		['list', [' Ａna ', 'N/A', ''], ['Ana']],
		['list', '["R&D, Berlin", "VIP", null]', ['R&D, Berlin', 'VIP']],
		['list', '"R&D, Berlin"; VIP', ['R&D, Berlin', 'VIP']],
	])('%s %j → %j', (kind, raw, value) => {
		expect(cleanCell(raw, kind)).toEqual({ value });
		expect(cleanCell(cleanCell(raw, kind).value, kind)).toEqual({ value });
	});

	test.each(['N/A', ' - ', '－', 'NULL', '(null)', '无', '暂无', 'n.a.', '#'.slice(1) + '--'])(
		'%j stands for nothing, and is no wish to clear the field',
		(raw) => {
			expect(cleanCell(raw)).toEqual({ value: '', placeholder: true });
			expect(cleanRow(() => ({ raw }), [{ id: 'title' }], true)).toMatchObject({
				fields: {},
				placeholders: ['title'],
			});
		},
	);

	test.each<[CellKind, unknown, RegExp, 'row' | 'cell']>([
		['text', '#REF!', /error of the spreadsheet/, 'cell'],
		['path', '#N/A', /error of the spreadsheet/, 'cell'],
		['path', 'R&D/#N/A', /error of the spreadsheet/, 'cell'],
		['path', 'R&D/无', /placeholder/, 'cell'],
		['number', '2.02411E+11', /digits are lost/, 'cell'],
		['phone', 8.6138e25, /digits are lost/, 'cell'],
		['text', '\ufffd\ufffdΰ', /another encoding/, 'row'],
		['text', '锟斤拷', /another encoding/, 'row'],
		['text', 'MÃ¼ller', /another encoding/, 'row'],
		['text', 'çŽ‹ä¼Ÿ', /another encoding/, 'row'],
		['switch', 'maybe', /neither true nor false/, 'cell'],
		['text', { first: 'Ada' }, /list or an object/, 'cell'],
		['list', { first: 'Ada' }, /list or an object/, 'cell'],
		['list', ['Sales', '#REF!'], /error of the spreadsheet/, 'cell'],
	])('%s %j is a fault and no value', (kind, raw, words, reach) => {
		const { value, fault } = cleanCell(raw, kind);
		expect(value).toBe('');
		expect(fault).toMatchObject({ message: expect.stringMatching(words), reach });
	});

	test.each(['Müller', 'José', 'Ångström', 'Null Island', 'Nana', '1E5', 'C#', '#1 Sales'])(
		'%j is a value like any other',
		(raw) => expect(cleanCell(raw)).toEqual({ value: raw }),
	);
});

test('a row keeps what stood in the cells that were altered, and never a secret', () => {
	const cells = { email: 'a＠x.com', name: 'Ana', password: ' s\u200bx ' };
	const row = cleanRow(
		(id) => ({ raw: cells[id as keyof typeof cells] }),
		[{ id: 'email', kind: 'address' }, { id: 'name' }, { id: 'password', kind: 'secret' }],
		false,
	);
	expect(row.fields).toMatchObject({ email: 'a@x.com', name: 'Ana' });
	expect(row.raw).toEqual({ email: 'a＠x.com' });
});
