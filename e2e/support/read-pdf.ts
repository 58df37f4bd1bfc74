import { getDocument, VerbosityLevel } from 'pdfjs-dist/legacy/build/pdf.mjs';

/** One run of text as it stands on its page; points, from the lower left corner. */
export interface PlacedText {
  text: string;
  endsLine: boolean;
  left: number;
  right: number;
  baseline: number;
}

/** Every page's runs of text in the order of the file, by pdf.js: another reader than the product's own. */
export async function readPlacedText(pdf: Uint8Array): Promise<PlacedText[][]> {
  const task = getDocument({ data: new Uint8Array(pdf), verbosity: VerbosityLevel.ERRORS });
  try {
    const document = await task.promise;
    const pages: PlacedText[][] = [];
    for (let number = 1; number <= document.numPages; number += 1) {
      const { items } = await (await document.getPage(number)).getTextContent();
      const runs = items.flatMap((item) => ('str' in item ? [item] : []));
      pages.push(
        runs.map(({ str, hasEOL, transform, width }) => ({
          text: str,
          endsLine: hasEOL,
          left: Number(transform[4]),
          right: Number(transform[4]) + width,
          baseline: Number(transform[5]),
        })),
      );
    }
    return pages;
  } finally {
    await task.destroy();
  }
}

/** Every page's text, its lines apart. */
export async function readPages(pdf: Uint8Array): Promise<string[]> {
  const pages = await readPlacedText(pdf);
  return pages.map((runs) => runs.map(({ text, endsLine }) => (endsLine ? `${text}\n` : text)).join(''));
}
