// Signing in with the national provider, which need not say who one is.

import { mustBeAt, press, send, signOut } from '../../people.mjs';
import { must } from '../walk.mjs';
import { inEveryWay } from './ways.mjs';

export async function national(world) {
  const { register: known } = world;
  const people = [known.newcomer, known.unverified, known.dotted, known.teenager];
  await inEveryWay(world, 'national sign-in', async (page, { turn, again, mustBeSound }) => {
    const person = people[turn];
    await page.goto('/sign-in?next=%2Fme%2Flooks');
    await sayYes(page, person);
    // A second try may come to the account that the first one made.
    if (!again || new URL(page.url()).pathname !== '/me/looks') {
      mustBeAt(page, '/sign-in/with/national/choose', 'the first time');
      await mustBeSound();
      await send(page);
    }
    mustBeAt(page, '/me/looks', 'with a new account');
    await page.goto('/me/security/national');
    must((await page.locator('form[action="/me/security/national/unlink"]').count()) === 1, 'the provider is not listed');
    await mustBeSound();

    await signOut(page);
    await sayYes(page, person);
    mustBeAt(page, '/me', 'the second time');

    await signOut(page);
    await press(page.locator('main a[href^="/sign-in/with/national"]'));
    await press(page.locator('button[name="decision"][value="cancel"]'));
    await page.waitForURL((url) => url.hostname === 'localhost');
    must((await page.locator('header a[href="/sign-out"]').count()) === 0, 'signed in although one said no');
    await mustBeSound();
    await page.goto('/sign-in');
  });
}

export async function sayYes(page, { name }, show = 'pseudonym') {
  await press(page.locator('main a[href^="/sign-in/with/national"]'));
  await page.locator('label').filter({ hasText: name }).locator('input').check();
  await page.locator(`input[name="show"][value="${show}"]`).check();
  await press(page.locator('button[name="decision"][value="confirm"]'));
  await page.waitForURL((url) => url.hostname === 'localhost');
}
