/** What the command line says about the way to AWS. */
export interface SettingsFlags {
  readonly profile?: string | undefined;
  readonly region?: string | undefined;
  readonly endpointUrl?: string | undefined;
}
