/** A first `.autosync/config.json`, for somebody who writes the siblings by hand. */
export const FIRST_CONFIG = `// The family's policy. Whatever is not written here has a default.
{
  "version": 1,

  // Repositories whose improvements may fit this one,
  // each with a name, and a "url" or a "path".
  "siblings": [
    // { "name": "acme", "url": "https://github.com/org/app-acme.git" },
    // { "name": "globex", "path": "../app-globex" }
  ]
}
`;
