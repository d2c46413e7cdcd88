// What was filled in is never lost: not when more proof is needed, and not without a warning before a session ends.

import { fill, mustBeAt, press, register, send, signIn, signOut } from '../../people.mjs';
import { must } from '../walk.mjs';
import { inEveryWay } from './ways.mjs';

const ANSWERS = { name: '古丽', phone: '13900000001', proof: 'A letter of 20 November\nand a copy of "both sides" <of it>' };

export async function midForm(world) {
  const { portal, postBox, register: known } = world;
  const people = [known.pensioner, known.owner, known.rare, known.parent].map(({ name }) => portal.person(name));
  await inEveryWay(world, 'stepping up in mid-form', async (page, { context, turn, mustBeSound }) => {
    const person = people[turn];
    await signIn(page, person, '/me/acting/grant');
    mustBeAt(page, '/me/acting/grant', 'signing in with a verified name');
    await fill(page, ANSWERS);

    // In another window they sign in anew, with a code only, which proves less.
    const other = await context.newPage();
    await other.goto('/');
    await signOut(other);
    await other.goto('/sign-in');
    await fill(other, { login: person.login });
    await press(other.locator('button[name="way"][value="code"]'));
    await fill(other, { code: await postBox.code(person.login) });
    await send(other);
    mustBeAt(other, '/me', 'signing in with a code');
    await other.close();

    await send(page);
    mustBeAt(page, '/me/prove', 'a form that needs more proof than a code');
    must((await page.locator('main .notice.info').count()) === 1, 'nobody says that the answers are kept');
    await mustBeSound();
    await fill(page, { password: person.password });
    await send(page);
    must(new URL(page.url()).pathname.startsWith('/resume/'), `after the proof: at ${page.url()}`);
    await mustBeSound();
    await send(page);
    const wrong = await page.locator('.errors').allInnerTexts();
    must(wrong.length === 0, `what was kept is wrong: ${wrong}`);
    mustBeAt(page, '/me/acting', 'sending what was kept');
    must(new URL(page.url()).searchParams.get('said') === 'offered', `the offer was not made: ${page.url()}`);
  });

  // Without script nothing warns, so every page says until when and leads to where one stays.
  await inEveryWay(world, 'staying without script', async (page, { mustBeSound }) => {
    await register(page, postBox);
    await page.goto('/me/privacy/correct');
    await fill(page, { words: 'One character of the name is wrong' });
    must(/\d\d:\d\d/.test(await page.locator('.session-until').innerText()), 'no page says until when');
    await press(page.locator('.session-until a'));
    must((await page.locator('main .notice.ok').count()) === 1, 'staying is not confirmed');
    await mustBeSound();
    await page.goBack();
    const kept = await page.locator('main [name="words"]').inputValue();
    must(kept === 'One character of the name is wrong', 'going back loses what was filled in');
  }, [false]);

  await inEveryWay(world, 'warned before the session ends', async (page, { mustBeSound }) => {
    await page.clock.install();
    await register(page, postBox);
    await page.goto('/me/privacy/correct');
    const warning = page.locator('#session-end');
    must(!(await warning.isVisible()), 'a warning when nothing ends');
    await page.clock.fastForward('27:30');
    await warning.waitFor({ state: 'visible' });
    await mustBeSound();
    await warning.locator('button').click();
    await warning.waitFor({ state: 'hidden' });
    await page.clock.fastForward('31:00');
    await warning.locator('[data-when="over"]').waitFor({ state: 'visible' });
    must(!(await warning.locator('button').isVisible()), 'a session that is over cannot be kept');
  }, [true]);
}
