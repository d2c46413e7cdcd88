// One person acts for another: offered, taken up, impossible to overlook, seen by the represented, and ended.

import { visitor, watched } from '../../browser.mjs';
import { fill, mustBeAt, mustTellMistakes, press, send, signIn } from '../../people.mjs';
import { must } from '../walk.mjs';
import { inEveryWay } from './ways.mjs';

const PUBLIC = ['/', '/services/YZ02022', '/search?q=驾照', '/display', '/nothing-here', '/me', '/me/looks'];

export async function acting(world) {
  const { portal, register } = world;
  const who = (name) => portal.person(register[name].name);
  const pairs = [['pensioner', 'parent'], ['owner', 'rare'], ['rare', 'owner'], ['parent', 'pensioner']];
  await inEveryWay(world, 'acting for somebody', async (page, { script, tag, turn, again, mustBeSound }) => {
    const [principal, agent] = pairs[turn].map(who);
    await signIn(page, principal, '/me/acting/grant');
    mustBeAt(page, '/me/acting/grant', 'signing in with a verified name');
    if (again) await takeBack(page);
    await send(page);
    await mustTellMistakes(page, ['name', 'phone', 'proof']);
    await mustBeSound();
    await fill(page, { name: agent.name, phone: agent.login, proof: 'A letter of 20 November' });
    await send(page);
    mustBeAt(page, '/me/acting', 'after the form');
    await mustBeSound();

    const other = await visitor(world.browser, world.base, { javaScriptEnabled: script, locale: tag });
    try {
      const { page: theirs, troubles } = await watched(other);
      await signIn(theirs, agent, '/me/acting');
      await mustBeSound(theirs);
      await press(theirs.locator('form[action="/me/acting/accept"] button').first());
      mustBeAt(theirs, '/me/acting', 'after accepting');
      const name = principal.name;
      await press(theirs.locator('section[aria-labelledby="mine"] li')
        .filter({ hasText: masked(name) }).locator('form[action="/me/acting/switch"] button').first());
      await mustBeSound(theirs);
      for (const path of PUBLIC) {
        await theirs.goto(path);
        must((await theirs.locator('.acting').count()) === 1, `${path} does not say for whom one acts`);
        must((await theirs.locator('.acting a[href="/me/acting"]').count()) === 1, `${path} leads to no way back`);
      }
      await theirs.goto('/me/acting/person');
      await mustBeSound(theirs);
      const shown = await theirs.locator('main').innerText();
      must(!shown.includes(principal.login), 'the whole telephone number is shown');

      await page.goto('/me/looks');
      must((await page.locator('main li.line form[action$="/ask"]').count()) > 0, 'the look is not on record');
      await page.goto('/me/acting');
      must((await page.locator('section[aria-labelledby="deeds"] li').count()) >= 2, 'what was done is not told');

      await theirs.goto('/me/acting');
      await press(theirs.locator('.acting-now form[action="/me/acting/switch"] button'));
      await theirs.goto('/');
      must((await theirs.locator('.acting').count()) === 0, 'after switching back the bar is still there');
      // Taken back while the other is at it.
      await theirs.goto('/me/acting');
      await press(theirs.locator('section[aria-labelledby="mine"] li')
        .filter({ hasText: masked(name) }).locator('form[action="/me/acting/switch"] button').first());
      await press(page.locator('section[aria-labelledby="agents"] form[action="/me/acting/revoke"] button').first());
      mustBeAt(page, '/me/acting', 'after taking it back');
      await theirs.goto('/me/acting/person');
      mustBeAt(theirs, '/me/acting', 'acting for somebody who took it back');
      await mustBeSound(theirs);
      const bad = troubles();
      must(bad.length === 0, bad.join('; '));
    } finally {
      await other.close();
    }
  });

  await inEveryWay(world, 'acting for a child', async (page, { mustBeSound }) => {
    await signIn(page, who('parent'), '/me/acting');
    await press(page.locator('section[aria-labelledby="mine"] li').filter({ hasText: masked(register.child.name) })
      .locator('form[action="/me/acting/switch"] button'));
    await page.locator('.acting').waitFor();
    for (const path of PUBLIC) {
      await page.goto(path);
      must((await page.locator('.acting').count()) === 1, `${path} does not say for whom one acts`);
    }
    await page.goto('/me/acting/person');
    await mustBeSound();
    must(!(await page.locator('main').innerText()).includes(register.child.number), 'the whole number is shown');
    await page.goto('/me/acting/grant');
    mustBeAt(page, '/me/acting', 'handing on what was handed to one');
    await press(page.locator('.acting-now form[action="/me/acting/switch"] button'));
    await page.goto('/');
    must((await page.locator('.acting').count()) === 0, 'after switching back the bar is still there');
  });
}

// What a try that stumbled has left behind.
async function takeBack(page) {
  await page.goto('/me/acting');
  const left = page.locator('section[aria-labelledby="agents"] form[action="/me/acting/revoke"] button');
  for (let count = await left.count(); count > 0; count -= 1) await press(left.first());
  await page.goto('/me/acting/grant');
}

// The way pages show a name: its first character alone is certain.
function masked(name) {
  return [...name][0];
}
