import { PDFiumModule } from '@hyzyla/pdfium';

/** The part of pdfium's C interface that reading text needs; pointers and handles are numbers. */
export interface Pdfium {
  HEAPU8: Uint8Array;
  wasmExports: { malloc: (size: number) => number; free: (pointer: number) => void };
  _FPDF_InitLibrary: () => void;
  _FPDF_LoadMemDocument: (bytes: number, size: number, password: number) => number;
  _FPDF_CloseDocument: (document: number) => void;
  _FPDF_GetLastError: () => number;
  _FPDF_GetPageCount: (document: number) => number;
  _FPDF_GetMetaText: (document: number, tag: number, buffer: number, size: number) => number;
  _FPDF_LoadPage: (document: number, index: number) => number;
  _FPDF_ClosePage: (page: number) => void;
  _FPDF_GetPageBoundingBox: (page: number, rectangle: number) => number;
  _FPDFPage_CountObjects: (page: number) => number;
  _FPDFPage_GetObject: (page: number, index: number) => number;
  _FPDFPageObj_GetType: (object: number) => number;
  _FPDFText_LoadPage: (page: number) => number;
  _FPDFText_ClosePage: (textPage: number) => void;
  _FPDFText_CountChars: (textPage: number) => number;
  _FPDFText_GetUnicode: (textPage: number, index: number) => number;
  _FPDFText_IsGenerated: (textPage: number, index: number) => number;
  _FPDFText_IsHyphen: (textPage: number, index: number) => number;
  _FPDFText_HasUnicodeMapError: (textPage: number, index: number) => number;
  _FPDFText_GetFontSize: (textPage: number, index: number) => number;
  _FPDFText_GetMatrix: (textPage: number, index: number, matrix: number) => number;
  _FPDFText_GetCharOrigin: (textPage: number, index: number, x: number, y: number) => number;
  _FPDFText_GetLooseCharBox: (textPage: number, index: number, rectangle: number) => number;
}

let loaded: Promise<Pdfium> | undefined;

/** One instance a process; compiling it takes about 50 ms. */
export function loadPdfium(): Promise<Pdfium> {
  loaded ??= start();
  return loaded;
}

/** After a trap inside the module its memory cannot be trusted: the next document gets a new one. */
export function discardPdfium() {
  loaded = undefined;
}

async function start(): Promise<Pdfium> {
  const module: object = await PDFiumModule({});
  if (!isPdfium(module)) throw new Error('@hyzyla/pdfium does not expose the functions that reading needs');
  module._FPDF_InitLibrary();
  return module;
}

// The package types only what it wraps itself, though it exports every function of pdfium.
const NEEDED = ['_FPDF_GetPageBoundingBox', '_FPDFText_GetLooseCharBox', '_FPDFText_GetMatrix', '_FPDFText_IsHyphen'];

function isPdfium(module: object): module is Pdfium {
  return NEEDED.every((name) => name in module);
}
