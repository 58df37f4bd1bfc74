import { AppError } from '@/lib/errors';
import { discardPdfium, loadPdfium, type Pdfium } from './pdfium';
import { type PageGlyphs, readGlyphs } from './read-glyphs';

export interface OpenPdf {
  pageCount: number;
  /** `index` from 0; undefined for a page that cannot be read at all. */
  readPage(index: number): PageGlyphs | undefined;
}

// The specification wants the header first; readers accept it anywhere in the first 1024 bytes.
const HEADER = '%PDF-';
const HEADER_WITHIN = 1024;

/** FPDF_GetLastError: 4 = a password is needed or wrong, 5 = an encryption that pdfium does not know. */
const ENCRYPTED = [4, 5];

/**
 * Opens a PDF with the empty password, gives it to `use` and closes it again.
 * Throws FILE_EMPTY, NOT_A_PDF, PDF_ENCRYPTED, PDF_DAMAGED, PDF_NO_PAGES, PDF_TOO_COMPLEX.
 */
export async function withPdf<T>(bytes: Uint8Array, use: (pdf: OpenPdf) => T): Promise<T> {
  checkHeader(bytes);
  const pdfium = await loadPdfium();
  try {
    return openAndUse(pdfium, bytes, use);
  } catch (error) {
    if (!(error instanceof WebAssembly.RuntimeError)) throw error;
    discardPdfium();
    throw new AppError('PDF_TOO_COMPLEX', undefined, { cause: error });
  }
}

function openAndUse<T>(pdfium: Pdfium, bytes: Uint8Array, use: (pdf: OpenPdf) => T): T {
  const pointer = pdfium.wasmExports.malloc(bytes.length);
  if (pointer === 0) throw new AppError('PDF_TOO_COMPLEX');
  pdfium.HEAPU8.set(bytes, pointer);
  const document = pdfium.wasmExports.FPDF_LoadMemDocument(pointer, bytes.length, 0);
  try {
    if (document === 0)
      throw new AppError(ENCRYPTED.includes(pdfium.wasmExports.FPDF_GetLastError()) ? 'PDF_ENCRYPTED' : 'PDF_DAMAGED');
    const pageCount = pdfium.wasmExports.FPDF_GetPageCount(document);
    if (pageCount <= 0) throw new AppError('PDF_NO_PAGES');
    return use({ pageCount, readPage: (index) => readPage(pdfium, document, index) });
  } finally {
    if (document !== 0) pdfium.wasmExports.FPDF_CloseDocument(document);
    pdfium.wasmExports.free(pointer);
  }
}

function checkHeader(bytes: Uint8Array) {
  if (bytes.length === 0) throw new AppError('FILE_EMPTY');
  const start = Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.length, HEADER_WITHIN));
  if (!start.includes(HEADER)) throw new AppError('NOT_A_PDF');
}

function readPage(pdfium: Pdfium, document: number, index: number): PageGlyphs | undefined {
  const page = pdfium.wasmExports.FPDF_LoadPage(document, index);
  if (page === 0) return undefined;
  try {
    return readGlyphs(pdfium, page);
  } finally {
    pdfium.wasmExports.FPDF_ClosePage(page);
  }
}
