// In the middle of something that needs more: the person proves who they are, and goes on where they were.

import { fill, mustBeAt, mustTellMistakes, press, register, send, signIn } from '../../people.mjs';
import { must } from '../walk.mjs';
import { inEveryWay } from './ways.mjs';

export async function stepUp(world) {
  const { postBox, register: known } = world;
  // A number belongs to one account for good.
  const people = [known.newcomer, known.unverified, known.dotted, known.teenager];
  // So a second try goes on with the account of the first, to which the number may belong by then.
  const accounts = [];
  await inEveryWay(world, 'step up', async (page, { turn, again, mustBeSound }) => {
    const person = people[turn];
    if (accounts[turn]) await signIn(page, accounts[turn]);
    else accounts[turn] = await register(page, postBox);
    await page.goto('/me/acting');
    await press(page.locator('main a[href="/me/acting/grant"]'));
    if (!again || new URL(page.url()).pathname !== '/me/acting/grant') {
      mustBeAt(page, '/me/verify', 'a page that needs a verified name');
      must(new URL(page.url()).searchParams.get('level') === '3', `the level is not said in ${page.url()}`);
      await mustBeSound();

      await send(page);
      await mustTellMistakes(page, ['name', 'number']);
      const slip = person.number.replace(/(\d)(\d)(.)$/, (_, one, two, last) => `${one}${(Number(two) + 1) % 10}${last}`);
      await fill(page, { name: person.name, number: slip });
      await send(page);
      await mustTellMistakes(page, ['number'], { name: person.name, number: slip });
      await fill(page, { name: known.pensioner.name, number: person.number });
      await send(page);
      await mustTellMistakes(page, ['name'], { name: known.pensioner.name, number: person.number });
      await mustBeSound();
      await fill(page, { name: person.name, number: ` ${person.number.toLowerCase()} ` });
      await send(page);
    }
    mustBeAt(page, '/me/acting/grant', 'with the right name and number');

    await page.goto('/me');
    const shown = await page.locator('main').innerText();
    must(!shown.includes(person.number), 'the page shows the whole number');
    must(!shown.includes(person.name), 'the page shows the whole name');
    await page.goto('/me/looks');
    const register_ = page.locator('main li.line a[href="/agencies/household-registration"]');
    must((await register_.count()) > 0, 'the question to the population register is not on record');
    await mustBeSound();
  });
}
