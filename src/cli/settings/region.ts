import { KeyturnError } from '../../errors.ts';
import { filled, type Environment, type Section } from '../../sinks/shared-config.ts';
import type { SettingsFlags } from './flags.ts';

/**
 * The region: `--region`, AWS_REGION, AWS_DEFAULT_REGION, the profile's, else us-east-1, where IAM's commercial endpoint
 * is signed for. The SDK alone knows neither the second variable nor the last resort.
 *
 * @throws KeyturnError ERR_USAGE for what cannot be a region, as it becomes a part of a host name
 */
export function chooseRegion(flags: SettingsFlags, env: Environment, profile: Section): string {
  const candidates = [
    ['--region', flags.region],
    ['AWS_REGION', filled(env.AWS_REGION)],
    ['AWS_DEFAULT_REGION', filled(env.AWS_DEFAULT_REGION)],
    ['the region of the profile', filled(profile.get('region'))],
  ] as const;
  for (const [source, region] of candidates) {
    if (region === undefined) continue;
    if (/^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/.test(region)) return region;
    throw new KeyturnError('ERR_USAGE', `${source} is ${JSON.stringify(region)}, which is not a region`, {
      hint: 'write it as in us-east-1',
    });
  }
  return 'us-east-1';
}
