import { makeNovel } from './support/novel-maker';
import { makeWrongFile, type WrongFile } from './support/novel-wrong-file';
import { HomePage } from './support/pages/home-page';
import { SiteHeader } from './support/pages/site-header';
import { storedFiles } from './support/stored-files';
import { expect, SMALL_UPLOAD_MB, test } from './support/story';

interface Refusal {
  kind: WrongFile;
  english: string;
  french: string;
  /** By the page itself, before anything is sent. */
  isSeenAtOnce?: boolean;
}

const REFUSALS: Refusal[] = [
  { kind: 'empty', english: 'The file is empty', french: 'Le fichier est vide', isSeenAtOnce: true },
  {
    kind: 'not-a-pdf',
    english: 'The file is not a PDF',
    french: 'Le fichier n’est pas un PDF',
    isSeenAtOnce: true,
  },
  { kind: 'damaged', english: 'The PDF is damaged', french: 'Le PDF est abîmé' },
  {
    kind: 'encrypted',
    english: 'The PDF is protected by a password',
    french: 'Le PDF est protégé par un mot de passe',
  },
  { kind: 'no-pages', english: 'The PDF has no pages', french: 'Le PDF n’a pas de pages' },
  {
    kind: 'no-text',
    english: 'The PDF holds no text, its pages look scanned',
    french: 'Le PDF ne contient pas de texte, ses pages semblent numérisées',
  },
  {
    kind: 'blank',
    english: 'Every page of the PDF is blank',
    french: 'Toutes les pages du PDF sont blanches',
  },
  {
    kind: 'garbled',
    english: 'The letters of this PDF cannot be decoded',
    french: 'Les lettres de ce PDF ne peuvent pas être déchiffrées',
  },
  {
    kind: 'too-many-pages',
    english: 'The PDF has more than 1,000 pages',
    french: 'Le PDF a plus de 1 000 pages',
  },
];

test('every wrong file gets a plain answer of its own and leaves nothing behind', async ({ app, page, reader }) => {
  const filesBefore = storedFiles(app.dataDir);
  const home = new HomePage(page);
  const files = await Promise.all(
    REFUSALS.map(async (refusal) => ({
      ...refusal,
      file: { name: `${refusal.kind}.pdf`, bytes: await makeWrongFile(refusal.kind) },
    })),
  );
  for (const { file, english, isSeenAtOnce } of files) {
    await home.choose(file);
    await expect(home.problem).toContainText(english);
    await expect(home.problem).toContainText(isSeenAtOnce ? 'The file was not sent.' : 'Nothing was kept');
  }

  await new SiteHeader(page).switchTo('Français');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(/^Donnez-lui un roman français\./);
  for (const { file, french } of files) {
    await home.drop(file);
    await expect(home.problem).toContainText(french);
  }

  expect((await reader.api.listJobs()).items).toEqual([]);
  expect(storedFiles(app.dataDir).filter((name) => !filesBefore.includes(name))).toEqual([]);
});

test('a file that is too large is refused by the page and by the server', async ({ app, page, reader }) => {
  const filesBefore = storedFiles(app.dataDir);
  const home = new HomePage(page);
  const { pdf } = await makeNovel({ seed: 41, pages: 1 });
  const large = Buffer.concat([pdf, Buffer.alloc(SMALL_UPLOAD_MB * 1024 * 1024)]);

  await home.choose({ name: 'pavé.pdf', bytes: large });
  await expect(home.problem).toContainText(`The file is larger than ${SMALL_UPLOAD_MB} MB`);
  await expect(reader.api.createJob(new File([large], 'pavé.pdf'), {})).rejects.toMatchObject({
    status: 413,
    code: 'FILE_TOO_LARGE',
  });

  expect((await reader.api.listJobs()).items).toEqual([]);
  expect(storedFiles(app.dataDir).filter((name) => !filesBefore.includes(name))).toEqual([]);
});

test('a wrong setting and an unknown job are told apart from a wrong file', async ({ page, reader }) => {
  const { pdf } = await makeNovel({ seed: 42, pages: 1 });
  const roman = new File([new Uint8Array(pdf)], 'roman.pdf');
  await expect(reader.api.createJob(roman, { sentence_length_limit: 51 })).rejects.toMatchObject({
    status: 422,
    code: 'INVALID_INPUT',
    problem: { errors: [{ field: 'sentence_length_limit' }] },
  });
  expect((await reader.api.listJobs()).items).toEqual([]);

  await page.goto('/jobs/01nosuchjob');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('There is no such novel here');
  await page.getByRole('link', { name: 'Go to the library' }).click();
  await expect(page.getByRole('heading', { level: 2 })).toHaveText('The shelf is empty');
});
