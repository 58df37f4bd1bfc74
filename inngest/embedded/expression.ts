/** The part of CEL that triggers, keys, cancellations and priorities use, as a tree that JSON can hold. */
export type Expression = { value: unknown } | { path: string[] } | { op: string; args: Expression[] };

const TOKEN =
  /\s*(?:(\d+(?:\.\d+)?)|("(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*')|([A-Za-z_]\w*)|(==|!=|<=|>=|&&|\|\||[<>!()[\].,?:+*/%-]))/y;
const BINARY = [['||'], ['&&'], ['==', '!=', '<', '<=', '>', '>=', 'in'], ['+', '-'], ['*', '/', '%']] as const;
const METHODS = new Set(['startsWith', 'endsWith', 'contains', 'size', 'lowerAscii', 'upperAscii']);
const WORDS = new Map<string, unknown>([
  ['true', true],
  ['false', false],
  ['null', null],
]);

interface Token {
  kind: 'number' | 'text' | 'word' | 'sign';
  text: string;
}

function tokenise(source: string): Token[] {
  const tokens: Token[] = [];
  const end = source.trimEnd().length;
  TOKEN.lastIndex = 0;
  while (TOKEN.lastIndex < end) {
    const at = TOKEN.lastIndex;
    const match = TOKEN.exec(source);
    if (!match) throw new SyntaxError(`cannot read the expression at “${source.slice(at, at + 20)}”`);
    const [, number, text, word, sign = ''] = match;
    if (number !== undefined) tokens.push({ kind: 'number', text: number });
    else if (text !== undefined) tokens.push({ kind: 'text', text: text.slice(1, -1).replace(/\\(.)/g, '$1') });
    else if (word !== undefined) tokens.push({ kind: 'word', text: word });
    else tokens.push({ kind: 'sign', text: sign });
  }
  return tokens;
}

function readTokens(source: string) {
  const tokens = tokenise(source);
  let at = 0;
  const fail = (): never => {
    throw new SyntaxError(`the expression “${source}” uses something this engine does not know`);
  };
  const next = (): Token => tokens[at++] ?? fail();
  const isAt = (text: string): boolean => tokens[at]?.kind !== 'text' && tokens[at]?.text === text;
  const skip = (text: string): boolean => isAt(text) && ++at > 0;
  const expect = (text: string): void => {
    if (!skip(text)) fail();
  };
  return { next, isAt, skip, expect, fail, isAtEnd: () => at === tokens.length };
}

export function parseExpression(source: string): Expression {
  const { next, isAt, skip, expect, fail, isAtEnd } = readTokens(source);

  const list = (close: string): Expression[] => {
    const items: Expression[] = [];
    while (!skip(close)) {
      if (items.length) expect(',');
      items.push(choice());
    }
    return items;
  };

  function primary(): Expression {
    if (skip('(')) {
      const inner = choice();
      expect(')');
      return inner;
    }
    if (skip('[')) return { op: 'list', args: list(']') };
    const { kind, text } = next();
    if (kind === 'number') return { value: Number(text) };
    if (kind === 'text') return { value: text };
    if (kind === 'sign') return fail();
    if (skip('(')) return text === 'has' || METHODS.has(text) ? { op: text, args: list(')') } : fail();
    return WORDS.has(text) ? { value: WORDS.get(text) } : { path: [text] };
  }

  function property(node: Expression): Expression {
    const { kind, text } = next();
    if (kind !== 'word') return fail();
    if (skip('(')) return METHODS.has(text) ? { op: text, args: [node, ...list(')')] } : fail();
    return 'path' in node ? { path: [...node.path, text] } : fail();
  }

  function element(node: Expression): Expression {
    const { kind, text } = next();
    if (kind === 'sign' || kind === 'word' || !('path' in node)) return fail();
    expect(']');
    return { path: [...node.path, text] };
  }

  function member(): Expression {
    let node = primary();
    for (;;) {
      if (skip('.')) node = property(node);
      else if (skip('[')) node = element(node);
      else return node;
    }
  }

  function unary(): Expression {
    if (skip('!')) return { op: '!', args: [unary()] };
    if (skip('-')) return { op: '-', args: [{ value: 0 }, unary()] };
    return member();
  }

  function binary(level: number): Expression {
    const signs = BINARY[level];
    if (!signs) return unary();
    let left = binary(level + 1);
    for (let sign = signs.find(isAt); sign; sign = signs.find(isAt)) {
      next();
      left = { op: sign, args: [left, binary(level + 1)] };
    }
    return left;
  }

  function choice(): Expression {
    const test = binary(0);
    if (!skip('?')) return test;
    const yes = choice();
    expect(':');
    return { op: '?', args: [test, yes, choice()] };
  }

  const tree = choice();
  return isAtEnd() ? tree : fail();
}
