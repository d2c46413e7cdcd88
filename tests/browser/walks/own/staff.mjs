// Staff have a door of their own, and what they look at is told to the person it is about.

import { visitor, watched } from '../../browser.mjs';
import { creditCode } from '../../cast.mjs';
import { atWork, enterStaff, fill, mustBeAt, mustTellMistakes, press, send, signIn } from '../../people.mjs';
import { must } from '../walk.mjs';
import { inBothLanguages, inEveryWay } from './ways.mjs';

export async function staff(world) {
  const { portal, postBox } = world;
  // A code counts once, so each errand has a member of staff of its own.
  const purposes = ['runs the city', 'reads the records', 'manages an agency', 'connects an agency'];
  await inEveryWay(world, 'staff sign-in', async (page, { turn, mustBeSound }) => {
    const member = portal.staff(purposes[turn]);
    await page.goto('/staff');
    mustBeAt(page, '/staff/sign-in', 'the desk without a session');
    await fill(page, { login: member.login, password: 'crooked lantern', code: '123456' });
    await send(page);
    await mustTellMistakes(page, ['login'], { login: member.login });
    await mustBeSound();
    await enterStaff(page, postBox, member);
    await mustBeSound();
    for (const link of await page.locator('main a.button').all()) {
      const path = await link.getAttribute('href');
      const answer = await page.context().request.get(path);
      must(answer.ok(), `the desk leads to ${path}, which answers ${answer.status()}`);
    }
    if (purposes[turn] === 'manages an agency') await tell(page, mustBeSound);
    await page.goto('/me');
    mustBeAt(page, '/sign-in', 'a citizen’s page with a session of staff');
    await page.goto('/staff');
    await press(page.locator('header a[href="/staff/sign-out"]'));
    await send(page);
    mustBeAt(page, '/staff/sign-in', 'after signing out');
  });
}

// A manager tells the agency's people something, and confirms having read it, being one of them.
async function tell(page, mustBeSound) {
  await page.goto('/staff/circulars/new');
  await page.locator('input[name="branch"]').first().check();
  await send(page);
  await mustTellMistakes(page, ['title', 'body']);
  await mustBeSound();
  await fill(page, { title: 'A new stamp', body: 'From Friday on.' });
  await send(page);
  mustBeAt(page, '/staff/circulars', 'after telling');
  await mustBeSound();
  const circular = page.locator('main .lines').first().locator('a.line-name', { hasText: 'A new stamp' }).first();
  await press(circular);
  await mustBeSound();
  await press(page.locator('form:has(input[name="act"][value="read"]) button'));
  mustBeAt(page, '/staff/circulars', 'after confirming');
}

// An officer opens the papers of a claim; the person who made it sees who looked, and asks why.
export async function looks(world) {
  const { portal, postBox, register, browser, base } = world;
  const officer = await visitor(browser, base, {});
  let companies = 0;
  try {
    const { page: desk, troubles } = await watched(officer);
    await atWork(desk, postBox, portal.staff('works an agency'));
    await inBothLanguages(world, 'a look by staff', async (page, { mustBeSound }) => {
      const claimant = portal.person(register.owner.name);
      await signIn(page, claimant, '/me/acting/company');
      await send(page);
      await mustTellMistakes(page, ['credit', 'name', 'proof']);
      await mustBeSound();
      companies += 1;
      await fill(page, { credit: creditCode(companies), name: '云州晨光有限公司', proof: 'A business licence' });
      await send(page);
      mustBeAt(page, '/me/acting', 'after the form');

      const reason = `The licence was shown at the counter (${companies})`;
      await desk.goto('/staff/claims');
      await mustBeSound(desk);
      const claim = desk.locator('form[action="/staff/claims/look"]').first();
      await claim.locator('input[name="reason"]').fill(reason);
      await press(claim.locator('button'));
      await mustBeSound(desk);
      await press(desk.locator('form[action="/staff/claims/refuse"] button'));
      mustBeAt(desk, '/staff/claims', 'after refusing');

      await page.goto('/me/looks');
      const line = page.locator('main li.line', { hasText: reason }).first();
      const ask = line.locator('form[action$="/ask"] button');
      must((await ask.count()) === 1, 'the look is not on record');
      await mustBeSound();
      await press(ask);
      must((await page.locator('main .notice.ok').count()) === 1, 'asking why is not confirmed');
      must((await ask.count()) === 0, 'the question can be asked twice');
    });
    world.report.check('staff at the counter', 'clean', troubles());
  } finally {
    await officer.close();
  }
}
