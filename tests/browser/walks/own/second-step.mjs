// An app on the telephone as the second step, and a recovery code when the telephone is gone.

import { fill, mustBeAt, mustTellMistakes, press, register, send, signIn, signOut } from '../../people.mjs';
import { code } from '../../totp.mjs';
import { must } from '../walk.mjs';
import { inEveryWay } from './ways.mjs';

export async function secondStep(world) {
  const { postBox } = world;
  await inEveryWay(world, 'second step', async (page, { mustBeSound }) => {
    const person = await register(page, postBox);
    await page.goto('/me/security');
    await press(page.locator('main a[href="/me/security/totp"]'));
    const secret = await page.locator('main p code').innerText();
    must(await page.locator('img.scan').evaluate((image) => image.naturalWidth > 100), 'there is no picture to scan');
    await fill(page, { code: code(secret) === '000000' ? '000001' : '000000' });
    await send(page);
    await mustTellMistakes(page, ['code']);
    must((await page.locator('main p code').innerText()) === secret, 'after a slip the app has to be set up again');
    await mustBeSound();
    await fill(page, { code: code(secret) });
    await send(page);
    const spare = await page.locator('.codes code').allInnerTexts();
    must(spare.length >= 8 && new Set(spare).size === spare.length, `the recovery codes are ${spare.join(', ')}`);
    await mustBeSound();
    await press(page.locator('main a.button[href="/me/security"]'));
    await page.waitForLoadState();
    must((await page.locator('form[action="/me/security/totp/off"]').count()) === 1, 'the second step is not on');

    await signOut(page);
    await signIn(page, person, '/me/looks');
    mustBeAt(page, '/sign-in/second', 'after the password');
    await fill(page, { code: '12345' });
    await send(page);
    await mustTellMistakes(page, ['code']);
    await mustBeSound();
    // The code of this half minute has been used.
    await fill(page, { code: code(secret, 1) });
    await send(page);
    mustBeAt(page, '/me/looks', 'with the code of the app');

    for (const [again, path] of [[false, '/me'], [true, '/sign-in/second']]) {
      await signOut(page);
      await signIn(page, person);
      await fill(page, { code: spare[0] });
      await send(page);
      mustBeAt(page, path, `with a recovery code ${again ? 'that was used before' : ''}`);
      if (again) await mustTellMistakes(page, ['code']);
      else continue;
      await fill(page, { code: spare[1] });
      await send(page);
      mustBeAt(page, '/me', 'with the next recovery code');
    }
  });
}
