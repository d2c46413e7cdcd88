// Someone new gets an account by telephone number and comes back to it, with the slips people make on the way.

import { fill, mustBeAt, mustTellMistakes, newcomer, press, register, send, signIn, signOut } from '../../people.mjs';
import { must } from '../walk.mjs';
import { inEveryWay } from './ways.mjs';

export async function account(world) {
  const { postBox } = world;
  await inEveryWay(world, 'registering', async (page, { mustBeSound }) => {
    const person = newcomer();
    await page.goto('/');
    await press(page.locator('header a[href^="/sign-in"]'));
    await press(page.locator('main a[href^="/register"]'));

    await send(page);
    await mustTellMistakes(page, ['reach', 'password', 'agree-yes']);
    await mustBeSound();
    await fill(page, { name: '古丽', reach: '1380013', password: 'short', again: 'short' });
    await page.locator('input[name="agree"]').check();
    await send(page);
    await mustTellMistakes(page, ['reach', 'password'], { name: '古丽', reach: '1380013' });
    must(await page.locator('input[name="agree"]').isChecked(), 'the box has been unticked');
    await fill(page, { reach: person.login, password: person.password, again: `${person.password}s` });
    await send(page);
    await mustTellMistakes(page, ['again'], { name: '古丽', reach: person.login });

    await fill(page, { password: person.password, again: person.password });
    await send(page);
    mustBeAt(page, '/register/code', 'after the form');
    const code = await postBox.code(person.login);
    await fill(page, { code: code === '000000' ? '000001' : '000000' });
    await send(page);
    await mustTellMistakes(page, ['code']);
    await mustBeSound();
    await fill(page, { code });
    await send(page);
    mustBeAt(page, '/me', 'with the right code');
    must((await page.locator('main .notice.ok').count()) > 0, 'nobody is welcomed');
    await mustBeSound();
  });

  await inEveryWay(world, 'signing in', async (page, { mustBeSound }) => {
    const person = await register(page, postBox);
    await signOut(page);
    await signIn(page, { ...person, password: 'crooked lantern by the sea' }, '/me/security');
    await mustTellMistakes(page, ['login'], { login: person.login });
    await mustBeSound();
    await fill(page, { password: person.password });
    await send(page);
    mustBeAt(page, '/me/security', 'with the right password');

    await signOut(page);
    await page.goto('/me/looks');
    mustBeAt(page, '/sign-in', 'a page of one’s own when signed out');
    await fill(page, { login: person.login });
    await press(page.locator('button[name="way"][value="code"]'));
    mustBeAt(page, '/sign-in/code', 'asking for a code');
    await mustBeSound();
    await fill(page, { code: await postBox.code(person.login) });
    await send(page);
    mustBeAt(page, '/me/looks', 'with the code');
  });

  // Passwords are pasted, and filled in by the programs that keep them: those go by what a field says it is for.
  await inEveryWay(world, 'a pasted password', async (page) => {
    const person = await register(page, postBox);
    await signOut(page);
    const kinds = async (path) => {
      await page.goto(path);
      const fields = page.locator('main input[type="text"], main input[type="password"]');
      return (await fields.evaluateAll((all) => all.map((field) => `${field.name}:${field.autocomplete}`))).join(' ');
    };
    const wanted = 'name:name reach:username password:new-password again:new-password';
    must((await kinds('/register')) === wanted, `registering asks for ${await kinds('/register')}`);
    must((await kinds('/sign-in')).includes('password:current-password'), `signing in asks for ${await kinds('/sign-in')}`);
    await fill(page, { login: person.password });
    await page.locator('main [name="login"]').press('ControlOrMeta+a');
    await page.locator('main [name="login"]').press('ControlOrMeta+x');
    await fill(page, { login: person.login });
    await page.locator('main [name="password"]').press('ControlOrMeta+v');
    const pasted = await page.locator('main [name="password"]').inputValue();
    must(pasted === person.password, 'a password cannot be pasted');
    await send(page);
    mustBeAt(page, '/me', 'with a pasted password');
  });

  await inEveryWay(world, 'a forgotten password', async (page, { mustBeSound }) => {
    const person = await register(page, postBox);
    await signOut(page);
    await press(page.locator('main a[href="/recover"]'));
    await fill(page, { login: person.login });
    await send(page);
    mustBeAt(page, '/recover/code', 'asking for a code');
    await mustBeSound();
    const password = 'another boat across the lake';
    await fill(page, { code: await postBox.code(person.login), password, again: password });
    await send(page);
    mustBeAt(page, '/sign-in', 'with a new password');
    must((await page.locator('main .notice.ok').count()) === 1, 'the change is not confirmed');
    await fill(page, person);
    await send(page);
    await mustTellMistakes(page, ['login'], { login: person.login });
    await fill(page, { password });
    await send(page);
    mustBeAt(page, '/me', 'with the new password');
  });
}
