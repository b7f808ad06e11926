import { fault, folder, mailbox, onMail, shopBox, useMail } from './mailSupport';

const sandbox = useMail();
const names = () => [...shopBox(sandbox).folders.values()].map(({ displayName }) => displayName);

test('get many tells the way to each folder, however deep', async () => {
	const { id } = shopBox(sandbox).addFolder('Invoices', '2');
	shopBox(sandbox).addFolder('2026', id);
	const rows = await onMail(sandbox, 'mailFolder.getAll', { deep: true, returnAll: true });
	expect(rows.map(({ path }) => path)).toEqual([
		'Sent',
		'Inbox',
		'Inbox/Invoices',
		'Inbox/Invoices/2026',
		'Junk',
		'Drafts',
		'Deleted',
	]);
	expect(await onMail(sandbox, 'mailFolder.getAll', { deep: false, returnAll: true })).toHaveLength(5);
	expect(await onMail(sandbox, 'mailFolder.getAll', { deep: true, limit: 3 })).toHaveLength(3);
});

test('create, rename and delete', async () => {
	const [made] = await onMail(sandbox, 'mailFolder.create', { name: 'Invoices' });
	expect(made).toMatchObject({ id: expect.any(String), displayName: 'Invoices' });
	const chosen = folder(String(made!.id));
	expect(await onMail(sandbox, 'mailFolder.rename', { folder: chosen, name: 'Bills' })).toEqual([
		{ id: made!.id, displayName: 'Bills', renamed: true },
	]);
	expect(names()).toContain('Bills');
	expect(await onMail(sandbox, 'mailFolder.delete', { folder: chosen })).toEqual([
		{ deleted: true, id: made!.id },
	]);
	expect(names()).not.toContain('Bills');
});

test('a name that is there is refused, and a create whose answer got lost is found', async () => {
	shopBox(sandbox).addFolder('Invoices');
	const [row] = await onMail(sandbox, 'mailFolder.create', { name: 'Invoices' });
	expect(row!.error).toBe('The folder “Invoices” was there already');
	fault(sandbox, /mailFolders$/, { kind: 'resetAfter' });
	expect(await onMail(sandbox, 'mailFolder.create', { name: 'Bills' })).toEqual([
		expect.objectContaining({ displayName: 'Bills' }),
	]);
	expect(names().filter((name) => name === 'Bills')).toHaveLength(1);
});

test.each([
	['rename', 'inbox', 'cannot be renamed'],
	['delete', '6', 'cannot be deleted'],
	['rename', 'gone', 'no such folder'],
])('%s of %s is refused before anything is changed', async (operation, id, words) => {
	const [row] = await onMail(sandbox, `mailFolder.${operation}`, { folder: folder(id), name: 'X' });
	expect(row!.error).toContain(words);
});

test('a folder with mail in it is not deleted', async () => {
	const { id } = shopBox(sandbox).addFolder('Invoices');
	shopBox(sandbox).put(id, '2026-11-20T08:00:00Z');
	const [row] = await onMail(sandbox, 'mailFolder.delete', { folder: folder(id) });
	expect(row!.error).toBe('The folder still has messages or folders in it');
	expect(names()).toContain('Invoices');
});

test('the shared contacts of all folders, or of one', async () => {
	const { contacts } = sandbox.current.alimail;
	const suppliers = contacts.addFolder('Suppliers');
	const asia = contacts.addFolder('Asia', suppliers.id);
	contacts.add({ name: 'Wu', email: 'wu@supplier.example', phone: '1', folderId: asia.id });
	contacts.add({ name: 'Top', email: 'top@partner.example' });
	for (let n = 0; n < 120; n++) contacts.add({ name: `S${n}`, folderId: suppliers.id });
	const all = await onMail(sandbox, 'contact.getAll', { deep: true, returnAll: true, mailbox });
	expect(all).toHaveLength(122);
	expect(all.at(-1)).toMatchObject({ name: 'Wu', phone: '1', folder: 'Suppliers/Asia' });
	expect(
		await onMail(sandbox, 'contact.getAll', { folderId: '$root', deep: false, returnAll: true }),
	).toEqual([expect.objectContaining({ name: 'Top' })]);
	expect(await onMail(sandbox, 'contact.getAll', { deep: true, returnAll: false, limit: 110 })).toHaveLength(
		110,
	);
});
