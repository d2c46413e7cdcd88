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
    const answers = await page.locator('details').evaluateAll((all) =>
      all.filter((it) => !it.querySelector('summary ~ *')?.checkVisibility({ contentVisibilityAuto: true })).length);
    must(answers === 0, `${answers} answers to questions stay folded on paper`);
    must((await page.locator('body').innerText()).includes('/services/YZ02022'), 'the paper does not name the address');
    const paper = await page.pdf({ format: 'A4' });
    must(paper.subarray(0, 5).toString() === '%PDF-', 'the browser made no PDF');
    must(paper.length > 10_000, `the PDF is ${paper.length} bytes`);
  });
}
