// The report as a page in the editor: it is shown only where the page itself allows no script but its own.

/** Each of these has to be a directive of the page's policy. */
const NEEDED: readonly RegExp[] = [
  /^default-src 'none'$/,
  // Scripts and styles are named by their digests. A script in a draft has another digest, so it never runs.
  /^script-src( 'sha256-[A-Za-z0-9+/=]+')+$/,
  /^style-src( 'sha256-[A-Za-z0-9+/=]+')+$/,
  /^base-uri 'none'$/,
  /^form-action 'none'$/,
];

/**
 * Does the page forbid everything but its own script and style? The policy must stand in the head, before everything that
 * could run, and name nothing else.
 */
export function isClosed(html: string): boolean {
  const head =
    /^<!DOCTYPE html>\s*<html[^<>]*>\s*<head>\s*(?:<meta (?:charset|name)="[^"<>]*"(?: content="[^"<>]*")?>\s*)*<meta http-equiv="Content-Security-Policy" content="([^"<>]*)">/i.exec(
      html,
    );
  // The template engine writes ' as an entity.
  const policy = head?.[1]?.replace(/&#(?:39|x27);/g, "'");
  if (policy === undefined) return false;
  const directives = policy.split(";").map((one) => one.trim()).filter((one) => one !== "");
  return (
    NEEDED.every((needed) => directives.some((one) => needed.test(one))) &&
    directives.every((one) => NEEDED.some((needed) => needed.test(one)))
  );
}

/** A page with one sentence, and no script. */
export function sentence(words: string): string {
  const escaped = words.replace(/[&<>"']/g, (mark) => `&#${mark.charCodeAt(0)};`);
  const policy = "default-src 'none'";
  return `<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n<meta http-equiv="Content-Security-Policy" content="${policy}">\n<title>sayso</title>\n</head>\n<body><p>${escaped}</p></body>\n</html>\n`;
}
