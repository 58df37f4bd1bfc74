const FOLDERS = 'app|bench|components|db|docs|e2e|i18n|inngest|lib|messages|ops|public|samples|scripts';
const CODE = new RegExp(`^(?:${FOLDERS})/[\\w./@*{},()[\\]-]+$`);

export interface CitedPaths {
  /** In code spans: from the root of the repository. */
  fromRoot: string[];
  /** In links and pictures: from the document. */
  fromHere: string[];
}

/** The paths that a Markdown text claims to exist. */
export function findCitedPaths(markdown: string): CitedPaths {
  const prose = markdown.replaceAll(/^```[\s\S]*?^```/gm, '');
  const spans = [...prose.matchAll(/`([^`\n]+)`/g)].map(([, code = '']) => code.replace(/:\d+$/, ''));
  const links = [...prose.matchAll(/\]\(([^)\s]+)[^)]*\)/g)].map(([, target = '']) => target.replace(/#.*$/, ''));
  return {
    fromRoot: spans.filter((code) => CODE.test(code)),
    fromHere: links.filter((target) => target !== '' && !/^([a-z]+:|\/)/.test(target)),
  };
}
