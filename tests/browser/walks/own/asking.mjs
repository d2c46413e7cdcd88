// Asking agencies: the weather, which everybody may, and a person's own traffic violations; and what an agency that
// is shut by order looks like.

import { press, send, signIn } from '../../people.mjs';
import { must } from '../walk.mjs';
import { inEveryWay } from './ways.mjs';

const FORECAST = '/services/YZ18001/start';
const VIOLATIONS = '/services/YZ02001/start';

export async function asking(world) {
  const { portal, register } = world;
  await inEveryWay(world, 'a question for everybody', async (page, { mustBeSound }) => {
    await page.goto(FORECAST);
    await mustBeSound();
    await press(page.locator(`form[action="${FORECAST}"] button[type="submit"]`).last());
    must((await page.locator('.field-error').count()) === 1, 'what is missing is not said');
    await page.locator('input[name="a-district"]').first().check();
    await press(page.locator(`form[action="${FORECAST}"] button[type="submit"]`).last());
    must((await page.locator('.found-record').count()) > 1, 'there is no forecast');
    must(new URL(page.url()).searchParams.get('a-district') !== null, 'the answer has no address');
    await mustBeSound();
  });

  await inEveryWay(world, 'a question about oneself', async (page, { mustBeSound }) => {
    await page.goto(VIOLATIONS);
    must(new URL(page.url()).pathname === '/sign-in', 'nobody is asked who they are');
    await signIn(page, portal.person(register.rare.name), VIOLATIONS);
    must(new URL(page.url()).pathname === VIOLATIONS, `signed in, at ${page.url()}`);
    must((await page.locator('.told li').count()) >= 2, 'what the agency is told is not said');
    await mustBeSound();
    await page.locator('#a-plate').fill('12345');
    await send(page);
    must((await page.locator('#a-plate').inputValue()) === '12345', 'what was typed is gone');
    must((await page.locator('.field-error').count()) > 0, 'what is wrong is not said');
    await page.locator('#a-plate').fill('测a12345');
    await page.locator('main input[type="radio"]').first().check();
    await send(page);
    const said = (await page.locator('.found-answer').count()) === 1;
    must(said, `no answer: ${(await page.locator('main').innerText()).slice(0, 300)}`);
    await mustBeSound();
    await page.goto('/me/looks');
    must((await page.locator('main li.line a[href="/agencies/traffic-police"]').count()) > 0, 'the look is not on record');
  });
}
