// axe-core's rules for accessibility.

import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';

const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
const source = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

// Violations as sentences: the rule, what it asks for, and where it is broken.
export async function violations(page, only = { type: 'tag', values: TAGS }) {
  // Evaluated, not added as a script: the page's own security policy must stay in force.
  await page.evaluate(`window.axe || (() => { ${source} })()`);
  const found = await page.evaluate(
    // Stylesheets are only fetched again for an experimental rule.
    (runOnly) => window.axe.run(document, { runOnly, resultTypes: ['violations'], preload: false }),
    only,
  );
  return found.violations.map((violation) => {
    const where = violation.nodes.slice(0, 3).map((node) => node.target.flat().join(' '));
    const more = violation.nodes.length > 3 ? ` and ${violation.nodes.length - 3} more` : '';
    const detail = violation.id.startsWith('color-contrast') ? ` (${contrast(violation.nodes[0])})` : '';
    return `${violation.id}: ${violation.help}${detail} at ${where.join(' | ')}${more}`;
  });
}

function contrast(node) {
  const data = node.any[0]?.data;
  return data ? `${data.fgColor} on ${data.bgColor}: ${data.contrastRatio}, wanted ${data.expectedContrastRatio}` : '';
}
