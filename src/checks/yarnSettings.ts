/** Settings of Yarn 2 and later that say what is installed and how; none of them names a program. */
const KEPT = new Set([
  ...['nodeLinker', 'nmHoistingLimits', 'nmMode', 'nmSelfReferences', 'winLinkType'],
  ...['pnpMode', 'pnpFallbackMode', 'pnpIgnorePatterns', 'pnpEnableEsmLoader', 'pnpEnableInlining'],
  ...['packageExtensions', 'supportedArchitectures', 'compressionLevel', 'catalog', 'catalogs'],
  ...['npmRegistryServer', 'npmMinimalAgeGate', 'defaultProtocol', 'enableTransparentWorkspaces'],
]);

/**
 * The settings of a `.yarnrc.yml` that an install needs. A list of what stays, not of what goes: another spelling of
 * `plugins` or `yarnPath` is left out like all else that is not known. To YAML a carriage return alone ends a line too.
 */
export function yarnSettings(text: string): string {
  let keeps = false;
  const kept = text.split(/\r\n?|\n/).filter((line) => {
    if (/^\S/.test(line)) keeps = KEPT.has(/^(\w+):/.exec(line)?.[1] ?? '') && !line.includes('${');
    return keeps && line.trim() !== '';
  });
  return kept.map((line) => `${line}\n`).join('');
}
