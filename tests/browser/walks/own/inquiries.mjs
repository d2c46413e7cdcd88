// What citizens ask about their data and what staff answer: why an agency looked, and a correction that is refused.

import { visitor, watched } from '../../browser.mjs';
import { atWork, fill, mustBeAt, mustTellMistakes, press, register as registerSomebody, send, signIn } from '../../people.mjs';
import { must } from '../walk.mjs';
import { inBothLanguages } from './ways.mjs';

const VIOLATIONS = '/services/YZ02001/start';

export async function inquiries(world) {
  const { portal, postBox, register, browser, base } = world;
  let plates = 0;
  const officer = await visitor(browser, base, {});
  try {
    const { page: desk, troubles } = await watched(officer);
    await atWork(desk, postBox, portal.staff('answers citizens'));
    const answer = async (url, mistake, values, mustBeSound) => {
      await desk.goto(url.replace('/me/requests', '/staff/requests'));
      await mustBeSound(desk);
      await press(desk.locator('form[action$="/open"] button'));
      must((await desk.locator('main h2').count()) >= 2, 'what was asked is not shown');
      await mustBeSound(desk);
      await mistake();
      await mustBeSound(desk);
      await fill(desk, values);
      await press(desk.locator('form[action$="/answer"] button'));
      mustBeAt(desk, '/staff/requests', 'after answering');
      must((await desk.locator('main .notice.ok').count()) === 1, 'that it was answered is not said');
      await mustBeSound(desk);
    };

    await inBothLanguages(world, 'a question why, and its answer', async (page, { mustBeSound }) => {
      await signIn(page, portal.person(register.pensioner.name), VIOLATIONS);
      // Another plate each time: the same question within seconds is answered without a look.
      plates += 1;
      await page.locator('#a-plate').fill(`测a1234${plates}`);
      await page.locator('main input[type="radio"]').first().check();
      await send(page);
      await page.goto('/me/looks');
      await press(page.locator('main li.line:has(a[href="/agencies/traffic-police"]) form[action$="/ask"] button').first());
      const url = await page.locator('main li.line a[href^="/me/requests/"]').first().getAttribute('href');
      must((await page.locator('main .tag.ok').count()) >= 1, 'when it is answered is not said');
      await mustBeSound();
      await desk.goto('/staff/requests');
      await mustBeSound(desk);
      const empty = async () => {
        await press(desk.locator('form[action$="/answer"] button'));
        await mustTellMistakes(desk, ['words']);
      };
      await answer(url, empty, { words: 'You asked for your fines online' }, mustBeSound);

      await page.goto('/me/looks');
      const read = await page.locator('main').innerText();
      must(read.includes('You asked for your fines online'), 'the answer is not shown');
      await mustBeSound();
      await press(page.locator(`main a[href="${url}"]`));
      await fill(page, { words: 'Not on that day' });
      await send(page);
      must((await page.locator('main .notice.ok').count()) === 1, 'the objection is not confirmed');
      must((await page.locator('form[action$="/object"]').count()) === 0, 'one can object twice');
      await mustBeSound();
    });

    await inBothLanguages(world, 'a correction, and why not', async (page, { mustBeSound }) => {
      await registerSomebody(page, postBox, '/me/privacy/correct');
      await page.goto('/me/privacy/correct');
      await page.locator('main input[name="what"][value="birth-date"]').check();
      await page.locator('main select[name="agency"]').selectOption('traffic-police');
      await fill(page, { words: 'It is the 10th' });
      await send(page);
      mustBeAt(page, '/me/privacy', 'after the form');
      await mustBeSound();
      const url = await page.locator('main a[href^="/me/requests/"]').first().getAttribute('href');
      const unsaid = async () => {
        await desk.locator('main input[name="outcome"][value="refused"]').check();
        await fill(desk, { words: 'A copy proves nothing' });
        await press(desk.locator('form[action$="/answer"] button'));
        await mustTellMistakes(desk, ['turn'], { words: 'A copy proves nothing' });
      };
      await answer(url, unsaid, { turn: 'Counter 3, with the paper itself' }, mustBeSound);
      await page.goto('/me/privacy');
      must((await page.locator('main').innerText()).includes('Counter 3'), 'where to turn is not shown');
      await mustBeSound();
      await page.goto(url);
      await mustBeSound();
    });
    world.report.check('staff who answer', 'clean', troubles());
  } finally {
    await officer.close();
  }
}
