import { PDFiumModule } from '@hyzyla/pdfium';

/** The part of pdfium's C interface that reading text needs; pointers and handles are numbers. */
interface PdfiumFunctions {
  malloc: (size: number) => number;
  free: (pointer: number) => void;
  FPDF_InitLibrary: () => void;
  FPDF_LoadMemDocument: (bytes: number, size: number, password: number) => number;
  FPDF_CloseDocument: (document: number) => void;
  FPDF_GetLastError: () => number;
  FPDF_GetPageCount: (document: number) => number;
  FPDF_LoadPage: (document: number, index: number) => number;
  FPDF_ClosePage: (page: number) => void;
  FPDF_GetPageBoundingBox: (page: number, rectangle: number) => number;
  FPDFPage_CountObjects: (page: number) => number;
  FPDFPage_GetObject: (page: number, index: number) => number;
  FPDFPageObj_GetType: (object: number) => number;
  FPDFText_LoadPage: (page: number) => number;
  FPDFText_ClosePage: (textPage: number) => void;
  FPDFText_CountChars: (textPage: number) => number;
  FPDFText_GetUnicode: (textPage: number, index: number) => number;
  FPDFText_GetTextObject: (textPage: number, index: number) => number;
  FPDFText_IsHyphen: (textPage: number, index: number) => number;
  FPDFText_HasUnicodeMapError: (textPage: number, index: number) => number;
  FPDFText_GetFontSize: (textPage: number, index: number) => number;
  FPDFText_GetMatrix: (textPage: number, index: number, matrix: number) => number;
  FPDFText_GetCharOrigin: (textPage: number, index: number, x: number, y: number) => number;
  FPDFText_GetLooseCharBox: (textPage: number, index: number, rectangle: number) => number;
}

export interface Pdfium {
  HEAPU8: Uint8Array;
  /** Called directly: the package's own wrappers check each call, which costs three times the call of a small function. */
  wasmExports: PdfiumFunctions;
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
  module.wasmExports.FPDF_InitLibrary();
  return module;
}

// The package types only what it wraps itself, though it exports every function of pdfium.
const NEEDED = ['FPDF_GetPageBoundingBox', 'FPDFText_GetLooseCharBox', 'FPDFText_GetMatrix', 'FPDFText_GetTextObject'];

function isPdfium(module: object): module is Pdfium {
  if (!('wasmExports' in module)) return false;
  const { wasmExports } = module;
  return typeof wasmExports === 'object' && wasmExports !== null && NEEDED.every((name) => name in wasmExports);
}
