const page = (body: string): string => `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8" />
    <meta name="viewport" content="width=device-width, initial-scale=1" />
    <meta name="color-scheme" content="light dark" />
    <meta name="robots" content="noindex" />
    <link rel="icon" type="image/svg+xml" href="favicon.svg" />
    <title>Sign in to Plumbline</title>
  </head>
  <body>
${body}
  </body>
</html>
`;

/** `token` must hold nothing but letters, digits, - and _: it goes into the markup as it is. */
export function loginPage(token: string): string {
  return page(`    <form id="sign-in" method="post" action="login">
      <input type="hidden" name="t" value="${token}" />
      <button>Sign in to Plumbline</button>
    </form>
    <script src="login.js"></script>`);
}

export function loginRefusedPage(howToGoOn: string): string {
  return page(`    <h1>This link has been used or is too old</h1>
    <p>${howToGoOn}</p>
    <p><a href="./">To the dashboard</a></p>`);
}

/** Submits once somebody looks: a page that a browser prepares ahead of a click must not use up the token. */
export const loginScript = `'use strict';
const submit = () => document.getElementById('sign-in').submit();
if (document.prerendering) document.addEventListener('prerenderingchange', submit, { once: true });
else if (document.visibilityState === 'visible') submit();
else document.addEventListener('visibilitychange', submit, { once: true });
`;
