// A guide on paper: the content, and nothing one can only click.

import { must, walk } from './walk.mjs';

export async function print(world) {
  await walk(world, 'printing a guide', {}, async (page) => {
    await page.goto('/services/YZ02022');
    await page.emulateMedia({ media: 'print' });
    for (const selector of ['header nav', 'form[role="search"]', '.skip', 'footer nav', '[data-print]']) {
      for (const element of await page.locator(selector).all()) {
        must(!(await element.isVisible()), `${selector} is printed`);
      }
    }
    for (const selector of ['h1', '#papers', '#steps', '#contact']) {
      must(await page.locator(selector).isVisible(), `${selector} is not printed`);
    }
    // Before it prints, the browser says so to the page.
    await page.evaluate(() => dispatchEvent(new Event('beforeprint')));
    const folded = await page.locator('details:not([open])').count();
    must(folded === 0, `${folded} answers to questions stay folded on paper`);
    await page.evaluate(() => dispatchEvent(new Event('afterprint')));
    must((await page.locator('details[open]').count()) === 0, 'after printing, answers stay unfolded');
    must((await page.locator('body').innerText()).includes('/services/YZ02022'), 'the paper does not name the address');
    const paper = await page.pdf({ format: 'A4' });
    must(paper.subarray(0, 5).toString() === '%PDF-', 'the browser made no PDF');
    must(paper.length > 10_000, `the PDF is ${paper.length} bytes`);
  });
}
