import { resolveSettings, type AwsSettings } from '../../../../src/cli/aws-settings.ts';
import type { SettingsFlags } from '../../../../src/cli/settings/flags.ts';
import { composeProfiles } from '../../../../src/cli/settings/shared-profiles.ts';
import type { Environment } from '../../../../src/sinks/shared-config.ts';

export interface World {
  readonly flags?: SettingsFlags;
  readonly env?: Environment;
  readonly config?: string;
  readonly credentials?: string;
  readonly failure?: Error;
}

/** The settings in a world of which only what matters is named. */
export function resolve({ flags = {}, env = {}, config = '', credentials = '', failure }: World): AwsSettings {
  const files = { config: '/home/me/.aws/config', credentials: '/home/me/.aws/credentials' };
  const shared = { ...composeProfiles(config, credentials), files, ...(failure && { failure }) };
  return resolveSettings({ flags, env, home: '/home/me', shared });
}
