type Route<Context> = (request: Request, context: Context) => Promise<Response>;

/** A route kept for those who use it. Whatever it answers says so (RFC 9745), and which path takes its place. */
export const deprecated =
  <Context>(since: Date, successor: string, route: Route<Context>): Route<Context> =>
  async (request, context) => {
    const answer = await route(request, context);
    answer.headers.set('deprecation', `@${since.getTime() / 1000}`);
    answer.headers.set('link', `<${successor}>; rel="successor-version"`);
    return answer;
  };
